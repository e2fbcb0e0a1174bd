"""Supervision, reasons to go beyond a limit, support after an incident, and the right to stop."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import now

from concordat.cases.models import Case
from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership
from concordat.safety import rules
from concordat.safety.models import Attendance, Pause, Reason, Supervisor, Support, Terms
from concordat.safety.times import REASON_HOLDS

from .quietly import note


@transaction.atomic
def decide_terms(terms: Terms, *, cap: int, pairing_months: int, public_key: str, by: Membership) -> Terms:
    """Decide the cap, when pairings are looked at, and the key of files that name an authority."""
    hold(terms)
    if refusal := rules.refuse_terms(by=by):
        raise Refused(refusal)
    terms.cap, terms.pairing_months, terms.public_key = cap, pairing_months, public_key
    terms.save(update_fields=["cap", "pairing_months", "public_key"])
    record("safety.terms_decided", owner=terms.owner_id, cap=cap, pairing_months=pairing_months)
    return terms


@transaction.atomic
def name_supervisor(worker: Membership, *, member: Membership | None, outside: str, by: Membership) -> Supervisor:
    """Name who supervises a worker reflectively, in the place of whoever did."""
    take_turn(worker)
    if refusal := rules.refuse_supervisor(worker, member=member, by=by):
        raise Refused(refusal)
    before = Supervisor.objects.filter(worker=worker, ends_at=None).first()
    if before:
        before.ends_at = now()
        before.save(update_fields=["ends_at"])
    made = Supervisor.objects.create(
        owner_id=by.organisation_id, worker=worker, member=member, outside=outside, named_by=by
    )
    record("supervisor.named", owner=made.owner_id, worker=worker.pk)
    return made


@transaction.atomic
def record_attendance(worker: Membership, *, held_on: date, by: Membership) -> Attendance:
    """Record that a worker was at reflective supervision. What was said there is recorded nowhere."""
    made = Attendance.objects.create(owner_id=by.organisation_id, worker=worker, held_on=held_on, recorded_by=by)
    note("supervision.attended", attendance=made.pk)
    return made


@transaction.atomic
def give_reason(worker: Membership, *, about: str, words: str, by: Membership) -> Reason:
    """Let a worker go on beyond a limit for thirty days, and say why."""
    if refusal := rules.refuse_reason(worker, by=by):
        raise Refused(refusal)
    made = Reason.objects.create(
        owner_id=by.organisation_id, worker=worker, about=about, words=words, ends_at=now() + REASON_HOLDS, given_by=by
    )
    record("limit.reason_given", owner=made.owner_id, worker=worker.pk, about=about)
    return made


@transaction.atomic
def begin_support(worker: Membership, *, known_at: datetime, by: Membership) -> Support:
    """Begin what is owed to a worker after an incident."""
    if refusal := rules.refuse_civil(by):
        raise Refused(refusal)
    made = Support.objects.create(owner_id=by.organisation_id, worker=worker, known_at=known_at, opened_by=by)
    note("support.begun", support=made.pk)
    return made


@transaction.atomic
def offer_support(support: Support, *, by: Membership) -> Support:
    """Record that support was offered."""
    hold(support)
    if refusal := rules.refuse_offer(support, by=by):
        raise Refused(refusal)
    support.offered_at, support.offered_by = now(), by
    support.save(update_fields=["offered_at", "offered_by"])
    note("support.offered", support=support.pk)
    return support


@transaction.atomic
def decline_support(support: Support, *, by: Membership) -> Support:
    """Decline it, as the worker. Nothing follows from that."""
    hold(support)
    if refusal := rules.refuse_decline(support, by=by):
        raise Refused(refusal)
    support.declined_at = now()
    support.save(update_fields=["declined_at"])
    note("support.declined", support=support.pk)
    return support


@transaction.atomic
def record_talk(support: Support, *, talked_on: date, talked_with: str, by: Membership) -> Support:
    """Record that the talk outside line management took place: when and with whom, and no word of it."""
    hold(support)
    if refusal := rules.refuse_talk(support, by=by):
        raise Refused(refusal)
    support.talked_on, support.talked_with = talked_on, talked_with
    support.save(update_fields=["talked_on", "talked_with"])
    note("support.talked", support=support.pk)
    return support


@transaction.atomic
def pause(case: Case, *, by: Membership) -> Pause:
    """Stop work on a case. Nobody asks why, and nothing follows for the worker."""
    if refusal := rules.refuse_civil(by):
        raise Refused(refusal)
    made = Pause.objects.create(owner_id=by.organisation_id, worker=by, case=case)
    note("pause.begun", pause=made.pk)
    return made


@transaction.atomic
def offer_other(pause: Pause, *, other: Membership, by: Membership) -> Pause:
    """Offer the person another worker."""
    hold(pause)
    if refusal := rules.refuse_other(pause, by=by):
        raise Refused(refusal)
    pause.offered_at, pause.offered_by, pause.other = now(), by, other
    pause.save(update_fields=["offered_at", "offered_by", "other"])
    note("pause.other_offered", pause=pause.pk)
    return pause


@transaction.atomic
def resume(pause: Pause, *, by: Membership) -> Pause:
    """Take the work up again."""
    hold(pause)
    if refusal := rules.refuse_resume(pause, by=by):
        raise Refused(refusal)
    pause.ends_at = now()
    pause.save(update_fields=["ends_at"])
    note("pause.ended", pause=pause.pk)
    return pause
