"""What the log and its worker say of themselves."""

from django.db import connection


def beat() -> None:
    """Say that the worker has worked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.beat()")


def lines_without_place() -> int:
    """Count the lines that the worker has still to give a place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unplaced FROM ledger.pulse()")
        (number,) = cursor.fetchone()
    return int(number)
