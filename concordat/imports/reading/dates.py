"""Days as people write them: what the characters say, before anybody decides what they mean.

`written` reads one cell. `DateColumn` looks at a whole column and says which orders of day, month and year its numbers
allow. Where more than one is possible the officer is asked; nothing is ever guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from concordat.imports.reading.sheet import Cell, shown
from concordat.imports.reading.text import digits, fold

_CLOCK = re.compile(
    r"[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]\.?m\.?)?$|[T ]00:00(:00([.,]0+)?)?(Z|[+-]\d\d:?\d\d)$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])\s?(\d{1,2})\2\s?(\d{1,2})\.?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?")
_MONTH = r"([^\W\d_]+(?: [^\W\d_]+)?)"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|er|e)?[ .\-/]*(?:of |de |d')?{_MONTH}[ .\-/,]*'?(\d{{4}}|\d{{2}})")
_MONTH_DAY = re.compile(rf"{_MONTH}[ .\-/]*(\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| )'?(\d{{4}}|\d{{2}})")
_YEAR_MONTH_DAY = re.compile(rf"(\d{{4}})[ .\-/,]*{_MONTH}[ .\-/]*(\d{{1,2}})")

_MONTHS = (
    "january jan januar janner janvier janv يناير جانفي كانون_الثاني",
    "february feb februar feber fevrier fevr fev فبراير فيفري شباط",
    "march mar marz maerz mrz mars مارس اذار",
    "april apr avril avr ابريل افريل نيسان",
    "may mai مايو ماي ايار",
    "june jun juni juin يونيو جوان حزيران",
    "july jul juli juillet juil يوليو جويليه تموز",
    "august aug aout اغسطس اوت اب",
    "september sep sept septembre سبتمبر ايلول",
    "october oct oktober okt octobre اكتوبر تشرين_الاول",
    "november nov novembre نوفمبر تشرين_الثاني",
    "december dec dezember dez decembre ديسمبر كانون_الاول",
)
_MONTH_NUMBERS = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


_SERIAL = re.compile(r"\d{5}")
_SERIALS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}  # the day that a spreadsheet program counts as 0
SERIAL = "serial"
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_000  # 1927 to 2099, and four years later

_EXAMPLES = 3
_LONGEST = 60
_SHORT = 2
_LAST_MONTH = 12
_LAST_DAY = 31


class Order(StrEnum):
    """Which number of a date comes first, or from which year days are counted. It is what the officer answers."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"
    SINCE_1900 = "since_1900"
    SINCE_1904 = "since_1904"


_COUNTED = {Order.SINCE_1900: 1900, Order.SINCE_1904: 1904}


class Style(StrEnum):
    """How the dates of a column are written, as far as the column itself shows."""

    NONE = "none"
    CERTAIN = "certain"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"
    SINCE_1900 = "since_1900"
    SINCE_1904 = "since_1904"
    AMBIGUOUS = "ambiguous"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Written:
    """Three numbers of a date as they stand. With a `kind` (separator and width of the year) their order is open.

    Of the kind SERIAL there is one number, by which a spreadsheet program counts days; open is from when.
    """

    numbers: tuple[int, int, int]
    kind: str = ""
    short_year: bool = False

    def ordered(self, order: Order) -> tuple[int, int, int]:
        """Return year, month, day under an order; the year as written."""
        first, second, third = self.numbers
        if self.kind == SERIAL:
            day = _SERIALS[_COUNTED.get(order, 1900)] + timedelta(days=first)
            return day.year, day.month, day.day
        if order is Order.YEAR_FIRST or not self.kind:
            return first, second, third
        return (third, second, first) if order is Order.DAY_FIRST else (third, first, second)

    def orders(self) -> frozenset[Order]:
        """Return the orders under which month and day are numbers that months and days have."""
        if self.kind == SERIAL:
            return frozenset(_COUNTED)
        tried = [Order.DAY_FIRST, Order.MONTH_FIRST] + [Order.YEAR_FIRST] * self.short_year
        return frozenset(order for order in tried if _fits(*self.ordered(order)))

    def is_open(self, orders: Iterable[Order]) -> bool:
        """Say whether these orders, as far as they fit it, make different days of it."""
        return bool(self.kind) and len({self.ordered(order) for order in self.orders().intersection(orders)}) > 1


