"""From the rows of a file to a sheet: find the heading, leave out what is no line of the table, and count it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from concordat.imports.reading.heading import find_heading, is_number, our_headings
from concordat.imports.reading.sentences import too_many_rows, too_much_text, too_wide
from concordat.imports.reading.sheet import (
    MAX_ABOVE,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    LeftOut,
    Line,
    Sheet,
    Unreadable,
)
from concordat.imports.reading.text import fold, words_of

_TOTAL_WORDS = words_of("""
    total totals totaux subtotal sum summe gesamt gesamtsumme gesamtzahl insgesamt zwischensumme anzahl somme
    المجموع مجموع الاجمالي اجمالي
""")
_TOTAL_STARTS = ("grand total", "sub total", "sous total")

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
    at, names = find_heading(filled)
    heading_row, lowest = filled[at]
    rows = _sort_out(filled[at + 1 :], lowest, len(names))
    heading = _heading(names, [cells for _number, cells in rows.lines])
    left_out = LeftOut(
        titles=tuple(number for number, _cells in filled[: at if names is lowest else at - 1]),
        blank=_blank(filled),
        totals=tuple(rows.totals),
        headings=tuple(rows.headings),
        repeated=tuple(rows.repeated),
    )
    if len(rows.lines) > MAX_ROWS:
        raise Unreadable(too_many_rows())
    lines = tuple(_line(number, cells, len(heading)) for number, cells in rows.lines)
    return _without_our_column(Sheet(heading, lines, heading_row, left_out))


def _filled(records: Iterable[Record]) -> list[Record]:
    """Return the rows that hold anything, without empty cells at their end."""
    kept: list[Record] = []
    room = MAX_CELLS
    for number, cells in records:
        end = max((at for at, cell in enumerate(cells, 1) if cell != ""), default=0)
        room -= end
        if end > MAX_COLUMNS:
            raise Unreadable(too_wide(number))
        if end:
            kept.append((number, cells[:end]))
        if len(kept) > MAX_ROWS + MAX_ABOVE:
            raise Unreadable(too_many_rows())
        if room < 0:
            raise Unreadable(too_much_text())
    return kept


def _sort_out(records: list[Record], names: list[Cell], width: int) -> _Rows:
    rows = _Rows([], [], [], [])
    seen: set[tuple[Cell, ...]] = set()
    for number, cells in records:
        if cells == names:
            rows.headings.append(number)
        elif _is_total(cells, width):
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
    words = [cell for cell in filled if not is_number(cell)]
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
