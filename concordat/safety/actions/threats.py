"""Threat files: told, taken in hand, planned for, opened to one post, reviewed, closed with what was learned."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety import rules
from concordat.safety.models import Entry, Measure, Opening, Part, Terms, Threat
from concordat.safety.sealing import seal

from .quietly import note


@transaction.atomic
def report(
    *, worker: Membership | None, triage: str, authority: Organisation | None, facts: Mapping[str, str], by: Membership
) -> Threat:
    """Report a threat to a worker, or to the organisation; also for somebody who cannot write now."""
    terms = Terms.objects.get(owner=by.organisation_id)
    if refusal := rules.refuse_threat(terms, from_authority=authority is not None, by=by):
        raise Refused(refusal)
    threat = Threat.objects.create(
        owner_id=by.organisation_id, worker=worker, triage=triage, authority=authority, reported_by=by
    )
    note("threat.reported", threat=threat.pk)
    _write(threat, facts, by=by)
    return threat


def _write(threat: Threat, words: Mapping[str, str], *, by: Membership) -> None:
    """Add what is not empty, each as an entry of its own; encrypted where the file names an authority."""
    for part, text in words.items():
        if text:
            Entry.objects.create(threat=threat, part=part, by=by, **_kept(threat, words=text))


def _kept(threat: Threat, **words: str) -> dict[str, str | bytes]:
    """Return words as they may be stored in a file."""
    if threat.authority_id is None:
        return dict(words)
    key = Terms.objects.get(owner=threat.owner_id).public_key
    return {"sealed": seal(words, to=key)}


@transaction.atomic
def add(threat: Threat, *, words: Mapping[str, str], by: Membership) -> Threat:
    """Add facts, or what was said about the grid. Nothing is overwritten."""
    if refusal := rules.refuse_add(threat, by=by):
        raise Refused(refusal)
    _write(threat, words, by=by)
    note("threat.added_to", threat=threat.pk)
    return threat


@transaction.atomic
def acknowledge(threat: Threat, *, by: Membership) -> Threat:
    """Take it in hand."""
    hold(threat)
    if refusal := rules.refuse_acknowledge(threat, by=by):
        raise Refused(refusal)
    threat.acknowledged_at, threat.acknowledged_by = now(), by
    threat.save(update_fields=["acknowledged_at", "acknowledged_by"])
    note("threat.acknowledged", threat=threat.pk)
    return threat


@transaction.atomic
def step(threat: Threat, *, part: Part, words: str, by: Membership) -> Threat:
    """Write down what protects for now, or a review."""
    if refusal := rules.refuse_lead(threat, by=by):
        raise Refused(refusal)
    _write(threat, {part: words}, by=by)
    note(f"threat.{part.value}", threat=threat.pk)
    return threat


@transaction.atomic
def plan(
    threat: Threat, *, words: str, cost: str, who: str, starts_on: date, ends_on: date, by: Membership
) -> Measure:  # fmt: skip
    """Put a measure into the protective plan."""
    if refusal := rules.refuse_lead(threat, by=by):
        raise Refused(refusal)
    made = Measure.objects.create(
        threat=threat, who=who, starts_on=starts_on, ends_on=ends_on, by=by, **_kept(threat, words=words, cost=cost)
    )
    note("threat.planned", threat=threat.pk)
    return made


@transaction.atomic
def open_to(threat: Threat, *, to: Organisation, by: Membership) -> Opening:
    """Open a file to the protection officer of an authority."""
    if refusal := rules.refuse_opening(threat, by=by):
        raise Refused(refusal)
    made = Opening.objects.create(threat=threat, to=to, opened_by=by)
    note("threat.opened", threat=threat.pk, to=to.pk)
    return made


@transaction.atomic
def close_to(opening: Opening, *, by: Membership) -> Opening:
    """Take it back."""
    hold(opening)
    if refusal := rules.refuse_lead(opening.threat, by=by):
        raise Refused(refusal)
    opening.ends_at = now()
    opening.save(update_fields=["ends_at"])
    note("threat.closed_to", threat=opening.threat_id, to=opening.to_id)
    return opening


@transaction.atomic
def close(threat: Threat, *, words: str, by: Membership) -> Threat:
    """Close a file with what was learned."""
    hold(threat)
    if refusal := rules.refuse_lead(threat, by=by):
        raise Refused(refusal)
    _write(threat, {Part.LESSONS: words}, by=by)
    threat.closed_at, threat.closed_by = now(), by
    threat.save(update_fields=["closed_at", "closed_by"])
    note("threat.closed", threat=threat.pk)
    return threat
