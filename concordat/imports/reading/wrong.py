"""The file that goes back: only the wrong rows, as they came, with one more column that says what is wrong."""

import csv
import io
import re

from django.utils.translation import gettext as _

from concordat.imports.reading.fields import Field
from concordat.imports.reading.heading import what_is_wrong
from concordat.imports.reading.rows import Result, WrongRow
from concordat.imports.reading.sheet import Cell, Line, Sheet, shown
from concordat.imports.reading.text import neutralise

_LONG = 40
_WOULD_CHANGE = re.compile(r"0\d+|\d{12,}|\d+E\d+|\d[\d\s./:-]*[./:-]\d[\d\s./:-]*", re.IGNORECASE)


def wrong_rows(sheet: Sheet, result: Result, *, only_mistakes: bool = False, only_mapped: bool = False) -> bytes:
    """Return a CSV file (UTF-8 with its mark) of the wrong rows. Corrected, it can be uploaded again.

    With `only_mistakes` the rows whose only fault is that no service is stated are left out; with `only_mapped` the
    columns that hold no field, which must not be kept anywhere.
    """
    lines = {line.number: line for line in sheet.lines}
    wrong = [row for row in result.wrong if not (only_mistakes and row.asks_for_nothing)]
    mapped = result.mapping.columns.values()
    columns = [at for at in range(len(sheet.heading)) if at in mapped or not only_mapped]
    surplus = 0 if only_mapped else max((len(lines[row.number].surplus) for row in wrong), default=0)
    identifier = result.mapping.columns[Field.SOURCE_IDENTIFIER]
    heading = [neutralise(sheet.heading[at]) for at in columns]
    body = [_written(lines[row.number], row, columns, identifier, surplus) for row in wrong]
    return _as_csv([[*heading, *[""] * surplus, neutralise(what_is_wrong())], *body], sheet.separator)


def _as_csv(rows: list[list[str]], separator: str) -> bytes:
    out = io.StringIO(newline="")
    delimiter = "," if separator == "," else ";"
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _written(line: Line, row: WrongRow, columns: list[int], identifier: int, surplus: int) -> list[str]:
    texts = [_kept_as_text(line.cells[at]) if at == identifier else neutralise(shown(line.cells[at])) for at in columns]
    more = [neutralise(shown(cell)) for cell in line.surplus[:surplus]]
    sentences = " ".join(problem.sentence for problem in row.problems)
    said = _("Row %(row)s: %(sentences)s") % {"row": row.number, "sentences": sentences}
    return [*texts, *more, *[""] * (surplus - len(more)), neutralise(said)]


def _kept_as_text(identifier: Cell) -> str:
    """Put an apostrophe before an identifier that a spreadsheet program would make a number or a date of."""
    text = neutralise(shown(identifier))
    would_change = text[:1].isdecimal() and (len(text) > _LONG or _WOULD_CHANGE.fullmatch(text))
    return f"'{text}" if would_change else text
