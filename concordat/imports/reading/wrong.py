"""The file that goes back: only the wrong rows, as they came, with one more column that says what is wrong."""

import csv
import io
import re

from django.utils.translation import gettext as _

from concordat.imports.reading.fields import Field
from concordat.imports.reading.rows import Result, WrongRow
from concordat.imports.reading.sheet import Cell, Line, Sheet, shown
from concordat.imports.reading.table import what_is_wrong
from concordat.imports.reading.text import neutralise

_WOULD_CHANGE = re.compile(r"0\d+|\d{12,}|\d+E\d+|\d[\d\s./:-]*[./:-]\d[\d\s./:-]*", re.IGNORECASE)


def wrong_rows(sheet: Sheet, result: Result, *, only_mistakes: bool = False) -> bytes:
    """Return a CSV file (UTF-8 with its mark) of the wrong rows. Corrected, it can be uploaded again.

    With `only_mistakes` the rows whose only fault is that no service is stated are left out.
    """
    lines = {line.number: line for line in sheet.lines}
    wrong = [row for row in result.wrong if not (only_mistakes and row.asks_for_nothing)]
    surplus = max((len(lines[row.number].surplus) for row in wrong), default=0)
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter="," if sheet.separator == "," else ";", quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    writer.writerow([neutralise(name) for name in (*sheet.heading, *[""] * surplus, what_is_wrong())])
    identifier = result.mapping.columns[Field.SOURCE_IDENTIFIER]
    for row in wrong:
        writer.writerow(_written(lines[row.number], row, identifier, surplus))
    return out.getvalue().encode("utf-8-sig")


def _written(line: Line, row: WrongRow, identifier: int, surplus: int) -> list[str]:
    cells: list[Cell] = [*line.cells, *line.surplus, *[""] * (surplus - len(line.surplus))]
    texts = [neutralise(shown(cell)) for cell in cells]
    texts[identifier] = _kept_as_text(texts[identifier])
    sentences = " ".join(problem.sentence for problem in row.problems)
    said = _("Row %(row)s: %(sentences)s") % {"row": row.number, "sentences": sentences}
    return [*texts, neutralise(said)]


def _kept_as_text(identifier: str) -> str:
    """Put an apostrophe before an identifier that a spreadsheet program would make a number or a date of."""
    return f"'{identifier}" if _WOULD_CHANGE.fullmatch(identifier) else identifier
