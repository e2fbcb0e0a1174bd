"""The XML parts of an Excel workbook, read as a stream: strings, styles, the list of worksheets, and their cells.

Nothing is built that is not asked for, so a part of a hundred megabytes needs no more memory than the texts in it. A
part that declares a document type is refused, because entities can blow up a small text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import IO, Never
from xml.parsers.expat import ParserCreate

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from concordat.imports.reading.sentences import broken_workbook, cell_too_long, too_many_rows, too_much_text, too_wide
from concordat.imports.reading.sheet import (
    MAX_ABOVE,
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Cell,
    Unreadable,
)
from concordat.imports.reading.text import cell_text

MAX_HEIGHT = 1_048_576
MAX_STRINGS = 1_000_000
_CHUNK = 256 * 1024
_EXACT_DIGITS = 15  # a workbook keeps numbers to this many; the rest are zeros
_LETTERS = re.compile(r"([A-Z]{1,3})\d{1,7}")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MORE_DATES = frozenset({*range(27, 37), *range(50, 59)})  # numbers of formats that are dates in some languages

Attributes = dict[str, str]
Record = tuple[int, list[Cell]]


@dataclass
class Book:
    """What the worksheets of a workbook share: texts, which styles are dates, and from when days are counted.

    `cells` and `text` are what may still be read, of all worksheets together: one text may stand in a million cells.
    """

    strings: list[str] = field(default_factory=list)
    date_styles: frozenset[int] = frozenset()
    epoch: int = 1900
    cells: int = MAX_CELLS
    text: int = MAX_TEXT

    def spend(self, cells: int, text: int) -> None:
        """Refuse what no list of people needs, before it is kept."""
        self.cells -= cells
        self.text -= text
        if self.cells < 0 or self.text < 0:
            raise Unreadable(too_much_text())


@dataclass
class Listed:
    """A worksheet as the workbook lists it."""

    name: str
    relation: str
    visible: bool


def stream(
    source: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through one part; names come without their prefix."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk, False)  # noqa: FBT003 - takes its arguments by position only
    parser.Parse(b"", True)  # noqa: FBT003 - the same


def _refuse_document_type(*_declared: object) -> Never:
    raise Unreadable(broken_workbook())


def read_list(source: IO[bytes]) -> tuple[list[Listed], int]:
    """Return the worksheets of a workbook in their order, and from which year it counts days."""
    listed: list[Listed] = []
    epochs = [1900]

    def start(name: str, attributes: Attributes) -> None:
        if name == "workbookPr" and attributes.get("date1904", "0") in {"1", "true", "on"}:
            epochs.append(1904)
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            listed.append(Listed(attributes.get("name", ""), relation, attributes.get("state", "visible") == "visible"))

    stream(source, start)
    return listed, epochs[-1]


def read_relations(source: IO[bytes]) -> dict[str, str]:
    """Return where each worksheet is kept, by the name of its relation."""
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            found[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    stream(source, start)
    return found


def read_date_styles(source: IO[bytes]) -> frozenset[int]:
    """Return which styles show a number as a date."""
    formats = {number: is_date_format(code) for number, code in BUILTIN_FORMATS.items()}
    formats |= dict.fromkeys(_MORE_DATES, True)
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            formats[int(attributes["numFmtId"])] = bool(is_date_format(attributes.get("formatCode", "")))
        if name == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(int(attributes.get("numFmtId", 0)))
        inside.append(name)

    def end(_name: str) -> None:
        inside.pop()

    stream(source, start, end)
    return frozenset(at for at, number in enumerate(styles) if formats.get(number))


def read_strings(source: IO[bytes]) -> list[str]:
    """Return the texts that cells refer to by number, tidy; how a word is pronounced is no part of it."""
    found: list[str] = []
    reading = _Texts()
    room = [MAX_TEXT]

    def end(name: str) -> None:
        reading.end(name)
        if name == "si":
            found.append(reading.taken())
            room[0] -= len(found[-1])
            if room[0] < 0 or len(found) > MAX_STRINGS:
                raise Unreadable(too_much_text())

    stream(source, reading.start, end, reading.text)
    return found


class _Texts:
    """Gathers the pieces of one text, whatever they are wrapped in."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.open = self.aside = False
        self.length = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if name == "rPh":
            self.aside = True
        self.open = name == "t" and not self.aside

    def end(self, name: str) -> None:
        if name == "rPh":
            self.aside = False
        self.open = False

    def text(self, piece: str) -> None:
        if self.open:
            self.length += len(piece)
            if self.length > MAX_CELL:
                raise Unreadable(cell_too_long())
            self.pieces.append(piece)

    def taken(self) -> str:
        whole = written_text("".join(self.pieces))
        self.pieces, self.length = [], 0
        return whole


def written_text(text: str) -> str:
    """Return what a text of a workbook says: its escapes taken back, and tidy."""
    if len(text) > MAX_CELL:
        raise Unreadable(cell_too_long())
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return cell_text(text)


