"""Two wordings side by side: what was taken out is marked in the first, what was added in the second."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return both texts; what was taken out is marked in the first, what was added in the second."""
    old, new = before.split(" "), after.split(" ")
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    left = [(kind, " ".join(old[start:end])) for kind, start, end, _from, _to in steps if start < end]
    right = [(kind, " ".join(new[start:end])) for kind, _from, _to, start, end in steps if start < end]
    return joined(left, "del"), joined(right, "ins")


def joined(pieces: Sequence[tuple[str, str]], tag: str) -> SafeString:
    mark = format_html("<{}>{{}}</{}>", tag, tag)
    return format_html_join(
        " ", "{}", [(text if kind == "equal" else format_html(mark, text),) for kind, text in pieces]
    )
