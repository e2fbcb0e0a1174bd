"""The name of a file as it may be kept: no path, no control or direction mark, an end that is true."""

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST = 100  # characters, without the ending
FORBIDDEN = re.compile(r'[<>:"|?*%;\\/]')
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # Cf: marks that turn the direction of letters
JOINERS = {"\u200c", "\u200d"}  # Persian and Indic words are written with them


def clean(name: str, ending: str) -> str:
    """Return a name that is safe to show and to save; the ending is that of the type that was found."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(
        c for c in unicodedata.normalize("NFC", last) if c in JOINERS or unicodedata.category(c) not in UNSEEN
    )
    stem = FORBIDDEN.sub(" ", re.sub(r"\.[A-Za-z0-9]{1,8}$", "", kept))
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:LONGEST].strip(" .")
    return f"{stem or _('file')}.{ending}"
