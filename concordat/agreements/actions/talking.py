"""Talking about the clauses of a proposed text: proposing other words, answering, and taking up what was agreed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements import rules
from concordat.agreements.catalogue import CATALOGUE
from concordat.agreements.models import Reply, Suggestion, Version
from concordat.agreements.talks import agreed, suggestions, waiting_for
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for
from concordat.people.models import Membership

from .draft import new_version
from .locking import hold, refuse_if
from .parts import set_clause


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
    met = waiting_for(suggestions(version).filter(code=code), by.organisation_id)
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
    taken = agreed(suggestions(version))
    draft = new_version(version.agreement, by=by)
    for code, one in taken.items():
        set_clause(draft, code=code, wording=one.wording, parameters=one.parameters, by=by)
    record(
        "agreement.points_taken_up", owner=by.organisation_id, agreement=draft.agreement_id, version=draft.number,
        draft=draft.pk, clauses=sorted(taken),
    )  # fmt: skip
    return draft
