"""The application's clock, set to the day of the story while the country's past is told.

Actions ask Django what time it is. Here that is the day on which the thing happened, so every record carries it and
every rule judges by it. The clock of the database is not touched: it stamps the log, and what its triggers stamp
themselves is put right by `backdating.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import ClassVar, Self

from django.utils import timezone


class Told(datetime):
    """A datetime whose `now` is the moment that is being told."""

    moment: ClassVar[datetime]

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return the moment of the story."""
        return cls.moment.astimezone(tz)  # type: ignore[return-value]


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let it be this moment, for everything that asks Django, inside the block."""
    before, earlier = timezone.datetime, getattr(Told, "moment", moment)  # type: ignore[attr-defined]
    timezone.datetime, Told.moment = Told, moment  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime, Told.moment = before, earlier  # type: ignore[attr-defined]


class Days:
    """Days counted from today, so that the country never ages."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, ago: int) -> date:
        """Return the day so many days ago; a negative number lies ahead."""
        return self.today - timedelta(days=ago)

    def at(self, ago: int, clock: str = "10:00") -> datetime:
        """Return a moment of that day."""
        return datetime.combine(self.day(ago), time.fromisoformat(clock), UTC)

    def this_morning(self) -> datetime:
        """Return half past seven of today, or now where it is earlier."""
        return min(self.at(0, "07:30"), max(self.at(0, "00:00"), timezone.now()))

    def weekdays(self, weekday: int, *, since: int, until: int, every: int = 1) -> list[int]:
        """Return how many days ago each such weekday (0 is Monday) was, the earliest first, between two days."""
        found = [ago for ago in range(since, until - 1, -1) if self.day(ago).weekday() == weekday]
        return found[::every]
