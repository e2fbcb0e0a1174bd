"""A world in the making: what is in it so far, chances and dates, and the vocabulary from which it is drawn."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from concordat.access.tests.differential.facts import (
    PURPOSE_ACTIVITY,
    Fact,
    RoleMask,
)

DAY_0 = datetime(2030, 1, 7, tzinfo=UTC)
DAYS = 8
OPEN_CATEGORIES = (2, 4, 7, 8, 9, 18, 24)  # no ceiling stands above these
CEILING_CATEGORIES = (20, 25, 26, 29, 33, 38, 40)
FAMILY = 16
INTERVIEWS = 26
FORMS = ("full", "summary", "date", "existence", "threshold")
MONITORS = 3  # the organisation that monitors, in every world
LINK_ACTIVITIES = ("custody", "families", "reintegration")
PURPOSE_OF = {activity: purpose for purpose, activity in PURPOSE_ACTIVITY.items()}
TRAININGS = ("safeguarding", "conduct")
EVERYTHING = frozenset(range(1, 56))
ROLE_MASKS = (
    RoleMask("case_officer", EVERYTHING, whole=False),
    RoleMask("facilitator", frozenset({2, 4, 7, 9, FAMILY, 18, 38}), whole=False),
    RoleMask("coordinator", EVERYTHING, whole=True),
    RoleMask("programme_manager", frozenset({2, 4, 7, 8, 9, 25, INTERVIEWS, 29}), whole=True),
    RoleMask("administrator", frozenset(), whole=True),  # sees every case, and no category of it
)
WORKING_ROLES = tuple(mask.role for mask in ROLE_MASKS[:4])

Row = TypeVar("Row", bound=Fact)


@dataclass
class Draft:
    """A world in the making."""

    rng: Random
    facts: list[Fact] = field(default_factory=list)

    def add(self, fact: Row) -> Row:
        self.facts.append(fact)
        return fact

    def every(self, kind: type[Row]) -> list[Row]:
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def number(self, kind: type[Fact]) -> int:
        return len(self.every(kind)) + 1

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def day(self, first: int = 0, last: int = DAYS) -> datetime:
        return DAY_0 + timedelta(days=self.rng.randint(first, last))

    def hour(self, first: int = 0, last: int = DAYS) -> datetime:
        return DAY_0 + timedelta(hours=self.rng.randint(first * 24, last * 24))

    def span(self, steady: float = 0.85) -> tuple[datetime, datetime]:
        """Return an interval that mostly covers the middle of the window, and else lies anywhere in it."""
        if self.chance(steady):
            return self.day(-1, 1), self.day(6, DAYS)
        start = self.rng.randint(0, DAYS - 1)
        return DAY_0 + timedelta(days=start), DAY_0 + timedelta(days=self.rng.randint(start + 1, DAYS))

    def open_span(self, steady: float = 0.85) -> tuple[datetime, datetime | None]:
        start, end = self.span(steady)
        return start, None if self.chance(0.3) else end

    def paper_span(self) -> tuple[datetime, datetime | None, datetime | None]:
        """Return the start and end of a person's agreement, and when it was withdrawn if it was."""
        start, end = self.open_span(0.8)
        withdrawn = start + timedelta(hours=self.rng.randint(0, 24 * 6)) if self.chance(0.4) else None
        return start, end, withdrawn
