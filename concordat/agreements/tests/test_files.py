"""A version as a file: what the page shows, and only to whom the page is shown."""

from io import BytesIO

import pytest
from docx import Document as Word
from pypdf import PdfReader

from concordat.agreements.document import first_groups
from concordat.agreements.models import Agreement, Kind, Version
from concordat.agreements.paper import document_of
from concordat.agreements.status import status
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting
from concordat.documents.blocks import Table

pytestmark = pytest.mark.django_db
KINDS = ["framework", "protocol", "terms"]


def version_of(kind: str) -> Version:
    """Return the version that is in force."""
    with acting("helen"):
        found = status(Agreement.objects.filter(kind=Kind(kind)).earliest("created_at")).version
    assert found is not None
    return found


def address(version: Version, kind: str) -> str:
    return f"/agreements/{version.agreement_id}/versions/{version.number}/print.{kind}"


def text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_is_handed_out_as_a_pdf_with_its_check_number(kind: str) -> None:
    version = version_of(kind)
    answer = visit("helen", address(version, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    found = text(answer.content)
    assert version.agreement.title in found
    assert first_groups(version.hash) in found


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_is_handed_out_as_a_word_file(kind: str) -> None:
    version = version_of(kind)
    answer = visit("helen", address(version, "docx"))
    held = [one.text for one in Word(BytesIO(answer.content)).paragraphs]
    assert version.agreement.title in held
    with acting("helen"):
        wordings = [one.wording.split("\n")[0] for one in version.clauses.all()]
    assert set(wordings) <= {line for one in held for line in one.split("\n")}


def test_a_protocol_says_what_goes_in_which_direction() -> None:
    version = version_of("protocol")
    with acting("helen"):
        made = document_of(version)
    tables = [one for one in made.blocks if isinstance(one, Table)]
    assert tables
    assert {len(one.columns) for one in tables} == {3}
    assert {cell for one in tables for row in one.rows for cell in row} >= {"Summary", "Closed"}


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_nobody_gets_a_file_of_what_they_may_not_see(kind: str) -> None:
    version = version_of("framework")
    assert visit("faye", address(version, kind)).status_code == 404


def test_there_is_no_other_kind_of_file() -> None:
    assert visit("helen", address(version_of("framework"), "exe")).status_code == 404


def test_the_page_for_paper_offers_both() -> None:
    version = version_of("framework")
    page = visit("helen", f"/agreements/{version.agreement_id}/versions/{version.number}/print/").content.decode()
    assert address(version, "pdf") in page
    assert address(version, "docx") in page
