"""From bytes to text: by the mark of the file, else by what makes sense of all of it; what stays open is refused."""

import codecs
import re
from collections import Counter

from django.utils.translation import gettext as _

from concordat.imports.reading.sentences import no_table
from concordat.imports.reading.sheet import Unreadable
from concordat.imports.reading.text import is_damaged

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("utf-16-le", "utf-16-be")
_LOOK = 4096  # bytes of which at least one in ten is zero in a table of 16-bit characters
_WORD = re.compile(r"[^\W\d_]{3,}")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¹²³¿¡£¥¦¼½¾×÷][^\W\d_]")
_TURKISH = (re.compile("[þðýÞÐÝ]"), re.compile("[çüÇÜ]"))  # no Western language has letters of both kinds
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_WORD = re.compile("[\u0600-\u06ff\u200c\u200d]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FREQUENT = frozenset("المنويىهرتبدک")  # most letters of any Arabic or Persian text
_NEVER_CYRILLIC = frozenset("لمنويىه")  # in Windows-1256 these lie where no capital of another alphabet lies


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding; raise Unreadable where more than one makes sense of it, or none does."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None) or _unmarked(data)
    try:
        text, encoding = data.decode(marked or "utf-8"), marked or "utf-8"
    except UnicodeDecodeError:
        if marked:
            raise Unreadable(_wrong_encoding()) from None
        text, encoding = _windows(data)
    if "\0" in text:
        raise Unreadable(no_table())
    return text, encoding.removesuffix("-sig")


def _unmarked(data: bytes) -> str | None:
    """Return which UTF-16 it is where no mark says so: the one whose text is of letters, digits and ends of line."""
    if len(data) % 2 or data[:_LOOK].count(0) * 10 < len(data[:_LOOK]):
        return None
    shares = {encoding: _usual(data[:_LOOK].decode(encoding, "replace")) for encoding in _UNMARKED}
    best, other = sorted(_UNMARKED, key=lambda encoding: -shares[encoding])
    return best if shares[best] > 0.8 and shares[other] < 0.5 else None  # noqa: PLR2004 - nearly all, and not half


def _usual(text: str) -> float:
    """Return for which part of a text its characters are those of Latin, Greek, Cyrillic or Arabic writing."""
    return sum(char in "\t\r\n" or " " <= char < "\u0700" for char in text) / max(len(text), 1)


def _windows(data: bytes) -> tuple[str, str]:
    """Return the text in the one of the two Windows encodings that makes sense of it."""
    arabic = data.decode("windows-1256")  # it gives every byte a meaning
    if _is_arabic(arabic):
        return arabic, "windows-1256"
    return _windows_1252(data), "windows-1252"


def _is_arabic(text: str) -> bool:
    """Say whether words are Arabic through and through, and made of the letters that Arabic is mostly made of."""
    counted: Counter[str] = Counter()
    for found in _LETTERS.finditer(text):
        if _ARABIC.search(found[0]):
            if not _ARABIC_WORD.fullmatch(found[0]):
                return False
            counted.update(found[0])
    total = counted.total()
    frequent = sum(counted[char] for char in _FREQUENT)
    certain = sum(counted[char] for char in _NEVER_CYRILLIC)
    return total > 0 and frequent >= 0.5 * total and certain >= 0.2 * total


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
    """Say whether words are made of accented letters alone: Greek or Cyrillic read as Western European."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    strange = [word for word in words if sum(not char.isascii() for char in word) > 0.7 * len(word)]
    return len(strange) > len(words) / 2


def _wrong_encoding() -> str:
    return _("The letters of this file cannot be read for certain. Save it as “CSV UTF-8” and upload that file.")
