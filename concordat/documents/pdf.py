"""A document as a PDF: tagged for screen readers (PDF/UA-1), with fonts of its own, the same for the same text."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import typst

from concordat.core.assets import BUILT

from .blocks import Block, Document, Heading, Items, Paragraph, Table, paragraphs, plain

TEMPLATE = Path(__file__).with_name("document.typ")
FONTS = BUILT / "print"


def to_pdf(document: Document) -> bytes:
    """Return the file. Text travels as JSON beside the template: it cannot become a command of the typesetter."""
    said = json.dumps(described(document), ensure_ascii=False)
    made = typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), format="pdf", pdf_standards=["ua-1"], sys_inputs={"document": said},
        font_paths=[str(FONTS)], ignore_system_fonts=True, timestamp=0,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def described(document: Document) -> dict[str, Any]:
    """Return the document as the template takes it."""
    piece = partial(piece_of, document)
    return {
        "title": piece(document.title),
        "language": document.language,
        "direction": document.direction,
        "facts": [[piece(name), piece(value)] for name, value in document.facts],
        "foot": [piece(line) for line in document.foot.splitlines()],
        "blocks": [block(one, piece) for one in document.blocks],
    }


def piece_of(document: Document, words: str) -> dict[str, str]:
    """Return one text with the direction in which it runs."""
    text = plain(words)
    return {"text": text, "direction": document.way(text)}


def block(one: Block, piece: Callable[[str], dict[str, str]]) -> dict[str, Any]:
    match one:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": piece(text)}
        case Paragraph(text):
            return {"kind": "paragraph", "texts": [piece(part) for part in paragraphs(text)]}
        case Items(texts):
            return {"kind": "items", "texts": [piece(text) for text in texts]}
        case Table(columns, rows):
            cells = [[piece(cell) for cell in row] for row in rows]
            return {"kind": "table", "columns": [piece(name) for name in columns], "rows": cells}
