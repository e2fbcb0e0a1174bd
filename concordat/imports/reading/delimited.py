"""CSV and its relatives: the encoding and the separator are found from the content, never from the name of the file."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from concordat.imports.reading.headings import hits
from concordat.imports.reading.sheet import MAX_CELL, MAX_COLUMNS, Unreadable
from concordat.imports.reading.text import cell_text, is_damaged

SEPARATORS = (";", ",", "\t")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEP_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\n|\r)', re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¹²³¿¡£¥¦¼½¾×÷][^\W\d_]")
_TURKISH = (re.compile("[þðýÞÐÝ]"), re.compile("[çüÇÜ]"))  # no Western language has letters of both kinds
_END = "\u2404end of file\u2404"
_SAMPLE = 100


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text, decoded, with its separator. `start` is where the rows begin."""

    text: str
    encoding: str
    separator: str
    start: int = 0

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield every row with its number; raise Unreadable where a quotation mark is never closed."""
        for number, record in _parse(self.text[self.start :], self.separator):
            if any(len(cell) > MAX_CELL for cell in record):
                raise Unreadable(_too_long(number))
            yield number, [cell_text(cell) for cell in record]


def read_delimited(data: bytes) -> Delimited:
    """Return the text behind the bytes; raise Unreadable where encoding or separator cannot be known."""
    text, encoding = decode(data)
    if said := _SEP_LINE.match(text):
        return Delimited(text, encoding, said[1], said.end())
    return Delimited(text, encoding, _separator(text))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: by its mark, else UTF-8, else Windows-1252 if it then makes sense."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    try:
        text, encoding = data.decode(marked or "utf-8"), marked or "utf-8"
    except UnicodeDecodeError:
        if marked:
            raise Unreadable(_wrong_encoding()) from None
        text, encoding = _windows_1252(data), "windows-1252"
    if "\0" in text:
        raise Unreadable(_("This file is not a table. Save the list as CSV or as an Excel workbook (.xlsx)."))
    return text, encoding.removesuffix("-sig")


def _windows_1252(data: bytes) -> str:
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        raise Unreadable(_wrong_encoding()) from None
    turkish = all(letters.search(text) for letters in _TURKISH)
    if turkish or is_damaged(text) or _SIGN_IN_WORD.search(text) or _is_another_alphabet(text):
        raise Unreadable(_wrong_encoding())
    return text


def _is_another_alphabet(text: str) -> bool:
    """Say whether words are made of accented letters alone: Arabic, Greek or Cyrillic read as Western European."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    strange = [word for word in words if sum(not char.isascii() for char in word) > 0.7 * len(word)]
    return len(strange) > len(words) / 2


def _wrong_encoding() -> str:
    return _("The letters of this file cannot be read for certain. Save it as “CSV UTF-8” and upload that file.")


def _separator(text: str) -> str:
    """Return the separator that makes the most heading words and the most even columns."""
    sample = text[:200_000]
    scored = {separator: _score(sample, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scored[separator])
    if scored[best][1] == 0:
        raise Unreadable(
            _("No columns were found. The cells of a row must be separated by commas, semicolons or tabs.")
        )
    return best


def _score(sample: str, separator: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    records: list[list[str]] = []
    with suppress(csv.Error):  # a row too long to be read is refused later, with its number
        for record in islice(reader, _SAMPLE):
            records += [record] if any(record) else []
    width, rows = max(Counter(map(len, records)).items(), key=lambda pair: pair[1] * (pair[0] - 1), default=(1, 0))
    known = max((hits(record) for record in records if len(record) > 1), default=0)
    return (known, rows * (width - 1))


def _parse(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text. A last row of our own shows whether an open quotation mark swallowed the end."""
    close = "" if text.endswith(("\n", "\r")) or not text else "\n"
    reader = csv.reader(io.StringIO(f"{text}{close}{_END}", newline=""), delimiter=separator)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                raise Unreadable(_unclosed(number))
            if len(record) > MAX_COLUMNS * 10:
                raise Unreadable(_too_long(number))
            yield number, record
    except csv.Error:
        raise Unreadable(_too_long(number + 1)) from None


def _unclosed(number: int) -> str:
    return _("A quotation mark that opens in row %(row)s is never closed. Close it or take it out.") % {"row": number}


def _too_long(number: int) -> str:
    return _("Row %(row)s is too long to be read. Look for a quotation mark or a separator out of place.") % {
        "row": number
    }
