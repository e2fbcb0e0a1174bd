"""With whom an organisation works, or did within the wind-down: only the database knows, from the signed agreements."""

from django.db import connection


def within_wind_down() -> set[int]:
    """Return the organisations to which what is owed, and what is urgent, still passes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.wind_down_partners()")
        return {number for (number,) in cursor.fetchall()}
