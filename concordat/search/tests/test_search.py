"""The search: across scripts, among what one may see, and never in an address."""

import pytest

from concordat.cases.actions import index_name
from concordat.cases.models import Case, Identity, SummaryRecord
from concordat.core.codes import Category
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indexed() -> None:
    with acting("pat"):
        index_name(Case.objects.get(pk=named("case")), Identity.objects.get(case=named("case")))


def found(name: str, text: str) -> str:
    """Return the part of the page below the question."""
    answer = visit(name, "/search/", {"text": text})
    assert answer.status_code == 200
    shown = str(answer.content.decode())
    return shown[shown.index('id="found"') :]


@pytest.mark.parametrize("text", ["Sandoval", "sandov", "Iri Sandoval", "ساندوفال", "Сандовал"])
def test_a_name_is_found_in_any_script(text: str) -> None:
    shown = found("pat", text)
    assert "A-1001" in shown
    assert "Iri Sandoval" in shown


@pytest.mark.parametrize("text", ["Iri Marsh", "Sandoval Grace"])
def test_every_word_has_to_fit(text: str) -> None:
    assert "A-1001" not in found("pat", text)


@pytest.mark.parametrize("text", ["7q", "A-10", "LM-0147"])
def test_a_code_or_reference_is_found(text: str) -> None:
    shown = found("nadia" if text == "LM-0147" else "pat", text)
    assert "Person 7Q" in shown


@pytest.mark.parametrize("who", ["nadia", "cora", "cass", "adam", "otto", "paul"])
def test_a_name_that_is_not_open_is_not_found(who: str) -> None:
    shown = found(who, "Sandoval")
    assert "Nothing that you may see fits." in shown
    assert "Iri" not in shown


def test_a_name_shows_only_to_whom_the_identity_is_open() -> None:
    assert "Iri Sandoval" not in found("nadia", "7Q")
    assert "Iri Sandoval" not in found("sef", "7Q")


def test_nothing_is_searched_for_out_of_an_address() -> None:
    shown = browser_of("pat").get("/search/?text=Sandoval").content.decode()
    assert "A-1001" not in shown
    assert 'id="found"' not in shown


def test_an_empty_question_is_asked_again() -> None:
    assert visit("pat", "/search/", {"text": " "}).status_code == 422


def test_what_was_found_stands_in_the_log_and_what_was_asked_does_not() -> None:
    found("pat", "Sandoval")
    with acting("dora"):
        (line,) = Subject.objects.filter(entry__what="search:search")
    assert line.case == named("case")
    assert "andoval" not in str(line.detail)


@pytest.mark.requirement("PP-2")
def test_nobody_is_found_by_belief_or_origin() -> None:
    with acting("pat") as by:
        SummaryRecord.objects.create(
            owner_id=PRISON, case_id=named("case"), created_by=by, category=Category.P12,
            text="Asks for a chaplain of the Velarine community", checked_by="Pat Vell",
        )  # fmt: skip
    assert "A-1001" in found("pat", "Sandoval")
    for text in ("Velarine", "chaplain", "community"):
        assert "A-1001" not in found("pat", text)
