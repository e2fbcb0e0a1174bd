"""A document as a Word file, to be marked up elsewhere: with styles, a language, a direction for each paragraph.

python-docx has no words for direction and language: these are set in the elements that it hands out.
"""

# ruff: noqa: SLF001 - the elements of python-docx

from io import BytesIO
from typing import Any

from docx import Document as Empty
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from .blocks import Block, Document, Heading, Items, Paragraph, Table, paragraphs, plain

FONT = "Noto Sans"


def to_docx(document: Document) -> bytes:
    """Return the file. It names nobody as its author, for it was made by nobody."""
    word = Empty()
    word.core_properties.title = plain(document.title)
    word.core_properties.language = document.language
    word.core_properties.author = ""
    word.core_properties.comments = ""
    word.styles["Normal"].font.name = FONT
    write(word.add_heading(level=0), document.title, document)
    for name, value in document.facts:
        write(word.add_paragraph(style="List Bullet"), plain(name), document, bold=True)
        write(word.add_paragraph(), value, document)
    for one in document.blocks:
        add(word, one, document)
    write(word.sections[0].footer.paragraphs[0], document.foot, document)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def add(word: Any, one: Block, document: Document) -> None:  # noqa: ANN401 - a document of python-docx
    """Add a block below the last."""
    match one:
        case Heading(text, level):
            write(word.add_heading(level=level), text, document)
        case Paragraph(text):
            for part in paragraphs(text):
                write(word.add_paragraph(), part, document)
        case Items(texts):
            for text in texts:
                write(word.add_paragraph(style="List Bullet"), text, document)
        case Table():
            add_table(word, one, document)


def add_table(word: Any, one: Table, document: Document) -> None:  # noqa: ANN401 - as above
    """Add a table whose first row is repeated on each page."""
    table = word.add_table(rows=1, cols=len(one.columns), style="Table Grid")
    mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    if document.direction == "rtl":
        mark(table._tblPr, "w:bidiVisual")
    fill(table, 0, one.columns, document, bold=True)
    for row in one.rows:
        table.add_row()
        fill(table, -1, row, document)


def fill(table: WordTable, row: int, texts: Any, document: Document, *, bold: bool = False) -> None:  # noqa: ANN401 - strings
    for cell, text in zip(table.rows[row].cells, texts, strict=True):
        write(cell.paragraphs[0], text, document, bold=bold)


def write(paragraph: WordParagraph, words: str, document: Document, *, bold: bool = False) -> None:
    """Write words into a paragraph in the direction that they have."""
    text = plain(words)
    run = paragraph.add_run(text)
    run.bold = bold or None
    properties = run._r.get_or_add_rPr()
    if document.way(text) == "rtl":
        mark(paragraph._p.get_or_add_pPr(), "w:bidi")
        mark(properties, "w:rtl")
        mark(properties, "w:lang", **{"w:bidi": document.language})
    else:
        mark(properties, "w:lang", **{"w:val": document.language})


def mark(properties: Any, name: str, **values: str) -> None:  # noqa: ANN401 - an element of lxml
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(key), value)
    properties.append(element)
