"""When a clock is due, counted from plain values. What is stored is counted by the database in the same way.

Working days, days, weeks and months end at the close of the last day in the organisation's own time zone; the day on
which the clock starts does not count. Hours and minutes go by the clock. A day counts if the clock runs at its close,
so that a pause from Monday to Wednesday takes two days, or three where it goes on past Wednesday's close. A holiday
that is declared late moves only what had not lapsed by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from concordat.core.days import add_months

from .catalogue import Unit

A_DAY = timedelta(days=1)
FROM_THE_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Days:
    """How an organisation counts. `rest` are days of the week (1 is Monday); `holidays` by when they were declared."""

    rest: frozenset[int] = frozenset({6, 7})
    closes: time = time(0, 0)
    time_zone: str = "UTC"
    holidays: Mapping[date, datetime] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def close_of(self, day: date) -> datetime:
        """Return the end of a day's work. Where clocks are changed at that hour it is the later instant."""
        local = datetime.combine(day if self.closes != time(0, 0) else day + A_DAY, self.closes)
        return max(local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))

    def day_of(self, at: datetime) -> date:
        """Return which day it is there."""
        return at.astimezone(self.zone).date()

    def last_day(self, due: datetime) -> date:
        """Return the day at whose close something is due."""
        return self.day_of(due - timedelta(microseconds=1))

    def works_on(self, day: date, known_at: datetime | None = None) -> bool:
        """Tell whether people work on a day, by what was declared until `known_at`, or by all that is."""
        declared = self.holidays.get(day)
        free = declared is not None and (known_at is None or declared <= known_at)
        return not free and day.isoweekday() not in self.rest


@dataclass(frozen=True)
class Paused:
    """A time in which a clock stands still; without an end it goes on."""

    begins_at: datetime
    ends_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.begins_at <= at and (self.ends_at is None or at < self.ends_at)


USUAL = Days()


def due(start: datetime, length: int, unit: str, days: Days = USUAL, pauses: Sequence[Paused] = ()) -> datetime | None:
    """Return when a clock is due; None while it is paused."""
    if unit in {Unit.HOURS, Unit.MINUTES}:
        return _by_the_clock(start + timedelta(**{unit: length}), pauses)
    found = _by_days(start, length, unit, days=days, pauses=pauses, known_at=start)
    for declared in sorted({at for at in days.holidays.values() if at > start}):
        if found is not None and found <= declared:
            break
        found = _by_days(start, length, unit, days=days, pauses=pauses, known_at=declared)
    return found


def _by_the_clock(end: datetime, pauses: Sequence[Paused]) -> datetime | None:
    for pause in sorted(pauses, key=lambda one: one.begins_at):
        if pause.begins_at >= end:
            break
        if pause.ends_at is None:
            return None
        end += pause.ends_at - pause.begins_at
    return end


def _by_days(
    start: datetime, length: int, unit: str, *, days: Days, pauses: Sequence[Paused], known_at: datetime
) -> datetime | None:
    day = days.day_of(start)
    left = length_in_days(day, length, unit)
    while left:
        day += A_DAY
        if unit == Unit.WORKING_DAYS and not days.works_on(day, known_at):
            continue
        close = days.close_of(day)
        standing = [pause for pause in pauses if pause.holds(close)]
        if any(pause.ends_at is None for pause in standing):
            return None
        left -= not standing
    return days.close_of(day)


def length_in_days(day: date, length: int, unit: str) -> int:
    """Return after how many days, or working days, something ends that starts on `day`."""
    if unit == Unit.MONTHS:
        return (add_months(day, length) - day).days
    return length * 7 if unit == Unit.WEEKS else length
