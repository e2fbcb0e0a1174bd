"""The questions that the application may ask the database about access, as typed Python. The answers are its own.

Everything starts from one's own case: whoever cannot show a case of their own gets no answer about another's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

Missing = Literal[
    "framework", "rule", "terms", "worker", "assignment", "not_currently", "prohibition", "ceiling", "up_to_here", "yes"
]  # fmt: skip


@dataclass(frozen=True)
class Linked:
    """Another organisation's case of the same person, which one's own rows prove that one knew."""

    owner: int
    case: UUID
    activity: str


@dataclass(frozen=True)
class Given:
    """A rule in force that gives me a category in a form, under a condition."""

    category: int
    form: str
    condition: str
    rule: UUID


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def first_missing(own: UUID, giver: int, cells: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Missing]:
    """Name for each (category, form) what is missing first; empty where the case is not one's own."""
    wanted = sorted(set(cells))
    categories, forms = [category for category, _form in wanted], [form for _category, form in wanted]
    found = _rows(
        "SELECT category, form, answer FROM access.why(%s, %s, %s::smallint[], %s::text[])",
        [own, giver, categories, forms],
    )
    return {(category, form): answer for category, form, answer in found if answer}


def first_missing_for(colleague: UUID, own: UUID, giver: int, category: int, form: str) -> Missing | None:
    """Name what is missing first for a colleague; nothing where one may not ask that."""
    ((answer,),) = _rows("SELECT access.why_for(%s, %s, %s, %s::smallint, %s)", [colleague, own, giver, category, form])
    return cast("Missing | None", answer)


def linked_cases(own: UUID) -> list[Linked]:
    """Return the other side of one's own case; for an authority only while the person agrees."""
    return [Linked(*row) for row in _rows("SELECT owner, case_id, activity FROM access.linked_cases(%s)", [own])]


def rules_for_me(giver: int) -> list[Given]:
    """Return what the rules in force give to me, whatever the case."""
    found = _rows("SELECT category, form, condition, rule FROM access.my_rules(%s)", [giver])
    return [Given(*row) for row in found]


def partners() -> set[int]:
    """Return the organisations with which activity terms are in force now."""
    return {number for (number,) in _rows("SELECT access.partners()", [])}


def winding_down() -> set[int]:
    """Return those too with which they were in force within the wind-down: what is owed still passes."""
    return {number for (number,) in _rows("SELECT access.wind_down_partners()", [])}


def own_cases() -> RawSQL:
    """Return the caseload of the asker, to compare with in a query; without MATERIALIZED it is asked for each row."""
    return RawSQL("WITH mine AS MATERIALIZED (SELECT access.my_own_cases() AS id) SELECT id FROM mine", [])


def other_sides(own: UUID) -> RawSQL:
    """Return the cases of the other sides, for a query that looks for warnings: an authority must not list them."""
    return RawSQL("SELECT access.other_sides(%s)", [own])
