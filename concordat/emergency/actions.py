"""Everything that changes about emergency access: asked, opened by another, ended, looked at by a third."""

from django.db import transaction

from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules
from .models import Request


@transaction.atomic
def ask(*, reference: str, ground: str, words: str, hours: int, by: Membership) -> Request:
    """Ask for emergency access to a case. Nothing is looked up, so that nothing tells whether there is such a case."""
    if refusal := rules.refuse_to_ask(by):
        raise Refused(refusal)
    asked = Request(
        owner_id=by.organisation_id, asked_by=by, reference=reference.strip(), ground=ground, words=words, hours=hours
    )
    asked.save(force_insert=True)
    record("emergency.asked", owner=asked.owner_id, request=asked.pk, ground=ground, hours=hours)
    return asked


@transaction.atomic
def open_case(request: Request, *, hours: int, by: Membership) -> Request:
    """Open the case to whoever asked, from this second on; the database says until when, and tells partners."""
    hold(request)
    if refusal := rules.refuse_to_open(request, by=by):
        raise Refused(refusal)
    request.case = Case.objects.filter(owner=by.organisation_id, reference=request.reference).first()
    if request.case is None:
        raise Refused(str(rules.CONSTRAINT_SENTENCES["emergency_is_opened_by_who_sees_the_case"]))
    request.opened_by, request.hours = by, hours
    request.save(update_fields=["case", "opened_by", "hours"])
    request.refresh_from_db(fields=["opened_at", "ends_at"])
    _record("emergency.opened", request, asker=request.asked_by_id, hours=hours)
    return request


@transaction.atomic
def end(request: Request, *, by: Membership) -> Request:
    """End it now."""
    hold(request)
    if refusal := rules.refuse_to_end(request, by=by):
        raise Refused(refusal)
    request.ended_by = by
    request.save(update_fields=["ended_by"])
    request.refresh_from_db(fields=["ends_at"])
    _record("emergency.ended", request)
    return request


@transaction.atomic
def review(request: Request, *, finding: str, finding_words: str, by: Membership) -> Request:
    """Close the report on what was read, as somebody who neither asked nor opened."""
    hold(request)
    if refusal := rules.refuse_to_review(request, by=by):
        raise Refused(refusal)
    request.finding, request.finding_words, request.reviewed_by = finding, finding_words, by
    request.save(update_fields=["finding", "finding_words", "reviewed_by"])
    request.refresh_from_db(fields=["reviewed_at"])
    _record("emergency.reviewed", request, finding=finding)
    return request


def _record(what: str, request: Request, **detail: object) -> None:
    record(what, owner=request.owner_id, case=request.case_id, categories=[Category.P02], request=request.pk, **detail)
