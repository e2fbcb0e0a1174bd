"""Boundary reports: told, looked at, and by threshold the least of it passed on."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from concordat.clocks.calendars import days_of, working_day_after
from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record_for
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety import rules
from concordat.safety.models import BoundaryReport, Pairing, PassedOn
from concordat.safety.times import LOOK_WITHIN

from .quietly import note


@transaction.atomic
def report(*, kind: str, words: str, happened_on: date, by: Membership) -> BoundaryReport:
    """Report an approach. However early or small it is, it is never held against whoever reports it."""
    if refusal := rules.refuse_report(happened_on=happened_on, by=by):
        raise Refused(refusal)
    days = days_of(by.organisation_id)
    made = BoundaryReport.objects.create(
        owner_id=by.organisation_id, reporter=by, kind=kind, words=words, happened_on=happened_on,
        look_by=working_day_after(days.day_of(now()), LOOK_WITHIN, days),
    )  # fmt: skip
    note("boundary.reported", report=made.pk)
    return made


@transaction.atomic
def look(report: BoundaryReport, *, answer: str, by: Membership) -> BoundaryReport:
    """Say, as the lead, what is done now; whoever reported reads it."""
    hold(report)
    if refusal := rules.refuse_look(report, by=by):
        raise Refused(refusal)
    report.answer, report.looked_at, report.looked_by = answer, now(), by
    report.save(update_fields=["answer", "looked_at", "looked_by"])
    note("boundary.looked_at", report=report.pk)
    return report


@transaction.atomic
def pass_on(report: BoundaryReport, *, to: Organisation, ground: str, text: str, by: Membership) -> PassedOn:
    """Pass the least that is needed on to the integrity officer of a partner authority."""
    if refusal := rules.refuse_pass_on(report, by=by):
        raise Refused(refusal)
    made = PassedOn.objects.create(report=report, owner_id=report.owner_id, to=to, ground=ground, text=text)
    note("boundary.passed_on", passed=made.pk)
    return made


@transaction.atomic
def take_note(passed: PassedOn, *, by: Membership) -> PassedOn:
    """Take note, as the integrity officer, of what was passed on."""
    hold(passed)
    if passed.read_at is None:
        passed.read_at, passed.read_by = now(), by
        passed.save(update_fields=["read_at", "read_by"])
        record_for("boundary.noted", [passed.to_id], passed=passed.pk)
    return passed


@transaction.atomic
def look_at_pairings(worker: Membership, *, answer: str, again_on: date, by: Membership) -> Pairing:
    """Say what comes of looking at a worker's long pairings."""
    if refusal := rules.refuse_pairing(worker, again_on=again_on, by=by):
        raise Refused(refusal)
    made = Pairing.objects.create(
        owner_id=by.organisation_id, worker=worker, answer=answer, again_on=again_on, looked_by=by
    )
    note("pairing.looked_at", pairing=made.pk)
    return made
