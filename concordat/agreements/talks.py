"""Talks about a proposed text, clause by clause: who proposed which words, what was answered, what is still open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concordat.core.parts import Answer, State
from concordat.people.models import Membership

from . import rules
from .answers import answers, officers
from .catalogue import CATALOGUE, ENTRIES, Entry
from .models import Clause, Reply, Suggestion, Version
from .sides import other, titled
from .wording import marked

WITH_REPLIES = ("organisation", "created_by", "reply__created_by", "reply__organisation", "countered_by")


def suggestions(version: Version) -> QuerySet[Suggestion]:
    """Return everything that was proposed about a version, the oldest first."""
    return Suggestion.objects.filter(version=version).select_related(*WITH_REPLIES)


def reply_of(one: Suggestion) -> Reply | None:
    return getattr(one, "reply", None)


def is_open(one: Suggestion) -> bool:
    """Say whether it waits for the other party: neither answered nor met with a proposal of theirs."""
    return reply_of(one) is None and not hasattr(one, "countered_by")


def agreed(found: Iterable[Suggestion]) -> dict[str, Suggestion]:
    """Return what was taken, by clause; where a clause was taken up twice, the later words."""
    return {one.code: one for one in found if (reply := reply_of(one)) and reply.accepted}


def waiting_for(found: Iterable[Suggestion], organisation: int) -> list[Suggestion]:
    """Return what waits for one party's answer."""
    return [one for one in found if is_open(one) and one.organisation_id != organisation]


@dataclass(frozen=True)
class Turn:
    """One proposal of a thread: its words beside those of the text, and what can be done about it."""

    suggestion: Suggestion
    state: State
    before: SafeString
    after: SafeString
    answers_before: list[Answer]
    answers: list[Answer]
    refusal: str | None


@dataclass(frozen=True)
class Thread:
    """Everything that was said about one clause, the newest proposal last."""

    entry: Entry
    turns: Sequence[Turn]
    refuse_more: str | None
    more: str


def page(version: Version, by: Membership) -> dict[str, Any]:
    """Return everything that the page of the talks shows."""
    found = list(suggestions(version))
    for one in found:
        one.version = version  # with all that the rules look at
    clauses = {one.code: one for one in version.clauses.all()}
    said: dict[str, list[Suggestion]] = defaultdict(list)
    for one in found:
        said[one.code].append(one)
    catalogue = CATALOGUE[version.agreement.kind]
    return {
        "version": version,
        "agreement": version.agreement,
        "caption": titled(version),
        "threads": [thread(version, entry, said[entry.code], clauses, by) for entry in catalogue if entry.code in said],
        "silent": [entry for entry in catalogue if entry.code not in said],
        "refusal": rules.refuse_suggest(by, version),
        "agreed": len(agreed(found)),
        "open": sum(map(is_open, found)),
        "refuse_take_up": rules.refuse_take_up(by, version),
        "them": other(version.agreement, by.organisation_id),
    }


def thread(
    version: Version, entry: Entry, said: Sequence[Suggestion], clauses: dict[str, Clause], by: Membership
) -> Thread:
    held = clauses.get(entry.code)
    counters = bool(waiting_for(said, by.organisation_id))
    return Thread(
        entry,
        [turn(one, held, by) for one in said],
        rules.refuse_suggest(by, version, entry.code),
        _("Propose other words instead") if counters else _("Propose other words"),
    )


def turn(one: Suggestion, held: Clause | None, by: Membership) -> Turn:
    before, after = marked(held.wording if held else "", one.wording)
    return Turn(one, state_of(one), before, after, *answers_apart(one, held), rules.refuse_reply(by, one))


def state_of(one: Suggestion) -> State:
    """Say where a proposal stands."""
    if reply := reply_of(one):
        return State("done", _("Taken")) if reply.accepted else State("rest", _("Not taken"))
    if hasattr(one, "countered_by"):
        return State("rest", _("Met with another proposal"))
    return State("soon", _("Waits for %(who)s") % {"who": other(one.version.agreement, one.organisation_id)})


def answers_apart(one: Suggestion, held: Clause | None) -> tuple[list[Answer], list[Answer]]:
    """Return the answers of the clause that would be different: as they are, and as they would be."""
    proposed = Clause(code=one.code, parameters=one.parameters)
    people = officers([proposed, *([held] if held else [])])
    old = dict(answers(held, people)) if held else {}
    new = dict(answers(proposed, people))
    apart = [label for label in dict.fromkeys([*old, *new]) if old.get(label) != new.get(label)]
    was, becomes = ([Answer(label, said.get(label) or _("Nothing")) for label in apart] for said in (old, new))
    return was, becomes


def initial(version: Version, code: str) -> dict[str, Any]:
    """Fill the form for another wording with the newest words that were proposed, else with those of the text."""
    last = suggestions(version).filter(code=code).last()
    held = last or version.clauses.filter(code=code).first()
    entry = ENTRIES[code]
    values = {**entry.defaults(), **(held.parameters if held else {})}
    wording = held.wording if held else str(entry.wording)
    return {"wording": wording, **{f"answer_{name}": value for name, value in values.items()}}
