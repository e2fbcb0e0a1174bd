"""Text from strangers: made tidy when it is read, made harmless when it is written into a table file.

A spreadsheet program runs a cell that begins with one of a few characters, also when something invisible stands before
it. `neutralise` puts an apostrophe in front; `cell_text` takes it off again, so that a file can go out and come back.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

JOINERS = "\u200c\u200d"  # inside a word they are spelling (Persian, Urdu); at its edge they are nothing
_ALIVE = frozenset("=+-@\u2212")
_BLANK_GLYPHS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and signs that show nothing
_CUT = re.compile(r"([,;|\t\r\n])")
_QUOTED_TEXT = re.compile(r'="([^"=]*)"')
_TAIL_OF_UTF8 = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_DAMAGED = re.compile(f"\ufffd|[ÃÂØÙ][{_TAIL_OF_UTF8}]")
_SPELLINGS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ى": "ي", "ة": "ه", "ـ": None})


class _Seen(dict[int, str]):
    """What each character becomes in tidy text, worked out once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = unicodedata.category(char)
        self[code] = char
        if char.isspace() or kind == "Cc":
            self[code] = " "
        elif kind == "Cf" and char not in JOINERS:
            self[code] = ""
        return self[code]


class _Folded(dict[int, str]):
    """What each character becomes in folded text, worked out once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char.isalnum() else " "
        if unicodedata.category(char) in {"Mn", "Cf"}:
            self[code] = ""
        elif char.isdecimal():
            self[code] = str(unicodedata.decimal(char))
        return self[code]


_SHORT = 60  # characters of a text that is worth remembering: lists say the same few things again and again
_SEEN = _Seen()
_FOLDED = _Folded()


def tidy(text: str) -> str:
    """Return the text in Unicode NFC, with single spaces and without invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = unicodedata.normalize("NFC", text).translate(_SEEN)
    return unicodedata.normalize("NFC", " ".join(seen.split()).strip(JOINERS + " "))


def cell_text(text: str) -> str:
    """Return what a cell says: tidy, without the apostrophe or the `="…"` that only kept it a text."""
    seen = _unshield(tidy(text))
    if quoted := _QUOTED_TEXT.fullmatch(seen):
        seen = _unshield(quoted[1].strip())
    return seen


def neutralise(text: str) -> str:
    """Return the text so that no spreadsheet program runs it, whichever separator it takes the file to have."""
    safe = "".join(f"'{piece}" if _is_alive(piece) else piece for piece in _CUT.split(text))
    return f"'{safe}" if safe[:1] in {"\t", "\r", "\n"} else safe


def fold(text: str) -> str:
    """Return the text for comparing: small letters, no accents, one spelling, ASCII digits, words by single spaces."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_SPELLINGS)
    return " ".join(apart.translate(_FOLDED).split())


def digits(text: str) -> str:
    """Return the text with the decimal digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list written in one text."""
    return frozenset(text.split())


def phrases_of(text: str) -> frozenset[str]:
    """Return the phrases of a list written in one text with commas, folded."""
    return frozenset(fold(phrase) for phrase in text.split(","))


def is_damaged(text: str) -> bool:
    """Say whether letters were lost because the text was once read in the wrong encoding."""
    return not text.isascii() and _DAMAGED.search(text) is not None


def shorten(text: str, limit: int = 60) -> str:
    """Return the text, cut where it is too long to be named in a sentence."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def listed(items: Iterable[object], limit: int = 8) -> str:
    """Return the items as a list inside a sentence, cut after some."""
    texts = [str(item) for item in items]
    return ", ".join(texts[:limit]) + (", …" if len(texts) > limit else "")


def _is_hidden(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] in "CZM" or char in _BLANK_GLYPHS or char == '"'


def _is_alive(piece: str) -> bool:
    lead = next((char for char in piece if not _is_hidden(char)), "")
    return unicodedata.normalize("NFKC", lead) in _ALIVE


def _unshield(text: str) -> str:
    if "'" not in text:
        return text
    bare = text.lstrip("'")
    if bare != text and bare[:1].isdecimal():
        text = bare
    return "".join(_bare(piece) for piece in _CUT.split(text))


def _bare(piece: str) -> str:
    rest = piece.lstrip()
    bare = rest.lstrip("'")
    if bare == rest or not _is_alive(bare):
        return piece
    return piece[: len(piece) - len(rest)] + bare
