"""A statutory mandate as a page and a paper: what it opens, that no party can suspend it, for both bodies to read."""

from io import BytesIO

import pytest
from django.utils import translation
from docx import Document as Word
from pypdf import PdfReader

from concordat.agreements import mandates
from concordat.agreements.document import check_number, first_groups
from concordat.agreements.models import Mandate
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting, named

pytestmark = pytest.mark.django_db
ADDRESS = f"/agreements/mandates/{named('mandate')}/"


def mandate() -> Mandate:
    return mandates.MANDATES.get(pk=named("mandate"))


def words_of(kind: str, who: str = "omar") -> str:
    content = visit(who, f"{ADDRESS}mandate.{kind}").content
    if kind == "docx":
        held = Word(BytesIO(content))
        cells = [cell.text for table in held.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in held.paragraphs), *cells])
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("who", ["omar", "pat", "dora"])
def test_both_bodies_find_it_in_their_list_and_read_it(who: str) -> None:
    assert ADDRESS in visit(who, "/agreements/").content.decode()
    shown = visit(who, ADDRESS).content.decode()
    for words in (
        "Ombudsman Act, s. 12",
        "No party can suspend it",
        "Safety briefing",
        "Every place of Prison Service",
    ):
        assert words in shown


def test_a_third_organisation_has_it_in_no_list() -> None:
    assert ADDRESS not in visit("cora", "/agreements/").content.decode()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_paper_says_over_whom_what_where_and_by_which_law(kind: str) -> None:
    with acting("omar"):
        number = first_groups(check_number(mandates.canonical(mandate())))
    words = " ".join(words_of(kind).split())
    for wanted in ("Ombudsman", "Prison Service", "Ombudsman Act, s. 12", "Safety briefing", "In full", number):
        assert wanted in words
    assert "No party can suspend it" in words


def test_its_number_changes_with_what_it_opens() -> None:
    with acting("omar"):
        held = mandate()
        before = mandates.canonical(held)
        held.statute = "Another act"
        assert mandates.canonical(held) != before


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_is_written_in_the_language_of_the_page(language: str) -> None:
    with acting("omar") as by, translation.override(language):
        document = mandates.document_of(mandate(), by)
    assert document.language == language
    assert document.direction == ("rtl" if language == "ar" else "ltr")
    assert "No party" not in str(document.blocks)
