"""Every change about interference, with its author and its line in the log. No line says what happened."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now

from concordat.agreements.sides import other
from concordat.clocks.calendars import days_of, working_day_after
from concordat.core import edits
from concordat.core.errors import Refused
from concordat.core.references import new_reference
from concordat.ledger.log import record_for
from concordat.organisations.models import Place
from concordat.people.models import Membership

from . import rules
from .agreed import Agreed
from .models import ANSWER_DAYS, Interference


@transaction.atomic
def report(
    *, agreed: Agreed, place: Place, kind: str, happened_on: date, words: str, sessions_lost: int = 0, by: Membership
) -> Interference:
    """Report that something went against the terms. Any member of the provider reports; nobody is asked first."""
    if refusal := rules.refuse_kind(kind, agreed, place, by=by):
        raise Refused(refusal)
    if happened_on > localdate():
        raise Refused(str(rules.CONSTRAINT_SENTENCES["interference_happened_before"]))
    to = other(agreed.terms, by.organisation_id)
    days = days_of(to.pk)  # it counts in the calendar of whoever has to act
    made = Interference(
        owner_id=by.organisation_id, to=to, terms=agreed.terms, place=place,
        kind=kind, happened_on=happened_on, words=words, sessions_lost=sessions_lost,
        reference=new_reference("IR"),
        due_on=working_day_after(days.day_of(now()), ANSWER_DAYS, days),
    )  # fmt: skip
    Interference.objects.bulk_create([made])  # the database writes down who reported
    record_for("interference.reported", [made.owner_id, made.to_id], interference=made.pk)
    return made


@transaction.atomic
def answer(report: Interference, *, outcome: str, answer: str, by: Membership) -> Interference:
    """Answer as the authority. What was reported stays beside it."""
    edits.hold(report)
    if refusal := rules.refuse_answer(report, by=by):
        raise Refused(refusal)
    report.outcome, report.answer, report.answered_at, report.answered_by = outcome, answer, now(), by
    report.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    record_for("interference.answered", [report.owner_id, report.to_id], interference=report.pk)
    return report


@transaction.atomic
def reply(report: Interference, *, settled: bool, reply: str = "", by: Membership) -> Interference:
    """Say as the provider whether it is settled; where it is not, both positions stand side by side (C6.6)."""
    edits.hold(report)
    if refusal := rules.refuse_reply(report, by=by):
        raise Refused(refusal)
    report.settled, report.reply, report.replied_at, report.replied_by = settled, reply, now(), by
    report.save(update_fields=["settled", "reply", "replied_at", "replied_by"])
    record_for("interference.replied", [report.owner_id, report.to_id], interference=report.pk)
    return report
