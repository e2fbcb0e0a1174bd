"""Two versions of an agreement side by side: the words of each clause, and the cells that differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concordat.core.picture import given_words
from concordat.core.wording import itemised, plain_day
from concordat.organisations.models import Organisation

from . import given
from .catalogue import ENTRIES
from .effects import effects
from .models import Agreement, Clause, Kind, SharingRule, Version
from .overview import WHOLE
from .wording import marked


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
        "cells": cells_apart(before, after),
        "columns_cells": [
            _("What, and whose"),
            _("To whom, and for what"),
            _("Version %(number)d") % {"number": before.number},
            _("Version %(number)d") % {"number": after.number},
        ],
        "now_words": _("Version %(number)d") % {"number": before.number},
        "then_words": _("Version %(number)d") % {"number": after.number},
    }


class Apart(NamedTuple):
    """One cell that differs: from whom, what, to which role for which purpose; and what each version gives there."""

    giver: Organisation
    what: str
    who: str
    why: str
    before: str
    after: str


def cells_apart(before: Version, after: Version) -> list[Apart]:
    """Compare two versions cell by cell; where several rules stand in one, all are told."""
    old, new = (by_cell(one) for one in (before, after))
    keys = sorted(key for key in {*old, *new} if told(old.get(key, [])) != told(new.get(key, [])))
    return [
        Apart(
            one.owner, one.get_category_display(), one.get_role_display(), one.get_purpose_display(),
            told(old.get(key, [])), told(new.get(key, [])),
        )
        for key in keys
        for one in [(new.get(key) or old[key])[0]]
    ]  # fmt: skip


def by_cell(version: Version) -> dict[tuple[int, int, str, str], list[SharingRule]]:
    """Return the rules of each cell, without those that the same text forbids."""
    found: dict[tuple[int, int, str, str], list[SharingRule]] = defaultdict(list)
    barred = set(version.prohibitions.values_list("owner_id", "category"))
    for one in version.sharingrules.select_related("owner", "recipient"):
        if (one.owner_id, one.category) in barred:
            continue
        found[one.owner_id, one.category, one.role, one.purpose].append(one)
    return found


def told(rules: Sequence[SharingRule]) -> str:
    """Say what rules of one cell give: form, condition, and for how long where that is not the whole time."""
    return itemised(sorted(told_of(one) for one in rules)) or _("Nothing")


def told_of(rule: SharingRule) -> str:
    said = {
        "form": given_words(rule.form),  # type: ignore[arg-type]
        "condition": rule.get_condition_display(),
        "first": plain_day(rule.starts_at) if rule.starts_at else "",
        "end": plain_day(rule.ends_at) if rule.ends_at else "",
    }
    if rule.starts_at and rule.ends_at:
        return _("%(form)s, %(condition)s, from %(first)s, closed from %(end)s on") % said
    if rule.starts_at:
        return _("%(form)s, %(condition)s, from %(first)s") % said
    if rule.ends_at:
        return _("%(form)s, %(condition)s, closed from %(end)s on") % said
    return _("%(form)s, %(condition)s") % said


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
