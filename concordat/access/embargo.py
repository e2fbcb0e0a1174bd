"""Transfers for security: known to others a day after they began; the rules stand in `sql/embargo.sql`."""

from django.db import connection


def end_embargoes() -> None:
    """End the stays before transfers that others may know of by now; the database writes the line of the log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases.end_embargoes()")
