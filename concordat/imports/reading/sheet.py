"""A table as it was found in a file: its heading, its lines, and what was left out. What it means is not known here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from concordat.core.errors import Refused
from concordat.imports.reading.text import listed, shorten

Cell = str | date

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_ABOVE = 100  # rows of title and totals beside them
MAX_COLUMNS = 200
MAX_CELL = 32_767
MAX_CELLS = 2_000_000  # 50,000 rows of 40 columns
MAX_TEXT = 24 * 1024 * 1024  # characters in a whole table: what a list of 50,000 people with 40 columns holds
_SAMPLES = 5


_LEFT_OUT = {
    "titles": ngettext_lazy("%(n)s row above the heading: %(rows)s.", "%(n)s rows above the heading: %(rows)s.", "n"),
    "blank": ngettext_lazy("%(n)s blank row: %(rows)s.", "%(n)s blank rows: %(rows)s.", "n"),
    "totals": ngettext_lazy("%(n)s row of totals: %(rows)s.", "%(n)s rows of totals: %(rows)s.", "n"),
    "headings": ngettext_lazy(
        "The heading again in %(n)s row: %(rows)s.", "The heading again in %(n)s rows: %(rows)s.", "n"
    ),
    "repeated": ngettext_lazy(
        "%(n)s row that is the same as one above: %(rows)s.",
        "%(n)s rows that are the same as one above: %(rows)s.",
        "n",
    ),
}


class Unreadable(Refused):
    """A file that cannot be read as a table. Its message says why and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the heading. `number` is its row in the file, counted from 1 as a spreadsheet program shows it.

    `surplus` holds filled cells to the right of the last column: a sign that a separator slipped into a text.
    """

    number: int
    cells: tuple[Cell, ...]
    surplus: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rows of the file that are no lines of the table, by their numbers."""

    titles: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    headings: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()

    def in_words(self) -> list[str]:
        """Return a sentence for each kind of row that was left out."""
        found = [(sentence, getattr(self, kind)) for kind, sentence in _LEFT_OUT.items()]
        return [sentence % {"n": len(rows), "rows": listed(rows)} for sentence, rows in found if rows]


@dataclass(frozen=True)
class Sheet:
    """One table. Cells are tidy text, or dates where a workbook says that a cell is a date.

    `separator` is empty for a workbook, and `epoch` the year from which it counts days, 0 where the file does not say;
    `other_worksheets` names those of the same workbook that were not read, and `choices` those that hold a list.
    """

    heading: tuple[str, ...]
    lines: tuple[Line, ...]
    heading_row: int
    left_out: LeftOut = field(default_factory=LeftOut)
    separator: str = ""
    encoding: str = ""
    filename: str = ""
    worksheet: str = ""
    other_worksheets: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    epoch: int = 0

    def name(self, column: int) -> str:
        """Return what the file calls a column; one without a heading is named by its letter."""
        return self.heading[column] or _("Column %(letter)s") % {"letter": column_letter(column)}

    def cells(self, column: int) -> Iterator[Cell]:
        """Yield the column's cells, from the top."""
        return (line.cells[column] for line in self.lines)

    def examples(self, column: int, limit: int = 3) -> list[str]:
        """Return the first different values of a column, for a person who says what it means."""
        found: dict[str, None] = {}
        for cell in self.cells(column):
            if len(found) == limit:
                break
            if cell != "":
                found[shown(cell)] = None
        return list(found)

    def in_words(self) -> list[str]:
        """Return sentences on what was not read or may be read wrongly; for the screen, as they may name people."""
        said = self.left_out.in_words()
        if self.encoding.startswith("windows") and (samples := self._accented()):
            said.append(
                _("The file does not say how its letters are kept. Look whether these are right: %(samples)s.")
                % {"samples": listed(samples)}
            )
        if self.other_worksheets:
            said.append(
                _("Only the worksheet “%(one)s” was read. Save the others as files of their own: %(others)s.")
                % {"one": self.worksheet, "others": listed(self.other_worksheets)}
            )
        return said

    def _accented(self) -> list[str]:
        cells = (cell for line in self.lines for cell in line.cells if isinstance(cell, str) and not cell.isascii())
        return [f"“{shorten(cell)}”" for cell in islice(dict.fromkeys(cells), _SAMPLES)]


def shown(cell: Cell) -> str:
    """Return a cell as text; a date as year-month-day."""
    return cell if isinstance(cell, str) else cell.isoformat()


def column_letter(column: int) -> str:
    """Return the letters by which a spreadsheet program names a column (0 is A)."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
