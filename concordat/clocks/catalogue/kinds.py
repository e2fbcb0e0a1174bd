"""What a clock of the catalogue says, and in which units it counts."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concordat.people.roles import Role


class Unit(TextChoices):
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    WORKING_DAYS = "working_days", _("working days")
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class Ground(TextChoices):
    """On which grounds a clock may be paused; both parties see which one, and by whom."""

    IDENTITY = "identity", _("It is being made sure who asks")
    INFORMATION = "information", _("Information was asked of the other party and has not come")
    UNREACHABLE = "unreachable", _("The person cannot be reached")
    PROCEEDINGS = "proceedings", _("A court or an investigation has to finish first")
    AGREED = "agreed", _("Both parties agreed to wait")
    EMERGENCY = "emergency", _("An emergency closed the place")


@dataclass(frozen=True)
class Step:
    """One deadline of a clock.

    `length` counts in `unit`; None where the thing itself names its day. `room` runs it, or it waits. `warn` says how
    many days before the end somebody is warned. `told` are the posts that a lapse is told to, and `above` those that it
    is told to when it is still open some working days later.
    """

    name: str
    words: str | Promise
    length: int | None
    unit: Unit
    room: str = ""
    warn: tuple[int, ...] = ()
    told: tuple[Role, ...] = ()
    above: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Clock:
    """One clock: its code, what starts it, its steps, whose it is, and what follows from a lapse, fit for printing."""

    code: str
    name: str | Promise
    starts: str | Promise
    owner: str | Promise
    lapse: str | Promise
    steps: tuple[Step, ...]
    pauses: tuple[Ground, ...] = ()
    always: bool = False  # somebody answers outside working hours as well

    @property
    def runs(self) -> bool:
        return any(step.room for step in self.steps)
