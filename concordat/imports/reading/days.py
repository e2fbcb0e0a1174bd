"""From a written date to a day, or to a sentence that says why there is none."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from concordat.imports.reading.dates import DateColumn, Order, Written, written
from concordat.imports.reading.fields import Field
from concordat.imports.reading.sheet import Cell, shown
from concordat.imports.reading.text import shorten

ADULT: Final = 18
OLDEST: Final = 120
YOUNGEST_OF_SHORT_YEAR: Final = 10
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SHORT_YEARS = {  # how many years before and after today a year of two digits may mean; never a hundred together
    Field.BIRTH_DATE: (100, -YOUNGEST_OF_SHORT_YEAR),
    Field.ARRIVED_ON: (60, 1),
    Field.SENTENCE_START: (60, 1),
    Field.RELEASE_DATE: (20, 60),
}


class Wrong(Exception):  # noqa: N818 - it is an answer about the file, not a failure of the program
    """What is wrong with one cell, as a sentence for the officer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the dates of one column are to be read."""

    name: Field
    column: DateColumn
    answer: Order | None
    today: date


def short_year_rule(name: Field) -> str:
    """Return the rule by which years of two digits are read, for the officer."""
    if name is Field.BIRTH_DATE:
        return _("A birth year of two digits is read so that the person is at least 10 and less than 100 years old.")
    if name is Field.RELEASE_DATE:
        return _("A release year of two digits is read as one of the 60 years to come or of the 20 years past.")
    return _("A year of two digits is read as one of the 60 years past or the year to come.")


def read_day(cell: Cell, reading: Reading) -> date:
    """Return the day that a cell means; raise Wrong with a sentence where there is none or more than one."""
    value = written(cell)
    if value is None:
        raise _wrong(_unreadable(), cell, reading)
    if isinstance(cell, date) and reading.column.swapped:
        raise _wrong(_swapped(), cell, reading)
    order = reading.column.order(value, reading.answer)
    if order is None:
        raise _wrong(_mixed() if reading.column.mixes(value) else _open(), cell, reading)
    day = _existing(value, order, cell, reading)
    _check_span(day, cell, reading)
    return day


def _wrong(sentence: str, cell: Cell, reading: Reading) -> Wrong:
    return Wrong(sentence % {"field": reading.name.label, "value": shorten(shown(cell))})


def is_child(birth: date | None, today: date) -> bool:
    """Say whether the rules for children apply: below 18, or in doubt."""
    return birth is None or _age(birth, today) < ADULT


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _existing(value: Written, order: Order, cell: Cell, reading: Reading) -> date:
    year, month, day = value.ordered(order)
    centuries = (1900, 2000) if value.short_year else (0,)
    days = [found for century in centuries if (found := _day(century + year, month, day))]
    if not days:
        raise _wrong(_("%(field)s %(value)s does not exist. Correct the day, the month or the year."), cell, reading)
    if not value.short_year:
        return days[0]
    clear = [found for found in days if _is_near(found, reading)]
    if not clear:
        sentence = _("%(field)s %(value)s has a year of two digits, and its century is unclear. Write all four digits.")
        raise _wrong(sentence, cell, reading)
    return clear[0]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_near(day: date, reading: Reading) -> bool:
    before, after = _SHORT_YEARS[reading.name]
    return -after <= _age(day, reading.today) < before


def _check_span(day: date, cell: Cell, reading: Reading) -> None:
    if reading.name is Field.BIRTH_DATE and day > reading.today:
        raise _wrong(_("%(field)s %(value)s lies in the future. Correct the year."), cell, reading)
    if reading.name is Field.BIRTH_DATE and _age(day, reading.today) > OLDEST:
        sentence = _("%(field)s %(value)s is more than 120 years ago. Correct the year, or leave the cell empty.")
        raise _wrong(sentence, cell, reading)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        sentence = _("%(field)s %(value)s is not between 1900 and 2100. Correct the year, or leave the cell empty.")
        raise _wrong(sentence, cell, reading)


def _unreadable() -> str:
    return _("%(field)s %(value)s cannot be read as a date. Write it as year-month-day, for example 1990-04-03.")


def _open() -> str:
    return _("%(field)s %(value)s can be read in two ways. Say first how the dates of this column are written.")


def _mixed() -> str:
    return _(
        "%(field)s %(value)s can be read in two ways, and this column holds both ways of writing. "
        "Write it as year-month-day, for example 1990-04-03."
    )


def _swapped() -> str:
    return _(
        "%(field)s %(value)s may have day and month swapped: a spreadsheet program made a date of it, but left others "
        "in this column as text. Write it as year-month-day, as text."
    )
