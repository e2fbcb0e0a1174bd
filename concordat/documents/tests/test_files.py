"""A document as a file: readable aloud, in its own direction, and nothing that was typed becomes a command."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document as Word
from pypdf import PdfReader

from concordat.documents.answer import as_file
from concordat.documents.blocks import (
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    paragraphs,
    plain,
)  # fmt: skip
from concordat.documents.docx import to_docx
from concordat.documents.pdf import to_pdf

ENGLISH = Document(
    "Working together", "en",
    [
        Heading("1 Parties"), Paragraph("Lantern and the Prison.\n\nAnd nobody else."), Items(["One", "Another"]),
        Table(["Category", "Prison gives"], [["Identity", "Summary"]]),
    ],
    facts=[("Text", "FW-1, version 1")], foot="Check number 3f2a 91bc",
)  # fmt: skip
ARABIC = Document(
    "اتفاقية إطارية", "ar",
    [Heading("البند 2: السرية"), Paragraph("يحتفظ الطرفان بالسرية التامة"), Paragraph("Left as it was drafted.")],
)  # fmt: skip
COMMANDS = [
    "#panic()",
    "$x^2$",
    "*bold*",
    "= Heading",
    "`raw`",
    "\\ # [ ] < >",
    '#read("/etc/passwd")',
    "@label",
    "//gone",
]


def pdf(document: Document) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(document)))


def root(document: Document) -> Any:  # noqa: ANN401 - a dictionary of the file
    return pdf(document).trailer["/Root"]


def words(document: Document) -> str:
    return "\n".join(page.extract_text() for page in pdf(document).pages)


def elements(node: object, found: set[str]) -> set[str]:
    """Return the kinds of marks that a reader is led by."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            elements(one, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.add(str(node["/S"]))
        elements(node.get("/K", []), found)
    return found


def test_a_pdf_says_its_title_and_language_and_is_tagged() -> None:
    found = root(ENGLISH)
    assert (found["/Lang"], found["/MarkInfo"]["/Marked"]) == ("en", True)
    assert found["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= elements(found["/StructTreeRoot"], set())
    assert pdf(ENGLISH).metadata == {"/Title": "Working together", "/Creator": "Typst 0.15.1"}
    assert b"pdfuaid" in to_pdf(ENGLISH)


def test_every_block_stands_in_the_pdf() -> None:
    found = words(ENGLISH)
    for text in ("1 Parties", "And nobody else.", "Another", "Prison gives", "Summary", "FW-1, version 1", "3f2a 91bc"):
        assert text in found


def test_arabic_can_be_read_out_of_the_file_again() -> None:
    """Letters that fonts take apart come out as scraps, and so would what a screen reader says."""
    found = words(ARABIC)
    for word in ("اتفاقية", "إطارية", "السرية", "الطرفان", "التامة"):
        assert word in found
    assert "Left as it was drafted." in found
    assert root(ARABIC)["/Lang"] == "ar"


def test_what_was_typed_is_no_command() -> None:
    found = words(Document("\n".join(COMMANDS), "en", [Paragraph(one) for one in COMMANDS]))
    for text in COMMANDS:
        assert text in found


def test_the_same_document_gives_the_same_file() -> None:
    assert to_pdf(ENGLISH) == to_pdf(ENGLISH)


@pytest.mark.parametrize("document", [ENGLISH, ARABIC], ids=["english", "arabic"])
def test_a_word_file_holds_the_same_and_names_nobody(document: Document) -> None:
    word = Word(BytesIO(to_docx(document)))
    held = [one.text for one in word.paragraphs] + [c.text for t in word.tables for row in t.rows for c in row.cells]
    for one in document.blocks:
        if isinstance(one, Heading | Paragraph):
            assert set(paragraphs(one.text)) <= set(held)
    assert (word.core_properties.title, word.core_properties.author) == (document.title, "")


def test_a_word_file_runs_in_the_direction_of_its_text() -> None:
    with zipfile.ZipFile(BytesIO(to_docx(ARABIC))) as file:
        body = file.read("word/document.xml").decode()
    paragraph = next(one for one in body.split("<w:p>") if "يحتفظ" in one)
    assert "<w:bidi/>" in paragraph
    assert 'w:bidi="ar"' in paragraph
    assert "<w:bidi/>" not in next(one for one in body.split("<w:p>") if "Left as it was" in one)


def test_the_answer_is_a_file_to_keep() -> None:
    answer = as_file(ENGLISH, "pdf", name="fw-1-1")
    assert answer["Content-Disposition"] == 'attachment; filename="fw-1-1.pdf"'
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Lantern", "ltr"), ("3 البند", "rtl"), ("FW-1، النسخة 1", "rtl"), ("Prison Service (سجن)", "ltr")],
)
def test_a_text_runs_as_most_of_its_letters_do(text: str, expected: str) -> None:
    assert {ENGLISH.way(text), ARABIC.way(text)} == {expected}


@pytest.mark.parametrize("text", ["1234", "", "12:30"])
def test_what_has_no_letters_runs_as_its_document(text: str) -> None:
    assert (ENGLISH.way(text), ARABIC.way(text)) == ("ltr", "rtl")


def test_what_no_file_can_hold_is_left_out() -> None:
    assert plain("a\x00b\x0cc\ud800d\r\ne") == "abcd\ne"
    to_docx(Document("a\x00", "en", [Paragraph("b\x0b")]))
