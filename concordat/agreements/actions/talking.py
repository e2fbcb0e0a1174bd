"""Talking about a proposed text: proposing other words or rows, answering, and taking up what was agreed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements import rows, rules
from concordat.agreements.catalogue import CATALOGUE
from concordat.agreements.models import Reply, Suggestion, Version
from concordat.agreements.sides import sides
from concordat.agreements.talked import waiting_for
from concordat.agreements.talks import agreed, suggestions
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for
from concordat.people.models import Membership

from .draft import new_version
from .locking import hold, refuse_if
from .parts import add_rule, change_rule, remove_part, set_clause


def held_version(version: Version) -> Version:
    """Take one's turn with the agreement and return the version as it is then."""
    return next(one for one in hold(version.agreement).versions.all() if one.pk == version.pk)


def log(what: str, version: Version, **detail: object) -> None:
    """Write a line that both parties read."""
    agreement = version.agreement
    which = {"agreement": agreement.pk, "version": version.number}
    record_for(what, (agreement.party_a_id, agreement.party_b_id), **which, **detail)


@transaction.atomic
def suggest(
    version: Version, *, code: str, wording: str, parameters: Mapping[str, Any], comment: str, by: Membership
) -> Suggestion:
    """Send other words for a clause. Where a proposal of the other party waits, these words meet it."""
    version = held_version(version)
    refuse_if(rules.refuse_suggest(by, version, code))
    if code not in [entry.code for entry in CATALOGUE[version.agreement.kind]]:
        raise Refused(_("The catalogue has no such clause for an agreement of this kind."))
    met = waiting_for(suggestions(version).filter(code=code, row__isnull=True), by.organisation_id)
    made = Suggestion.objects.create(
        version=version,
        code=code,
        wording=wording,
        parameters=dict(parameters),
        comment=comment,
        counters=met[-1] if met else None,
        organisation_id=by.organisation_id,
        created_by=by,
        created_at=now(),
    )
    log("agreement.clause_suggested", version, clause=code, suggestion=made.pk)
    return made


@transaction.atomic
def suggest_row(
    version: Version, *, thread: UUID | None, row: Mapping[str, Any] | None, comment: str, by: Membership
) -> Suggestion:
    """Propose how one row of the table is to be; without `row`, that it goes.

    `thread` is a row of the text or the first proposal of a new row; without one it is a new row.
    """
    version = held_version(version)
    said = rows.threads_of(suggestions(version)).get(thread, []) if thread else []
    rule = version.sharingrules.filter(pk=thread).first() if thread else None
    refuse_if(rules.refuse_suggest_row(by, version, said))
    if thread and not said and rule is None:
        raise Refused(_("This row is not in this text. Look at it again."))
    if row is None and rule is None:
        raise Refused(_("A new row that nobody wants is not taken; answer it so."))
    met = waiting_for(said, by.organisation_id) or (said if rule is None else [])  # a new row stays one thread
    made = Suggestion.objects.create(
        version=version, code=rows.CODE, wording="", rule=rule, row=rows.stored(row) if row else {}, comment=comment,
        counters=met[-1] if met else None, organisation_id=by.organisation_id, created_by=by, created_at=now(),
    )  # fmt: skip
    log("agreement.row_suggested", version, suggestion=made.pk, rule=rule.pk if rule else "")
    return made


@transaction.atomic
def reply(suggestion: Suggestion, *, accepted: bool, comment: str = "", by: Membership) -> Reply:
    """Take a proposal or not. Taking it signs nothing: the words still have to be proposed and signed."""
    version = held_version(suggestion.version)
    suggestion = suggestions(version).get(pk=suggestion.pk)
    refuse_if(rules.refuse_reply(by, suggestion))
    if not accepted and not comment.strip():
        raise Refused(_("Say why not; the other party reads it."))
    made = Reply.objects.create(
        suggestion=suggestion,
        accepted=accepted,
        comment=comment,
        organisation_id=by.organisation_id,
        created_by=by,
        created_at=now(),
    )
    log("agreement.clause_answered", version, clause=suggestion.code, suggestion=suggestion.pk, accepted=accepted)
    return made


@transaction.atomic
def take_up(version: Version, *, by: Membership) -> Version:
    """Put everything that was taken into a new draft of one's own; it is proposed and signed like any other."""
    version = held_version(version)
    refuse_if(rules.refuse_take_up(by, version))
    found = list(suggestions(version))
    taken = agreed(found)
    draft = new_version(version.agreement, by=by)
    for code, one in taken.items():
        set_clause(draft, code=code, wording=one.wording, parameters=one.parameters, by=by)
    taken_rows = rows.agreed_rows(found)
    for one in taken_rows:
        take_up_row(draft, one, by)
    record(
        "agreement.points_taken_up", owner=by.organisation_id, agreement=draft.agreement_id, version=draft.number,
        draft=draft.pk, clauses=sorted(taken), rows=len(taken_rows),
    )  # fmt: skip
    return draft


def take_up_row(draft: Version, one: Suggestion, by: Membership) -> None:
    """Put one row that was taken into a draft: changed, taken out, or new."""
    if one.rule is None:
        row = rows.as_typed(one.row or {})
        owner = next(each for each in sides(draft.agreement) if each.pk == row["owner"])
        add_rule(draft, **{**row, "owner": owner}, by=by)
        return
    names = ("owner_id", "category", "form", "purpose", "role", "condition", "basis", "starts_at", "ends_at")
    same = draft.sharingrules.filter(**{name: getattr(one.rule, name) for name in names})
    held = same.select_related("version__agreement").first()
    if held is None:
        raise Refused(_("A row that was taken is not in the newest text any more. Write a new version instead."))
    if one.row:
        row = rows.as_typed(one.row)
        change_rule(held, **{name: row[name] for name in row if name not in {"owner", "category"}}, by=by)
    else:
        remove_part(held, by=by)
