"""Talks about single rows of the table of rules: one thread for each row of the text, and one for each new row.

Rows are told apart from the words of a clause; nothing is written over, and what was taken goes into a draft.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.parts import Answer, State
from concordat.core.wording import plain_day
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import drafting, rules
from .models import SharingRule, Suggestion, Version
from .sides import sides
from .talked import reply_of, state_of

CODE = "ISP-4"
DAYS = ("first_day", "last_day")


@dataclass(frozen=True)
class RowTurn:
    """One proposal about a row: the row of the text beside the one that is proposed."""

    suggestion: Suggestion
    state: State
    answers_before: list[Answer]
    answers: list[Answer]
    refusal: str | None


@dataclass(frozen=True)
class RowThread:
    """Everything that was said about one row, the newest proposal last."""

    key: UUID
    title: str
    turns: Sequence[RowTurn]
    refuse_more: str | None


def stored(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as it is kept with a proposal: numbers and texts, days as year-month-day."""
    names = ("form", "purpose", "role", "condition", "basis")
    days = {name: given[name].isoformat() if given.get(name) else "" for name in DAYS}
    owner = given["owner"]
    return {
        "owner": owner.pk if isinstance(owner, Organisation) else owner,
        "category": int(given["category"]), **{name: str(given[name]) for name in names}, **days,
    }  # fmt: skip


def as_typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept row for a form or an action: its days as days."""
    return {**row, **{name: date.fromisoformat(row[name]) if row.get(name) else None for name in DAYS}}


def of_rule(rule: SharingRule) -> dict[str, Any]:
    """Return a row of the text in the same shape as a proposed one."""
    return stored({**drafting.rule_initial(rule), "owner": rule.owner_id, "category": rule.category})


def threads_of(found: Iterable[Suggestion]) -> dict[UUID, list[Suggestion]]:
    """Put the proposals about rows together by the row of the text, else by the first proposal of a new row."""
    first: dict[UUID, UUID] = {}
    threads: dict[UUID, list[Suggestion]] = {}
    for one in found:
        if one.row is None:
            continue
        key = one.rule_id or first.get(one.counters_id or one.pk, one.pk)
        first[one.pk] = key
        threads.setdefault(key, []).append(one)
    return threads


def agreed_rows(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Return what was taken, the latest of each row."""
    taken = [
        [one for one in said if (reply := reply_of(one)) and reply.accepted] for said in threads_of(found).values()
    ]
    return [said[-1] for said in taken if said]


def table(version: Version, found: Sequence[Suggestion], by: Membership) -> dict[str, Any]:
    """Return what the page of the talks shows of the table: rows with something said, and the others."""
    held = {one.pk: one for one in version.sharingrules.select_related("owner", "recipient", "version__agreement")}
    threads = threads_of(found)
    silent = [one for key, one in held.items() if key not in threads]
    return {
        "threads": [row_thread(version, key, said, by) for key, said in threads.items()],
        "silent": [(one, title(version, of_rule(one)), summary(one)) for one in silent],
        "agreed": len(agreed_rows(found)),
        "refusal": rules.refuse_suggest_row(by, version, []),
    }


def row_thread(version: Version, key: UUID, said: Sequence[Suggestion], by: Membership) -> RowThread:
    named = of_rule(said[0].rule) if said[0].rule else said[-1].row or {}
    turns = [row_turn(version, one, by) for one in said]
    return RowThread(key, title(version, named), turns, rules.refuse_suggest_row(by, version, said))


def row_turn(version: Version, one: Suggestion, by: Membership) -> RowTurn:
    before = in_words(version, of_rule(one.rule)) if one.rule else [Answer(_("In the text"), _("Not there"))]
    after = in_words(version, one.row) if one.row else [Answer(_("Proposed"), _("Take this row out"))]
    return RowTurn(one, state_of(one), before, after, rules.refuse_reply(by, one))


def title(version: Version, row: Mapping[str, Any]) -> str:
    """Name a row: what, from whom to whom, for which post."""
    owner = next(one for one in sides(version.agreement) if one.pk == row["owner"])
    taker = next(one for one in sides(version.agreement) if one.pk != row["owner"])
    names = {"what": Category(row["category"]).label, "owner": owner, "taker": taker, "role": Role(row["role"]).label}
    return _("%(what)s, from %(owner)s to %(taker)s: %(role)s") % names


def summary(rule: SharingRule) -> str:
    words = {"form": rule.get_form_display(), "condition": rule.get_condition_display()}
    return _("%(form)s, %(condition)s") % words


def in_words(version: Version, row: Mapping[str, Any]) -> list[Answer]:
    """Write every answer of a row with its question."""
    typed = as_typed(row)
    owner = next(one for one in sides(version.agreement) if one.pk == row["owner"])
    days = [plain_day(typed[name]) if typed[name] else _("as long as the version") for name in DAYS]
    return [
        Answer(_("Who gives"), owner.name),
        Answer(_("What"), str(Category(row["category"]).label)),
        Answer(_("How much"), str(Form(row["form"]).label)),
        Answer(_("For which purpose"), str(Purpose(row["purpose"]).label)),
        Answer(_("To the role"), str(Role(row["role"]).label)),
        Answer(_("Condition"), str(Condition(row["condition"]).label)),
        Answer(_("Legal basis"), row["basis"]),
        Answer(_("From"), days[0]),
        Answer(_("Last day"), days[1]),
    ]
