"""How long it took from asking for a pass until it was decided. Counted to places, never to a worker."""

from collections.abc import Iterable
from statistics import median

from django.utils.timezone import localdate

from concordat.objectives.custody.models import Pass


def days_to_the_gate(passes: Iterable[Pass]) -> list[tuple[str, int, int]]:
    """Return for each place its name, how many passes were decided, and after how many days (median)."""
    taken: dict[str, list[int]] = {}
    for one in passes:
        if one.decided_at:
            days = (localdate(one.decided_at) - localdate(one.asked_at)).days
            taken.setdefault(str(one.place), []).append(days)
    return [(place, len(days), round(median(days))) for place, days in sorted(taken.items())]
