"""What a person agreed to, on paper: everything that was agreed, for whoever may read it, with a number in the log."""

from io import BytesIO

import pytest
from django.utils import translation
from django.utils.timezone import now
from docx import Document as Word
from pypdf import PdfReader

from concordat.cases.models import Participation
from concordat.core.codes import Category
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, acting, named
from concordat.ledger.models import Subject
from concordat.referrals.asking import agreed

pytestmark = pytest.mark.django_db
ADDRESS = f"/referrals/participations/{named('participation')}/agreement"


def words_of(kind: str, who: str = "cora") -> str:
    answer = visit(who, f"{ADDRESS}.{kind}")
    assert answer.status_code == 200
    if kind == "docx":
        held = Word(BytesIO(answer.content))
        cells = [cell.text for table in held.tables for row in table.rows for cell in row.cells]
        return " ".join("\n".join([*(one.text for one in held.paragraphs), *cells]).split())
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_it_says_what_was_agreed_and_which_layer_it_is(kind: str) -> None:
    words = words_of(kind)
    for wanted in (
        "7Q", "Lantern Mentoring", "This is your participation agreement", "It is not the legal basis",
        "Everyday routine", "Ties to people outside", "Nothing under any other heading", "You may say no",
        "Each relative agrees for themselves", "A court orders it", "On a withdrawal slip", "Through a lawyer",
        "How long we keep this", "On paper, in Marenian", "Slip to the ombudsman", "Attendance".lower(),
    ):  # fmt: skip
        assert wanted in words, wanted


@pytest.mark.parametrize("who", ["pat", "dora", "helen", "sef", "omar", "otto", "max", "faye"])
def test_nobody_prints_it_who_may_not_read_it(who: str) -> None:
    for kind in ("pdf", "docx"):
        assert visit(who, f"{ADDRESS}.{kind}").status_code == 404


def test_that_it_was_handed_out_stands_in_the_log_with_its_number() -> None:
    words = words_of("pdf")
    with acting("cora"):
        found = Subject.objects.filter(owner=LANTERN, entry__what="participation.file").get()
        assert found.case == named("civil_case")
        assert found.categories == [Category.P31]
        assert found.detail["number"] in words
        assert found.detail["participation"] == str(named("participation"))


def test_the_number_is_of_exactly_these_words() -> None:
    with acting("cora"):
        paper = Participation.objects.select_related("link__civil", "link__authority", "case").get()
        before = dict(agreed.document_of(paper, None).facts)["Check number"]
        assert dict(agreed.document_of(paper, None).facts)["Check number"] == before
        paper.headings = []
        after = agreed.document_of(paper, None)
        assert dict(after.facts)["Check number"] != before
        assert "You chose no heading" in str(after.blocks)
        paper.withdrawn_at = now()
        assert "Taken back on" in dict(agreed.document_of(paper, None).facts)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_is_written_in_the_language_of_the_page(language: str) -> None:
    with acting("cora"), translation.override(language):
        paper = Participation.objects.select_related("link__civil", "link__authority", "case").get()
        document = agreed.document_of(paper, None)
    assert document.language == language
    assert document.direction == ("rtl" if language == "ar" else "ltr")
    assert "You may say no" not in str(document.blocks)


def test_the_plan_leads_to_it_and_says_that_there_are_two_layers() -> None:
    shown = visit("nadia", f"/cases/{named('civil_case')}/plan/").content.decode()
    assert f"{ADDRESS}.pdf" in shown
    assert "There are two layers" in shown
    form = visit("cora", f"/referrals/links/{named('link')}/participation/").content.decode()
    assert "There are two layers" in form
