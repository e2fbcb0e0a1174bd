"""What each clause does, computed from its answers and the rules: the side of the indenture that the words do not tell.

There is one function for each clause that does something. `limits.py` and the compiler read the same answers, so
nothing is said here that is not so; what only binds the parties is said as owed.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from django.utils.translation import gettext as _

from concordat.agreements.models import Clause, SharingRule, Version
from concordat.core.codes import Condition
from concordat.core.parts import Effect, Given
from concordat.core.picture import given_inside

from .framework import FRAMEWORK
from .protocol import PROTOCOL
from .reading import Reading, Write, enumerated, gives
from .terms import TERMS

WRITERS: dict[str, Write] = {**FRAMEWORK, **PROTOCOL, **TERMS}


def effects(version: Version, clause: Clause, rules: list[SharingRule]) -> list[Effect]:
    """Return what a clause does. `rules` are all rules of the version; each is told at the clause that it names."""
    reading = Reading(version, version.agreement, clause.code, clause.parameters, rules)
    found = list(WRITERS[clause.code](reading)) if clause.code in WRITERS else []
    return [*of_rules([one for one in rules if one.clause == clause.code]), *found]


def of_rules(rules: list[SharingRule]) -> Iterable[Effect]:
    """Say who reads what: one line for each receiver, form and condition."""
    for (_recipient, _role, form, condition), group in groupby(sorted(rules, key=together), key=together):
        same = list(group)
        who = _("%(role)s at %(organisation)s reads") % {
            "role": same[0].get_role_display(),
            "organisation": same[0].recipient,
        }
        what = enumerated(dict.fromkeys(one.get_category_display() for one in same))
        manner = {"what": what, "form": given_inside(cast("Given", form)), "condition": Condition(condition).label}
        yield gives(who, _("%(what)s: %(form)s, %(condition)s") % manner)


def together(rule: SharingRule) -> tuple[int, str, str, str]:
    return rule.recipient_id, rule.role, rule.form, rule.condition


__all__ = ["effects", "enumerated"]
