"""What changes how long records are kept. Nothing here deletes any: the database does, when their time is over."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from concordat.cases.models import Assignment, Case
from concordat.core import edits
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules
from .models import Hold, Period


@transaction.atomic
def set_period(
    *, category: int | None, event: str, age: int | None = None, months: int, child_months: int, basis: str,
    by: Membership,
) -> Period:  # fmt: skip
    """Say how long records are kept from now on; it takes the place of what held for this category."""
    edits.take_turn(by.organisation)
    if refusal := rules.refuse_period(event=event, age=age, months=months, child_months=child_months, by=by):
        raise Refused(refusal)
    for before in Period.objects.filter(owner=by.organisation_id, category=category, ends_at=None):
        before.ends_at, before.ended_by = now(), by
        before.save(update_fields=["ends_at", "ended_by"])
    period = Period.objects.create(
        owner_id=by.organisation_id, category=category, event=event, age=age, months=months, child_months=child_months,
        basis=basis, created_by=by,
    )  # fmt: skip
    record(
        "retention.period_set", owner=period.owner_id, categories=[category] if category else [], period=period.pk,
        event=event, age=age, months=months, child_months=child_months,
    )  # fmt: skip
    return period


@transaction.atomic
def place_hold(case: Case, *, category: int | None, ground: str, words: str, review_on: date, by: Membership) -> Hold:
    """Keep what a case holds, or one category of it, until somebody lifts that."""
    edits.take_turn(case)
    if refusal := rules.refuse_hold(case, category=category, review_on=review_on, by=by):
        raise Refused(refusal)
    hold = Hold.objects.create(
        owner_id=case.owner_id, case=case, category=category, ground=ground, words=words, review_on=review_on,
        created_by=by,
    )  # fmt: skip
    _record_hold("retention.held", hold, ground=ground)
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, why_lifted: str, by: Membership) -> Hold:
    """Let go of what was held: if its time is over, the thirty days begin."""
    edits.hold(hold)
    if refusal := rules.refuse_to_lift(hold, by=by):
        raise Refused(refusal)
    hold.lifted_at, hold.lifted_by, hold.why_lifted = now(), by, why_lifted
    hold.save(update_fields=["lifted_at", "lifted_by", "why_lifted"])
    _record_hold("retention.hold_lifted", hold)
    return hold


@transaction.atomic
def close_case(case: Case, *, by: Membership) -> Case:
    """Close a case: nobody works on it any more, and the time that its records are kept begins."""
    edits.hold(case)
    if refusal := rules.refuse_close(case, by=by):
        raise Refused(refusal)
    case.closed_at = now()
    case.save(update_fields=["closed_at"])
    for work in Assignment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now()), case=case):
        work.ends_at = now()
        work.save(update_fields=["ends_at"])
    record("case.closed", owner=case.owner_id, case=case.pk, categories=[Category.P02])
    return case


@transaction.atomic
def reopen_case(case: Case, *, by: Membership) -> Case:
    """Open a closed case again. What is counted from the end of a service goes all the same."""
    edits.hold(case)
    if refusal := rules.refuse_reopen(case, by=by):
        raise Refused(refusal)
    case.closed_at = None
    case.save(update_fields=["closed_at"])
    record("case.reopened", owner=case.owner_id, case=case.pk, categories=[Category.P02])
    return case


def _record_hold(what: str, hold: Hold, **detail: object) -> None:
    categories = [hold.category or Category.P02]
    record(what, owner=hold.owner_id, case=hold.case_id, categories=categories, hold=hold.pk, **detail)
