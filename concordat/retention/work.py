"""What the worker does about retention: look at every case once a day, and dispose of what is due, case by case.

Each step is a transaction of its own: killed between two, it goes on where it was; killed within one, it never was.
"""

from time import monotonic

from django.db import connection

ROUND = 2.0  # seconds before the worker looks after its other work
AT_ONCE = 200  # cases


def keep_house() -> bool:
    """Do some of it; True when there is more."""
    end = monotonic() + ROUND
    more = True
    while more and monotonic() < end:
        more = _asked("SELECT retention.look(%s)", AT_ONCE) or _asked("SELECT retention.dispose_next()")
    return more


def _asked(question: str, *about: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        ((answer,),) = cursor.fetchall()
    return bool(answer)
