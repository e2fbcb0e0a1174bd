"""Names as numbers, for search across scripts under row security: equality of numbers tells nothing of hidden rows.

A name is folded to plain Latin letters, cut into words, and each word kept as the beginnings of at least three letters
and as a skeleton of its consonants, so that سندوفال, Сандовал and Sandoval meet. What is stored is a keyed hash: the
table gives no name back, not even to somebody who tries out all of them without the key.
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from anyascii import anyascii
from django.conf import settings

SHORTEST = 3  # letters of a beginning
LONGEST = 250  # characters of a sort key
LABEL = b"concordat name tokens"
_WORDS = re.compile(r"[a-z]+")
_ALIKE = str.maketrans(
    {"v": "f", "w": "", "y": "", "h": "", "c": "k", "q": "k", "z": "s", "x": "s", "j": "g", "p": "b", "d": "t"}
)
_SOFT = re.compile(r"(?<=.)kh")
_VOWELS = re.compile(r"[aeiou]+")
_DOUBLED = re.compile(r"(.)\1+")


def fold(name: str) -> list[str]:
    """Return the words of a name in small plain Latin letters, whatever its script."""
    plain = anyascii(name).lower().replace("'", "").replace("`", "")
    return _WORDS.findall(plain)


def sort_key(family_name: str, given_names: str) -> str:
    """Return by what a person stands in a list of people."""
    return " ".join([*fold(family_name), *fold(given_names)])[:LONGEST]


def skeleton(word: str) -> str:
    """Return what of a word stays the same in most spellings: its consonants, those that sound alike made one."""
    heard = _SOFT.sub("h", word.replace("ph", "f").replace("gh", "g"))
    bones = _VOWELS.sub("", heard.translate(_ALIKE))
    return _DOUBLED.sub(r"\1", bones)


def pieces(word: str) -> set[str]:
    """Return what is stored of one word."""
    found = {f"b:{word[:length]}" for length in range(SHORTEST, len(word) + 1)} or {f"b:{word}"}
    bones = skeleton(word)
    return found | ({f"s:{bones}"} if len(bones) > 1 else set())


def number(piece: str) -> int:
    """Return the keyed hash of a piece as a number of 63 bits."""
    key = hmac.digest(settings.SEAL_KEY.encode(), LABEL, sha256)
    return int.from_bytes(hmac.digest(key, piece.encode(), sha256)[:8]) >> 1


def tokens(*names: str) -> set[int]:
    """Return the numbers under which a name is found."""
    return {number(piece) for name in names for word in fold(name) for piece in pieces(word)}


def asked(text: str) -> list[set[int]]:
    """Return for each word that somebody looks for the numbers of which one has to be there."""
    return [set(map(number, _asked(word))) for word in fold(text)]


def _asked(word: str) -> Iterable[str]:
    yield f"b:{word}"
    bones = skeleton(word)
    if len(bones) > 1:
        yield f"s:{bones}"
