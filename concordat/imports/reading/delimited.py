"""CSV and its relatives: the encoding and the separator are found from the content, never from the name of the file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from concordat.imports.reading.encodings import decode
from concordat.imports.reading.headings import hits
from concordat.imports.reading.sentences import web_page
from concordat.imports.reading.sheet import MAX_CELL, MAX_COLUMNS, Unreadable
from concordat.imports.reading.text import cell_text

MARKUP = ("<!doctype", "<html", "<table", "<?xml", "<meta", "<body")
SEPARATORS = (";", ",", "\t")
_SEP_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\n|\r)', re.IGNORECASE)
_END = "\u2404end of file\u2404"
_SAMPLE = 100
_SEEN = 3  # rows of one width from which the next is expected to have it too


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text, decoded, with its separator. `start` is where the rows begin."""

    text: str
    encoding: str
    separator: str
    start: int = 0

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield every row with its number; raise Unreadable where a quotation mark stays open or the end is cut."""
        widths: Counter[int] = Counter()
        number, last = 0, 0
        for number, record in _parse(self.text, self.start, self.separator):
            if any(len(cell) > MAX_CELL for cell in record):
                raise Unreadable(_too_long(number))
            last = len(record)
            widths[last] += 1
            yield number, [cell_text(cell) for cell in record]
        if is_cut_off(self.text, widths, last):
            raise Unreadable(_cut_off(number))


def read_delimited(data: bytes) -> Delimited:
    """Return the text behind the bytes; raise Unreadable where encoding or separator cannot be known."""
    text, encoding = decode(data)
    if text.lstrip()[:20].lower().startswith(MARKUP):
        raise Unreadable(web_page())
    if said := _SEP_LINE.match(text):
        return Delimited(text, encoding, said[1], said.end())
    return Delimited(text, encoding, _separator(text))


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


def is_cut_off(text: str, widths: Counter[int], last: int) -> bool:
    """Say whether the last row ends in the middle: no end of line, and cells missing that every other row has."""
    if text.endswith(("\n", "\r")) or last not in widths:
        return False
    others = widths - Counter([last])
    return len(others) == 1 and others.total() >= _SEEN and last < next(iter(others))


def _parse(text: str, start: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text. A last row of our own shows whether an open quotation mark swallowed the end."""
    close = "" if text.endswith(("\n", "\r")) or not text else "\n"
    lines = io.StringIO(newline="")
    lines.write(text)
    lines.write(f"{close}{_END}")
    lines.seek(start)
    reader = csv.reader(lines, delimiter=separator)
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


def _cut_off(number: int) -> str:
    return _("The file ends in the middle of row %(row)s, so it was cut off on the way. Export it again.") % {
        "row": number
    }


def _too_long(number: int) -> str:
    return _("Row %(row)s is too long to be read. Look for a quotation mark or a separator out of place.") % {
        "row": number
    }
