"""By which days an organisation counts, as the rooms ask for it."""

from collections.abc import Iterable
from datetime import date, datetime

from .counting import A_DAY, USUAL, Days
from .models import Calendar


def days_of(owner: int) -> Days:
    """Return how one organisation counts."""
    return all_days([owner])[owner]


def all_days(owners: Iterable[int]) -> dict[int, Days]:
    """Return how several organisations count, in two queries for all of them."""
    wanted = set(owners)
    found = dict.fromkeys(wanted, USUAL)
    for one in Calendar.objects.filter(owner__in=wanted).prefetch_related("holidays"):
        holidays = {holiday.day: holiday.declared_at for holiday in one.holidays.all()}
        found[one.owner_id] = Days(frozenset(one.rest_days), one.closes, one.time_zone, holidays)
    return found


def working_day_after(start: date, count: int, days: Days = USUAL) -> date:
    """Return the day `count` working days after `start`, by everything that was declared."""
    day = start
    while count > 0:
        day += A_DAY
        count -= days.works_on(day)
    return day


def end_of(day: date, owner: int) -> datetime:
    """Return when a day ends for an organisation."""
    return days_of(owner).close_of(day)
