"""What a document is made of, whatever file it becomes: blocks of plain text. What looks like markup stays text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from django.utils.html import strip_tags

from concordat.core.languages import RIGHT_TO_LEFT

Direction = Literal["ltr", "rtl"]

_BREAKS = re.compile(r"<br\s*/?>|</p>|</li>", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 stands below the title of the document."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Words; an empty line begins a new paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list."""

    texts: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Rows below the names of their columns; the first column names the row. What it is about stands in a heading."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Document:
    """A text to be made a file: what it is called, in which language, and its blocks.

    `facts` stand below the title, each with its name. `foot` stands at the foot of every page: by which number the copy
    can be compared, and what may be done with it.
    """

    title: str
    language: str
    blocks: Sequence[Block]
    facts: Sequence[tuple[str, str]] = ()
    foot: str = ""

    @property
    def direction(self) -> Direction:
        """The direction of its frame: that of its language."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def way(self, text: str) -> Direction:
        """Return in which direction a text of it runs: that of most of its letters, whatever the first one is."""
        kinds = [unicodedata.bidirectional(letter) for letter in text]
        left, right = kinds.count("L"), kinds.count("R") + kinds.count("AL")
        if left == right:
            return self.direction
        return "rtl" if right > left else "ltr"


def plain(words: object) -> str:
    """Return words as they read, without the marks of a page; what no file can hold is left out."""
    text = str(words)
    if hasattr(words, "__html__"):
        text = unescape(strip_tags(_BREAKS.sub("\n", text)))
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, the empty ones left out."""
    return [one.strip() for one in re.split(r"\n\s*\n", plain(text)) if one.strip()]
