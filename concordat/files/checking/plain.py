"""Plain text: letters in UTF-8, and nothing that a program could take for something else."""

import re
import unicodedata

from .kinds import Checked, Type

HARMLESS = {"\t", "\n", "\r", "\f"}
MARK = b"\xef\xbb\xbf"
# What browsers and other programs take for a page, a picture or a script, however the name ends.
ACTIVE = re.compile(rb"^\s*(<|#!|\{\\rtf|%!PS)", re.IGNORECASE)


def is_one(data: bytes) -> bool:
    """Tell whether these are letters in UTF-8 without control characters, and no page or script."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if ACTIVE.match(data.removeprefix(MARK)):
        return False
    return all(letter in HARMLESS or unicodedata.category(letter) != "Cc" for letter in set(text))


def kept(data: bytes) -> Checked:
    """Keep a text as it is."""
    return Checked(Type.TEXT, data)
