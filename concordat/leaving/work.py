"""What the worker does when an organisation has left: its members are out."""

from django.db import connection


def carry_out() -> None:
    """Let the members of those who have left go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaving.carry_out()")
