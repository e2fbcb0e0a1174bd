"""The list of cases as a file: for a purpose that is stated, in the log, and with nothing alive in it."""

import csv
import io

import pytest

from concordat.cases.models import Case
from concordat.core.testing.visiting import visit
from concordat.demo.world import PRISON, acting
from concordat.ledger.models import Subject

pytestmark = pytest.mark.django_db


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_without_a_purpose_there_is_no_file() -> None:
    answer = visit("pat", "/cases/list/", {})
    assert answer.status_code == 422
    assert "text/csv" not in answer.headers["Content-Type"]


def test_the_file_holds_codes_and_no_names() -> None:
    answer = visit("pat", "/cases/list/", {"taken_for": "meeting"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    heading, row = rows(answer.content)
    assert dict(zip(heading, row, strict=True))["Reference"] == "A-1001"
    assert dict(zip(heading, row, strict=True))["Place"] == "Aldermoor Prison"
    assert "Sandoval" not in answer.content.decode()
    assert "A-1001" not in answer.headers["Content-Disposition"]


def test_that_it_was_taken_and_what_for_stands_in_the_log() -> None:
    visit("pat", "/cases/list/", {"taken_for": "handover"})
    with acting("pat"):
        (line,) = Subject.objects.filter(entry__what="caseload.exported")
    assert line.detail == {"rows": 1, "taken_for": "handover"}


def test_a_cell_that_looks_like_a_formula_comes_back_dead() -> None:
    with acting("pat"):
        Case.objects.create(
            owner_id=PRISON, reference="=1+1", working_code="@SUM", service_purpose="+x;=cmd", child_rules=False
        )
    cells = [cell for row in rows(visit("pat", "/cases/list/", {"taken_for": "check"}).content) for cell in row]
    assert {"'=1+1", "'@SUM", "'+x;'=cmd"} <= set(cells)


@pytest.mark.parametrize("who", ["nadia", "adam", "ines"])
def test_whose_post_does_not_need_it_is_told_who_can(who: str) -> None:
    answer = visit(who, "/cases/list/", {"taken_for": "meeting"})
    assert answer.status_code == 403
    assert "take out lists of cases" in answer.content.decode()
