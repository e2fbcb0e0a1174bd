"""What each clause does, computed from its answers and the rules: the side of the indenture that the words do not tell.

There is one function for each clause that does something. `limits.py` and the compiler read the same answers, so
nothing is said here that is not so; what only binds the parties is said as owed.
"""

from collections.abc import Iterable
from typing import cast

from django.utils.translation import gettext as _

from concordat.agreements.models import Clause, SharingRule, Version
from concordat.core.codes import Condition
from concordat.core.parts import Effect, Given
from concordat.core.picture import given_inside
from concordat.core.wording import enumerated, itemised

from .framework import FRAMEWORK
from .protocol import PROTOCOL
from .reading import Reading, Write, gives
from .terms import TERMS

Shown = tuple[int, str, str]  # who receives, which form, under which condition
WRITERS: dict[str, Write] = {**FRAMEWORK, **PROTOCOL, **TERMS}


def effects(version: Version, clause: Clause, rules: list[SharingRule]) -> list[Effect]:
    """Return what a clause does. `rules` are all rules of the version; each is told at the clause that it names."""
    reading = Reading(version, version.agreement, clause.code, clause.parameters, rules)
    found = list(WRITERS[clause.code](reading)) if clause.code in WRITERS else []
    return [*of_rules([one for one in rules if one.clause == clause.code]), *found]


def of_rules(rules: list[SharingRule]) -> Iterable[Effect]:
    """Say who reads what: one line for each form and condition; roles that get the same stand together."""
    given: dict[Shown, dict[str, list[SharingRule]]] = {}
    for rule in rules:
        given.setdefault((rule.recipient_id, rule.form, rule.condition), {}).setdefault(rule.role, []).append(rule)
    for (_recipient, form, condition), by_role in sorted(given.items()):
        for same in alike(by_role):
            roles = enumerated(str(rule.get_role_display()) for rule in same)
            who = _("%(roles)s at %(organisation)s") % {"roles": roles, "organisation": same[0].recipient}
            manner = {
                "what": listed(by_role[same[0].role]),
                "form": given_inside(cast("Given", form)),
                "condition": Condition(condition).label,
            }
            yield gives(_("%(who)s may read") % {"who": who}, _("%(what)s: %(form)s, %(condition)s") % manner)


def alike(by_role: dict[str, list[SharingRule]]) -> list[list[SharingRule]]:
    """Put roles together that get the same categories; each is represented by one of its rules."""
    together: dict[tuple[int, ...], list[SharingRule]] = {}
    for _role, held in sorted(by_role.items()):
        together.setdefault(tuple(sorted({one.category for one in held})), []).append(held[0])
    return list(together.values())


def listed(rules: Iterable[SharingRule]) -> str:
    """Write the categories of rules, each once; some names hold commas, so semicolons stand between them."""
    return itemised(dict.fromkeys(str(one.get_category_display()) for one in rules))


__all__ = ["effects", "listed"]