@dataclass(frozen=True)
class DateColumn:
    """What one column's dates have in common. `orders` holds, for each way of writing, the orders that fit every value.

    No order left means that the column mixes them. `swapped` says that a spreadsheet program probably took days for
    months: it made dates of all that it could, and left as text those whose day is above 12.
    """

    orders: Mapping[str, frozenset[Order]] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    has_dates: bool = False
    swapped: bool = False

    @property
    def style(self) -> Style:
        """The column in one word."""
        if not self.orders:
            return Style.CERTAIN if self.has_dates else Style.NONE
        if any(not orders for orders in self.orders.values()):
            return Style.MIXED
        if self.examples:
            return Style.AMBIGUOUS
        found = {next(iter(orders)) for orders in self.orders.values() if len(orders) == 1}
        if len(found) > 1:
            return Style.MIXED
        return Style(found.pop()) if found else Style.CERTAIN

    @property
    def choices(self) -> tuple[Order, ...]:
        """The orders that an open value allows, in a fixed sequence."""
        open_ones = [orders for orders in self.orders.values() if len(orders) > 1]
        return tuple(order for order in Order if any(order in orders for orders in open_ones))

    def order(self, value: Written, answer: Order | None) -> Order | None:
        """Return the order in which to read a value: its own or the column's, else the officer's answer, else None."""
        fitting = self.orders.get(value.kind) or value.orders()
        if not value.is_open(fitting):
            return min(fitting, default=Order.DAY_FIRST)
        return answer if answer in fitting and not self.mixes(value) else None

    def mixes(self, value: Written) -> bool:
        """Say whether no order can be right for every value written like this one."""
        return value.kind in self.orders and not self.orders[value.kind]


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """What only the officer can know: in which order the numbers of this column's dates stand."""

    column: int
    examples: tuple[str, ...]
    choices: tuple[Order, ...]


def written(cell: Cell) -> Written | None:
    """Return the numbers of a date, or None where the cell is not written as a date."""
    if isinstance(cell, date):
        return Written((cell.year, cell.month, cell.day))
    return _written(cell) if len(cell) <= _LONGEST else None


@lru_cache(maxsize=16_384)
def _written(cell: str) -> Written | None:
    if not any(char.isdecimal() for char in cell):
        return None
    text = _CLOCK.sub("", digits(cell)).strip()
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return Written((int(text), 0, 0), SERIAL)
    return _in_numbers(text) or _with_month(text)


def examine(cells: Iterable[Cell], epoch: int = 0) -> DateColumn:
    """Return what a column's dates have in common; cells that are no dates do not count.

    `epoch` is the year from which the file counts days, where it says so.
    """
    found = [(cell, value) for cell in cells if cell != "" and (value := written(cell))]
    kinds = defaultdict(list)
    for _cell, value in found:
        if value.kind and value.orders():
            kinds[value.kind].append(value.orders())
    orders = {kind: frozenset.intersection(*fitting) for kind, fitting in kinds.items()}
    if epoch and SERIAL in orders:
        orders[SERIAL] = frozenset(order for order in _COUNTED if _COUNTED[order] == epoch)
    asked = [shown(cell) for cell, value in found if value.is_open(orders.get(value.kind, ()))]
    return DateColumn(orders, tuple(dict.fromkeys(asked))[:_EXAMPLES], bool(found), _is_swapped(found))


def looks_like_date(cell: Cell) -> bool:
    """Say whether a cell is written as a date, be it one that exists or not. A bare number may be anything."""
    found = written(cell)
    return found is not None and found.kind != SERIAL


def may_be_date(cell: Cell) -> bool:
    """Say whether a cell may be a date if its heading says that it is one."""
    return written(cell) is not None


def _is_swapped(found: list[tuple[Cell, Written]]) -> bool:
    days = [cell.day for cell, _value in found if isinstance(cell, date)]
    texts = [value for _cell, value in found if value.kind not in {"", SERIAL}]
    return bool(days and texts) and max(days) <= _LAST_MONTH and all(len(value.orders()) == 1 for value in texts)


def _in_numbers(text: str) -> Written | None:
    if compact := _COMPACT.fullmatch(text):
        return Written((int(compact[1]), int(compact[2]), int(compact[3])))
    if iso := _YEAR_FIRST.fullmatch(text):
        return Written((int(iso[1]), int(iso[3]), int(iso[4])))
    if found := _NUMBERS.fullmatch(text):
        numbers = (int(found[1]), int(found[3]), int(found[4]))
        return Written(numbers, f"{found[2]}{len(found[4])}", short_year=len(found[4]) == _SHORT)
    return None


def _with_month(text: str) -> Written | None:
    if found := _DAY_MONTH.fullmatch(text):
        day, month, year = found[1], found[2], found[3]
    elif found := _MONTH_DAY.fullmatch(text):
        month, day, year = found[1], found[2], found[3]
    elif found := _YEAR_MONTH_DAY.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
    else:
        return None
    if number := _MONTH_NUMBERS.get(fold(month)):
        return Written((int(year), number, int(day)), short_year=len(year) == _SHORT)
    return None


def _fits(_year: int, month: int, day: int) -> bool:
    return 1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY
