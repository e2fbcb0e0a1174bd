"""What the worker does about the safety of workers: what is long over goes. How long that is stands in the database."""

from django.db import connection


def forget_old() -> None:
    """Delete what is long over, whosever it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT safety.forget_old(), safety.forget_reviews()")
