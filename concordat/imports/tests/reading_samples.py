"""Caseload files as strangers export them, made on the spot; and short ways to what the reader makes of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hypothesis import HealthCheck, settings
from openpyxl import Workbook

from concordat.imports import reading
from concordat.imports.reading import Field, Order, Result, Sheet

TODAY = date(2026, 5, 1)
PLACES = {"Northgate": "place-1", "Südtor": "place-2"}

HEADING = ["Prisoner No.", "Family name", "Given names", "Birth date", "Prison", "Service requested"]
USUAL = reading.Mapping(
    {
        Field.SOURCE_IDENTIFIER: 0,
        Field.FAMILY_NAME: 1,
        Field.GIVEN_NAMES: 2,
        Field.BIRTH_DATE: 3,
        Field.ESTABLISHMENT: 4,
        Field.SERVICE_PURPOSE: 5,
    }
)
PERSON = ["A-17", "Haddad", "Samir", "1990-04-23", "Northgate", "Mentoring"]

# The same examples on every run; no files of its own.
quick = settings(
    derandomize=True, max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def person(number: str = "A-17", **changes: str) -> list[str]:
    """Make a row of a file with the usual heading; changes are named after the fields."""
    usual = {name.value: PERSON[at] for name, at in USUAL.columns.items()} | {"source_identifier": number}
    unknown = set(changes) - set(usual)
    assert not unknown, unknown
    return list((usual | changes).values())


def as_csv(rows: Iterable[Sequence[str]], separator: str = ";", encoding: str = "utf-8", ending: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().replace("\r\n", ending).encode(encoding)


def as_workbook(*worksheets: Iterable[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(worksheets, 1):
        page = book.create_sheet(f"List {number}")
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> Sheet:
    return reading.read(as_csv([heading, *rows]), "caseload.csv")


def checked(
    sheet: Sheet, answers: Mapping[int, Order] | None = None, purposes: Mapping[str, str] | None = None
) -> Result:
    """Check a list as guessed."""
    return reading.check(sheet, reading.guess(sheet), answers or {}, PLACES, purposes, today=TODAY)


def checked_as_usual(sheet: Sheet) -> Result:
    """Check a list whose first columns are the usual ones, whatever they hold."""
    return reading.check(sheet, USUAL, {}, PLACES, today=TODAY)


def sentences(result: Result) -> list[str]:
    return [problem.sentence for row in result.wrong for problem in row.problems]


def days(field: Field, *cells: str, order: Order | None = None) -> list[date | str | None]:
    """Return, for each cell of a column of dates, the day that is loaded or what is wrong with it."""
    heading = ["Prisoner No.", "Prison", "Service", field.label]
    sheet = sheet_of(*([f"A{at}", "Northgate", "Mentoring", cell] for at, cell in enumerate(cells)), heading=heading)
    mapping = reading.Mapping({Field.SOURCE_IDENTIFIER: 0, Field.ESTABLISHMENT: 1, Field.SERVICE_PURPOSE: 2, field: 3})
    result = reading.check(sheet, mapping, {3: order} if order else {}, PLACES, today=TODAY)
    found: dict[int, date | str | None] = {row.number: getattr(row.values, field.value) for row in result.rows}
    found |= {row.number: row.problems[0].sentence for row in result.wrong}
    return [found[number] for number in sorted(found)]
