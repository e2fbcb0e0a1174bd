"""What a file leaves open and only the officer can say: in which order the numbers of its dates stand."""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping

from concordat.imports.reading.codes import is_not_stated
from concordat.imports.reading.dates import DateColumn, DateQuestion, Order, examine
from concordat.imports.reading.mapping import Mapping
from concordat.imports.reading.sheet import Cell, Sheet

Answers = AnyMapping[int, Order]


def date_columns(sheet: Sheet, mapping: Mapping) -> dict[int, DateColumn]:
    """Return what the dates of each column that holds dates have in common."""
    columns = [column for name, column in mapping.columns.items() if name.is_date]
    return {column: examine(stated(sheet, column), sheet.epoch) for column in columns}


def stated(sheet: Sheet, column: int) -> Iterator[Cell]:
    """Yield the cells of a column that say anything."""
    return (cell for cell in sheet.cells(column) if not is_not_stated(cell))


def questions(sheet: Sheet, mapping: Mapping, answers: Answers | None = None) -> tuple[DateQuestion, ...]:
    """Return what the officer must still say about the dates, in the order of the columns."""
    return still_open(date_columns(sheet, mapping), answers or {})


def still_open(columns: AnyMapping[int, DateColumn], answers: Answers) -> tuple[DateQuestion, ...]:
    """Return the questions that columns of dates raise and no answer settles."""
    asked = [DateQuestion(at, dates.examples, dates.choices) for at, dates in sorted(columns.items()) if dates.examples]
    return tuple(question for question in asked if answers.get(question.column) not in question.choices)


def answers_from_json(kept: AnyMapping[str, str]) -> dict[int, Order]:
    """Return the answers that JSON kept with columns as text; ValueError for what is no answer."""
    return {int(column): Order(order) for column, order in kept.items()}
