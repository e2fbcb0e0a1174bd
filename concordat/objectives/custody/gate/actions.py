"""Every change about passes, with its author and its line in the log."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from concordat.agreements.sides import other
from concordat.clocks.calendars import days_of, working_day_after
from concordat.core import edits
from concordat.core.errors import Refused
from concordat.core.references import new_reference
from concordat.ledger.log import record_for
from concordat.objectives.custody.agreed import Agreed
from concordat.objectives.custody.models import DECIDE_DAYS, Item, Pass
from concordat.organisations.models import Place
from concordat.people.models import Membership

from . import rules


@transaction.atomic
def ask(
    *, agreed: Agreed, place: Place, worker: Membership, from_on: date, until_on: date, things: Sequence[str] = (),
    by: Membership,
) -> Pass:  # fmt: skip
    """Ask for a pass, with the things that the worker brings."""
    if refusal := rules.refuse_pass(worker, agreed, place, from_on=from_on, until_on=until_on, by=by):
        raise Refused(refusal)
    to = other(agreed.terms, by.organisation_id)
    days = days_of(to.pk)  # it counts in the calendar of whoever has to act
    made = Pass.objects.create(
        owner_id=by.organisation_id, to=to, terms=agreed.terms, place=place,
        worker=worker, from_on=from_on, until_on=until_on, asked_by=by,
        reference=new_reference("PS"),
        due_on=working_day_after(days.day_of(now()), DECIDE_DAYS, days),
    )  # fmt: skip
    for name in dict.fromkeys(things):
        Item.objects.create(of=made, name=name)
    record_for("pass.asked", [made.owner_id, made.to_id], gate_pass=made.pk)
    return made


@transaction.atomic
def decide(
    one: Pass, *, granted: bool, allowed: Sequence[Item] = (), ground: str = "", words: str = "", by: Membership
) -> Pass:
    """Let the worker come, with some of the things or all; or refuse, on a ground (C6.15)."""
    edits.hold(one)
    if refusal := rules.refuse_decision(one, by=by):
        raise Refused(refusal)
    if not granted and not ground:
        raise Refused(str(rules.CONSTRAINT_SENTENCES["pass_refusal_has_a_ground"]))
    keys = {item.pk for item in allowed} if granted else set()
    for item in one.items.all():
        item.allowed = item.pk in keys
        item.save(update_fields=["allowed"])
    one.granted, one.ground, one.words = granted, ground, words
    one.decided_at, one.decided_by = now(), by
    one.save(update_fields=["granted", "ground", "words", "decided_at", "decided_by"])
    record_for("pass.decided", [one.owner_id, one.to_id], gate_pass=one.pk, granted=granted)
    return one


@transaction.atomic
def appeal(one: Pass, *, appeal: str, by: Membership) -> Pass:
    """Appeal a refusal, once."""
    edits.hold(one)
    if refusal := rules.refuse_appeal(one, by=by):
        raise Refused(refusal)
    one.appeal, one.appealed_at, one.appealed_by = appeal, now(), by
    one.save(update_fields=["appeal", "appealed_at", "appealed_by"])
    record_for("pass.appealed", [one.owner_id, one.to_id], gate_pass=one.pk)
    return one


@transaction.atomic
def settle(one: Pass, *, granted: bool, settlement: str, by: Membership) -> Pass:
    """Answer an appeal, as somebody other than who refused."""
    edits.hold(one)
    if refusal := rules.refuse_settlement(one, by=by):
        raise Refused(refusal)
    one.granted, one.settlement, one.settled_at, one.settled_by = granted, settlement, now(), by
    one.save(update_fields=["granted", "settlement", "settled_at", "settled_by"])
    record_for("pass.settled", [one.owner_id, one.to_id], gate_pass=one.pk, granted=granted)
    return one


@transaction.atomic
def end(one: Pass, *, why_ended: str, by: Membership) -> Pass:
    """End a pass before its last day; the other side reads why."""
    edits.hold(one)
    if refusal := rules.refuse_end(one, by=by):
        raise Refused(refusal)
    one.why_ended, one.ended_at, one.ended_by = why_ended, now(), by
    one.save(update_fields=["why_ended", "ended_at", "ended_by"])
    record_for("pass.ended", [one.owner_id, one.to_id], gate_pass=one.pk)
    return one
