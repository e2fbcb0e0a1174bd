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

from . import rows, rules
from .answers import answers, officers
from .catalogue import CATALOGUE, ENTRIES, Entry
from .models import Clause, Kind, Suggestion, Version
from .sides import other, titled
from .talked import is_open, reply_of, state_of, waiting_for
from .wording import marked

WITH_REPLIES = (
    "organisation", "created_by", "reply__created_by", "reply__organisation", "countered_by", "rule__owner",
    "rule__recipient", "rule__version__agreement",
)  # fmt: skip


def suggestions(version: Version) -> QuerySet[Suggestion]:
    """Return everything that was proposed about a version, the oldest first."""
    return Suggestion.objects.filter(version=version).select_related(*WITH_REPLIES)


def agreed(found: Iterable[Suggestion]) -> dict[str, Suggestion]:
    """Return what was taken, by clause; where a clause was taken up twice, the later words."""
    taken = (one for one in found if (reply := reply_of(one)) and reply.accepted)
    return {one.code: one for one in taken if one.row is None}


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
    whole = list(suggestions(version))
    for one in whole:
        one.version = version  # with all that the rules look at
    found = [one for one in whole if one.row is None]
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
        "open": sum(map(is_open, whole)),
        "refuse_take_up": rules.refuse_take_up(by, version),
        "them": other(version.agreement, by.organisation_id),
        "table": rows.table(version, whole, by) if version.agreement.kind == Kind.PROTOCOL else None,
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
    last = suggestions(version).filter(code=code, row__isnull=True).last()
    held = last or version.clauses.filter(code=code).first()
    entry = ENTRIES[code]
    values = {**entry.defaults(), **(held.parameters if held else {})}
    wording = held.wording if held else str(entry.wording)
    return {"wording": wording, **{f"answer_{name}": value for name, value in values.items()}}
