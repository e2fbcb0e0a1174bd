"""Two versions of an agreement side by side: the words of each clause, and the cells that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import given
from .catalogue import ENTRIES
from .effects import effects
from .models import Agreement, Clause, Kind, Version
from .overview import WHOLE


@dataclass(frozen=True)
class Pair:
    """One clause in both versions; the words that only one of them has are marked."""

    code: str
    number: str
    title: str
    before: SafeString
    after: SafeString
    does_before: list[str]
    does_after: list[str]


def numbers(agreement: Agreement) -> list[int]:
    return [one.number for one in agreement.versions.all()]


def chosen(agreement: Agreement, asked: Mapping[str, str]) -> dict[str, int]:
    """Return the two numbers that were asked for; else the newest version and the one before it."""
    held = numbers(agreement)
    usual = {"after": held[0], "before": held[min(1, len(held) - 1)]}
    wanted = {name: asked.get(name, "") for name in usual}
    return {
        name: int(wanted[name]) if wanted[name].isdigit() and int(wanted[name]) in held else usual[name]
        for name in usual
    }


def side_by_side(agreement: Agreement, pair: Mapping[str, int]) -> dict[str, Any]:
    """Return both versions, the clauses that differ, and what each side would give."""
    before, after = (WHOLE.get(agreement=agreement, number=pair[name]) for name in ("before", "after"))
    clauses = [one for one in pairs(before, after) if one.before != one.after or one.does_before != one.does_after]
    cells = []
    if agreement.kind == Kind.PROTOCOL:
        cells = given.changes(given.giving(agreement, before), given.giving(agreement, after))
    return {
        "agreement": agreement,
        "before": before,
        "after": after,
        "pairs": clauses,
        "changes": cells,
        "now_words": _("Version %(number)d") % {"number": before.number},
        "then_words": _("Version %(number)d") % {"number": after.number},
    }


def pairs(before: Version, after: Version) -> list[Pair]:
    old, new = ({one.code: one for one in version.clauses.all()} for version in (before, after))
    rules = {version.pk: list(version.sharingrules.select_related("owner", "recipient")) for version in (before, after)}
    codes = [one for one in ENTRIES if one in old or one in new]
    return [
        Pair(
            code, ENTRIES[code].number, str(ENTRIES[code].title), *marked(words(old.get(code)), words(new.get(code))),
            *only(does(before, old.get(code), rules), does(after, new.get(code), rules)),
        )
        for code in codes
    ]  # fmt: skip


def words(clause: Clause | None) -> str:
    return clause.wording if clause else ""


def does(version: Version, clause: Clause | None, rules: Mapping[Any, Any]) -> list[str]:
    """Return what a clause does, one line for each effect."""
    if clause is None:
        return []
    found = effects(version, clause, rules[version.pk])
    return [_("%(what)s: %(how)s") % {"what": one.what, "how": one.how} if one.how else one.what for one in found]


def only(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines that only the first has, and those that only the second has."""
    return [line for line in before if line not in after], [line for line in after if line not in before]


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