class Cells:
    """One worksheet, cell by cell: its rows that hold anything, and which of its cells were merged."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.records: list[Record] = []
        self.merged: list[tuple[int, int, int]] = []
        self.row = 0
        self.cells: list[Cell] = []
        self.column = -1
        self.kind, self.style = "n", 0
        self.value: str | None = None
        self.formula: str | None = None
        self.inside = ""
        self.pieces: list[str] = []
        self.inline = _Texts()

    def read(self, source: IO[bytes]) -> list[Record]:
        """Return the rows, with what was merged downwards in every row that it covers."""
        stream(source, self.start, self.end, self.text)
        return fill_down(self.records, self.merged)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self.open_cell(attributes)
        elif name in {"v", "f"}:
            self.inside, self.pieces = name, []
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.cells, self.column = [], -1
            if not 0 < self.row <= MAX_HEIGHT:
                raise Unreadable(broken_workbook())
        elif name == "mergeCell":
            self.merge(attributes.get("ref", ""))
        else:
            self.inline.start(name, attributes)

    def text(self, piece: str) -> None:
        if self.inside:
            self.pieces.append(piece)
        elif self.kind == "inlineStr":
            self.inline.text(piece)

    def end(self, name: str) -> None:
        if name == "v":
            self.value, self.inside = "".join(self.pieces), ""
        elif name == "f":
            self.formula, self.inside = "".join(self.pieces), ""
        elif name == "c":
            self.close_cell()
        elif name == "row":
            if self.cells:
                self.records.append((self.row, self.cells))
            if len(self.records) > MAX_ROWS + MAX_ABOVE:
                raise Unreadable(too_many_rows())
        else:
            self.inline.end(name)

    def open_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self.book.spend(1, 0)
        self.column = column_of(place) if place else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self.value = self.formula = None

    def close_cell(self) -> None:
        cell = self.cell()
        self.kind = "n"
        if cell == "":
            return
        self.book.spend(0, len(cell) if isinstance(cell, str) else 1)
        if self.column >= MAX_COLUMNS:
            raise Unreadable(too_wide(self.row))
        if len(self.cells) <= self.column:
            self.cells += [""] * (self.column + 1 - len(self.cells))
        self.cells[self.column] = cell

    def cell(self) -> Cell:
        """Return what the cell says. A formula whose result was never saved is kept as the text that it is."""
        if self.kind == "inlineStr":
            return self.inline.taken()
        if not self.value:
            return "" if self.formula is None else written_text(f"={self.formula}" if self.formula else "#VALUE!")
        return self.typed(self.value)

    def typed(self, value: str) -> Cell:
        """Return a value as its kind says."""
        match self.kind:
            case "s":
                return self.book.strings[int(value)]
            case "n":
                return self.number(value)
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "d":
                return datetime.fromisoformat(value).date()
        return written_text(value)

    def number(self, text: str) -> Cell:
        value = float(text)
        if self.style in self.book.date_styles:
            return day_of(value, self.book.epoch)
        return number_text(int(text) if text.isdecimal() else value)

    def merge(self, place: str) -> None:
        if (found := _RANGE.fullmatch(place)) and int(found[4]) > int(found[2]):
            self.merged.append((column_of(found[1] + "1"), int(found[2]), int(found[4])))
            if len(self.merged) > MAX_ROWS:
                raise Unreadable(broken_workbook())


def column_of(place: str) -> int:
    """Return the column, counted from 0, of a place such as C7."""
    found = _LETTERS.fullmatch(place)
    if not found:
        raise Unreadable(broken_workbook())
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def day_of(value: float, epoch: int) -> Cell:
    """Return the day that a workbook counts by a number; a length of time or an impossible day stays a text."""
    calendar = CALENDAR_MAC_1904 if epoch == 1904 else CALENDAR_WINDOWS_1900  # noqa: PLR2004 - the other calendar
    try:
        found = from_excel(value, calendar)
    except (OverflowError, ValueError):
        return number_text(value)
    match found:
        case datetime():
            return found.date()
        case date():
            return found
        case time() | timedelta():
            return str(found)
    return number_text(value)


def number_text(value: float) -> str:
    """Return a number as written, a shortened one with its exponent, so that it is seen to be shortened."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - that is what is no number
        raise Unreadable(broken_workbook())
    if value != int(value):
        return repr(value)
    return str(int(value)) if abs(value) < 10**_EXACT_DIGITS else f"{value:.14E}"


def fill_down(records: list[Record], merged: list[tuple[int, int, int]]) -> list[Record]:
    """Write what a merged cell says into each row that it covers, where that row holds anything."""
    records.sort(key=itemgetter(0))
    numbers = [number for number, _cells in records]
    room = MAX_ROWS * 10
    for column, first, last in merged:
        upper, below = bisect_left(numbers, first), bisect_right(numbers, first)
        value = _at(records[upper][1], column) if numbers[upper : upper + 1] == [first] else ""
        covered = records[below : bisect_right(numbers, last)] if value != "" else []
        room -= len(covered)
        if room < 0:
            raise Unreadable(broken_workbook())
        for _number, cells in covered:
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] if cells[column] != "" else value
    return records


def _at(cells: list[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else ""
