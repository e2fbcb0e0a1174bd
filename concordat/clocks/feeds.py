"""What clocks give to Today and to notices: what lapses next, what has lapsed, with what follows from it in words.

A step that has a card of its own in a room stands there, and not here again.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.html import format_html
from django.utils.timezone import now

from concordat.core.parts import Clock
from concordat.core.wiring import wired
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from .catalogue import running
from .models import Lapse, Running

AHEAD = timedelta(days=90)
A_MONTH = timedelta(days=30)
BEHIND = timedelta(days=14)  # how long a lapse stays in sight while the clock is open
ON_CARDS = frozenset({
    ("CLK-12", "acknowledge"), ("CLK-12", "answer"), ("CLK-12", "contact"), ("CLK-15", "review"), ("CLK-15", "report"),
    ("CLK-27", "expiry"),
})  # fmt: skip


def steps_of(by: Membership) -> list[tuple[str, str]]:
    """Return the steps that somebody's posts have to do with."""
    return [(clock.code, step.name) for clock, step in running() if by.has(*step.told, *step.above)]


def among(steps: Iterable[tuple[str, str]], prefix: str = "") -> Q:
    """Return the condition that a clock is one of these steps; none, where there are none."""
    found = Q(pk=None)
    for code, step in steps:
        found |= Q(**{f"{prefix}code": code, f"{prefix}step": step})
    return found


def clocks(by: Membership) -> Iterable[Clock]:
    """Return what lapses within ninety days, has lapsed of late, or stands still."""
    shown = [one for one in steps_of(by) if one not in ON_CARDS]
    at = now()
    open_ = Running.objects.filter(among(shown), ended_at=None, due_at__gt=at - BEHIND, due_at__lte=at + AHEAD)
    found = list(open_.select_related("owner"))
    names = named(found)
    for one in found:
        whose = "" if one.owner_id == by.organisation_id else one.owner.name
        assert one.shown_due is not None
        yield Clock(linked(one, names.get(one.about_id) or one.title), one.shown_due, one.consequence, whose)


def named(found: Iterable[Running]) -> dict[UUID, str]:
    """Have each room name what its clocks are about, all at once."""
    by_table: dict[str, list[UUID]] = {}
    for one in found:
        by_table.setdefault(one.about_table, []).append(one.about_id)
    rooms = wired("CLOCK_NAMES")
    return {about: name for table, ids in by_table.items() if table in rooms for about, name in rooms[table](ids)}


def linked(one: Running, name: str) -> str:
    return format_html('<a class="govuk-link" href="{}">{}</a>', one.address, name)


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return the lapses that somebody is told of: at once, or, above them, once it has stayed open for some days."""
    at = now()
    roles = [str(role) for role in by.roles]
    told = Q(told__overlap=roles) | Q(above__overlap=roles, above_at__lte=at)
    lapses = Lapse.objects.filter(told, clock__ended_at=None, at__gt=at - AHEAD).select_related("clock")
    for one in lapses:
        level = "told" if set(roles) & set(one.told) else "above"
        yield Occasion(About.CLOCK_LAPSED, f"{one.pk}:{level}", one.clock.address, one.clock.reference)
    yield from warnings(by)


def warnings(by: Membership) -> Iterable[Occasion]:
    """Return what will lapse within the days of a step's warning, once for each of them."""
    at = now()
    for clock, step in running():
        if not step.warn or not by.has(*step.told):
            continue
        soon = at + timedelta(days=max(step.warn))
        open_ = Running.objects.filter(
            code=clock.code, step=step.name, ended_at=None, due_at__gt=at, due_at__lte=soon, starts_at__lt=at
        )
        for one in open_:
            assert one.due_at is not None
            if one.code == "CLK-27" and one.due_at <= at + A_MONTH:
                continue  # agreements tell it themselves then
            reached = min(days for days in step.warn if one.due_at <= at + timedelta(days=days))
            yield Occasion(About.CLOCK_WARNS, f"{one.pk}:{reached}", one.address, one.reference)
