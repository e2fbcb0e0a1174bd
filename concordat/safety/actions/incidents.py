"""Critical incidents: recorded, told fact by fact, reviewed, answered by the parties, finished with what changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate, now

from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record_for
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety import rules
from concordat.safety.models import Incident, Involved, Moment, Note, Subject

from .quietly import note


@transaction.atomic
def record(*, kind: str, known_on: date, safeguard: str, by: Membership) -> Incident:
    """Record an incident, with what protects people at once."""
    if refusal := rules.refuse_incident(known_on=known_on, by=by):
        raise Refused(refusal)
    made = Incident.objects.create(owner_id=by.organisation_id, kind=kind, known_on=known_on, opened_by=by)
    _write(made, Subject.SAFEGUARD, safeguard, by=by)
    note("incident.recorded", incident=made.pk)
    return made


def _write(
    incident: Incident, subject: str, words: str, *, cause: str = "", due_on: date | None = None, by: Membership
) -> Note:
    return Note.objects.create(
        incident=incident, subject=subject, words=words, cause=cause, due_on=due_on, author_id=by.organisation_id, by=by
    )


@transaction.atomic
def add_fact(incident: Incident, *, happened_at: datetime, fact: str, source: str, by: Membership) -> Moment:
    """Add one fact to the timeline. What was wrong gets a new fact; nothing is overwritten."""
    if refusal := rules.refuse_review(incident, by=by):
        raise Refused(refusal)
    made = Moment.objects.create(incident=incident, happened_at=happened_at, fact=fact, source=source, by=by)
    note("incident.fact_added", incident=incident.pk)
    return made


@transaction.atomic
def start(incident: Incident, *, level: str, words: str, by: Membership) -> Incident:
    """Decide how it is looked at, and set the terms of reference."""
    hold(incident)
    if refusal := rules.refuse_start(incident, by=by):
        raise Refused(refusal)
    incident.level, incident.started_at, incident.started_by = level, now(), by
    incident.save(update_fields=["level", "started_at", "started_by"])
    _write(incident, Subject.TERMS, words, by=by)
    note("incident.review_started", incident=incident.pk)
    return incident


@transaction.atomic
def involve(incident: Incident, *, party: Organisation, by: Membership) -> Involved:
    """Make an organisation a party: it reads terms, findings, recommendations and delays, and may reply."""
    if refusal := rules.refuse_review(incident, by=by):
        raise Refused(refusal)
    made = Involved.objects.create(incident=incident, party=party, by=by)
    record_for("incident.party_involved", [party.pk], incident=incident.pk)
    return made


@transaction.atomic
def write(
    incident: Incident, *, subject: str, words: str, cause: str = "", due_on: date | None = None, by: Membership
) -> Note:
    """Write down a safeguard, a finding, a recommendation, what is told to whom, or a delay."""
    if refusal := rules.refuse_review(incident, by=by):
        raise Refused(refusal)
    made = _write(incident, subject, words, cause=cause, due_on=due_on, by=by)
    note("incident.written", incident=incident.pk, subject=subject)
    return made


@transaction.atomic
def reply(incident: Incident, *, words: str, by: Membership) -> Note:
    """Reply, as a party."""
    if refusal := rules.refuse_reply(incident, by=by):
        raise Refused(refusal)
    made = _write(incident, Subject.REPLY, words, by=by)
    note("incident.replied", incident=incident.pk)
    return made


@transaction.atomic
def say_done(recommendation: Note, *, by: Membership) -> Note:
    """Say that what was recommended is done."""
    hold(recommendation)
    if refusal := rules.refuse_done(recommendation, by=by):
        raise Refused(refusal)
    recommendation.done_on = localdate()
    recommendation.save(update_fields=["done_on"])
    note("incident.recommendation_done", recommendation=recommendation.pk)
    return recommendation


@transaction.atomic
def finish(incident: Incident, *, by: Membership) -> Incident:
    """Finish the review."""
    hold(incident)
    if refusal := rules.refuse_finish(incident, by=by):
        raise Refused(refusal)
    incident.finished_at, incident.finished_by = now(), by
    incident.save(update_fields=["finished_at", "finished_by"])
    note("incident.review_finished", incident=incident.pk)
    return incident
