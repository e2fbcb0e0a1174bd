"""The clock of the database, which never runs behind the log: a clock set back reopens nothing."""

from datetime import datetime, timedelta

from django.db import connections
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Func, Value
from django.db.models.expressions import Combinable

from .router import SIGNIN


class Clock(Func):
    """The present time, inside a query."""

    function = "ledger.clock"
    arity = 0
    output_field = DateTimeField()


def now(alias: str = SIGNIN) -> datetime:
    """Return the present time as the database sees it."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT ledger.clock()")
        (moment,) = cursor.fetchone()
    assert isinstance(moment, datetime)
    return moment


def later(start: F | Func, by: timedelta) -> Combinable:
    """Return the moment `by` after `start`, inside a query."""
    moved = start + Value(by, output_field=DurationField())
    return ExpressionWrapper(moved, output_field=DateTimeField())
