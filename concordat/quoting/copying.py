"""Whether a passage stands in two texts: a help against carelessness. Whoever wants to deceive changes a word."""

import unicodedata

LENGTH = 80  # letters and digits in a row that are the same: about a line and a half
STEP = LENGTH // 2


def folded(text: str) -> str:
    """Return the letters and digits of a text alone, so that other spaces, quotes or line ends make no difference."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def shares_passage(one: str, other: str) -> bool:
    """Tell whether two folded texts have `LENGTH` signs in a row in common.

    Such a passage holds a whole piece of `other` that begins at a multiple of `STEP`; only around those it is looked
    at more closely.
    """
    return any(
        _grows(one, found, other, start)
        for start in range(0, len(other) - STEP + 1, STEP)
        for found in _places(one, other[start : start + STEP])
    )


def _places(text: str, piece: str) -> list[int]:
    places, at = [], text.find(piece)
    while at >= 0:
        places.append(at)
        at = text.find(piece, at + 1)
    return places


def _grows(one: str, at: int, other: str, start: int) -> bool:
    before = 0
    while min(at, start) > before and one[at - before - 1] == other[start - before - 1] and before < LENGTH:
        before += 1
    after = STEP
    while at + after < len(one) and start + after < len(other) and one[at + after] == other[start + after]:
        after += 1
        if before + after >= LENGTH:
            return True
    return before + after >= LENGTH
