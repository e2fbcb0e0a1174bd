"""From the rows of a file to a sheet: find the heading, leave out what is no line of the table, and count it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from statistics import median

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from concordat.imports.reading.dates import looks_like_date
from concordat.imports.reading.headings import hits
from concordat.imports.reading.sheet import MAX_COLUMNS, MAX_ROWS, Cell, LeftOut, Line, Sheet, Unreadable
from concordat.imports.reading.text import fold, words_of

_LOOK = 40  # rows in which a heading is looked for
_NUMBER = re.compile(r"[-+(]?[\d.,'\s]+[)%€$£]?")
_TOTAL_WORDS = words_of("""
    total totals totaux subtotal sum summe gesamt gesamtsumme gesamtzahl insgesamt zwischensumme anzahl somme
    المجموع مجموع الاجمالي اجمالي
""")
_TOTAL_STARTS = ("grand total", "sub total", "sous total")
_MIN_NAMED = 2

Record = tuple[int, list[Cell]]


@dataclass
class _Rows:
    """The rows below a heading while they are sorted out."""

    lines: list[Record]
    totals: list[int]
    headings: list[int]
    repeated: list[int]


def make_sheet(records: Iterable[Record]) -> Sheet:
    """Return the table among the rows of a file; raise Unreadable where there is none, or one too large."""
    filled = _filled(records)
    at = _heading_at([cells for _number, cells in filled])
    heading_row, names = filled[at]
    rows = _sort_out(filled[at + 1 :], names)
    heading = _heading(names, [cells for _number, cells in rows.lines])
    left_out = LeftOut(
        titles=tuple(number for number, _cells in filled[:at]),
        blank=_blank(filled),
        totals=tuple(rows.totals),
        headings=tuple(rows.headings),
        repeated=tuple(rows.repeated),
    )
    lines = tuple(_line(number, cells, len(heading)) for number, cells in rows.lines)
    return _without_our_column(Sheet(heading, lines, heading_row, left_out))


@cache
def our_headings() -> frozenset[str]:
    """Return what our own column “what is wrong” is called, in every language: a corrected file still has it."""
    found = {fold("What is wrong")}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(fold(what_is_wrong()))
    return frozenset(found)


def what_is_wrong() -> str:
    """Return the heading of the column that we add to a file of wrong rows."""
    return _("What is wrong")


def _filled(records: Iterable[Record]) -> list[Record]:
    """Return the rows that hold anything, without empty cells at their end."""
    kept: list[Record] = []
    for number, cells in records:
        end = max((at for at, cell in enumerate(cells, 1) if cell != ""), default=0)
        if end > MAX_COLUMNS:
            raise Unreadable(
                _("Row %(row)s has more than %(limit)s columns. Copy the columns that are needed into a new file.")
                % {"row": number, "limit": MAX_COLUMNS}
            )
        if end:
            kept.append((number, cells[:end]))
        if len(kept) > MAX_ROWS:
            raise Unreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MAX_ROWS})
    return kept


def _heading_at(rows: list[list[Cell]]) -> int:
    """Return where the heading is: the row with most known words, else the first full row, if it is all words."""
    named = [_known(cells) for cells in rows[:_LOOK]]
    if max(named, default=0) >= _MIN_NAMED:
        return named.index(max(named))
    usual = median(_count(cells) for cells in rows[:500]) if rows else 0
    for at, cells in enumerate(rows[:_LOOK]):
        if _count(cells) >= max(_MIN_NAMED, 0.6 * usual):
            if _is_all_words(cells):
                return at
            break
    raise Unreadable(
        _("No row with the names of the columns was found. Put a name above each column, such as “Birth date”.")
    )


def _known(cells: list[Cell]) -> int:
    ours = any(isinstance(cell, str) and fold(cell) in our_headings() for cell in cells)
    return MAX_COLUMNS if ours else hits(cells)


def _count(cells: list[Cell]) -> int:
    return sum(cell != "" for cell in cells)


def _is_all_words(cells: list[Cell]) -> bool:
    words = [cell for cell in cells if cell != ""]
    return len(set(words)) == len(words) and not any(_is_number(cell) or looks_like_date(cell) for cell in words)


def _is_number(cell: Cell) -> bool:
    if not isinstance(cell, str) or not _NUMBER.fullmatch(cell):
        return False
    return any(char.isdecimal() for char in cell) and not looks_like_date(cell)


def _sort_out(records: list[Record], names: list[Cell]) -> _Rows:
    rows = _Rows([], [], [], [])
    seen: set[tuple[Cell, ...]] = set()
    for number, cells in records:
        if cells == names:
            rows.headings.append(number)
        elif _is_total(cells, len(names)):
            rows.totals.append(number)
        elif tuple(cells) in seen:
            rows.repeated.append(number)
        else:
            seen.add(tuple(cells))
            rows.lines.append((number, cells))
    return rows


def _is_total(cells: list[Cell], width: int) -> bool:
    """Say whether a row sums up: the word for it and numbers alone, or a few numbers and nothing else."""
    filled = [cell for cell in cells if cell != ""]
    words = [cell for cell in filled if not _is_number(cell)]
    if not words:
        return len(filled) <= max(1, width // 3)
    return len(words) == 1 and isinstance(words[0], str) and _names_total(words[0])


def _names_total(cell: str) -> bool:
    folded = fold(cell)
    return folded.split(" ")[0] in _TOTAL_WORDS or folded.startswith(_TOTAL_STARTS)


def _blank(filled: list[Record]) -> tuple[int, ...]:
    """Return the empty rows between the first and the last row that hold anything."""
    numbers = {number for number, _cells in filled}
    return tuple(number for number in range(1, max(numbers, default=0)) if number not in numbers)


def _heading(names: list[Cell], rows: list[list[Cell]]) -> tuple[str, ...]:
    """Return the names of the columns; those filled in most rows count although nobody named them."""
    filled = Counter(at for cells in rows for at in range(len(names), len(cells)) if cells[at] != "")
    width = max([len(names), *(at + 1 for at, count in filled.items() if count * 2 > len(rows))])
    texts = [cell.isoformat() if isinstance(cell, date) else cell for cell in names]
    return (*texts, *[""] * (width - len(texts)))


def _line(number: int, cells: list[Cell], width: int) -> Line:
    padded = (*cells, *[""] * (width - len(cells)))
    return Line(number, padded[:width], tuple(cell for cell in padded[width:] if cell != ""))


def _without_our_column(sheet: Sheet) -> Sheet:
    kept = [at for at, name in enumerate(sheet.heading) if fold(name) not in our_headings()]
    if len(kept) == len(sheet.heading):
        return sheet
    lines = tuple(replace(line, cells=tuple(line.cells[at] for at in kept)) for line in sheet.lines)
    return replace(sheet, heading=tuple(sheet.heading[at] for at in kept), lines=lines)
