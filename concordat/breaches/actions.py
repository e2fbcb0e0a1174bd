"""Every change about a breach, with its author and its line in the log. No line says what happened or to whom."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.timezone import now

from concordat.core import edits
from concordat.core.errors import Refused
from concordat.core.references import new_reference
from concordat.ledger.log import record, record_for
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from . import rules
from .models import AUTHORITY_HOURS, Breach, Telling


@transaction.atomic
def report(*, words: str, known_at: datetime, by: Membership) -> Breach:
    """Report that data got out, or may have. Whoever notices it reports it; nobody is asked whether they may."""
    if known_at > now():
        raise Refused(str(rules.CONSTRAINT_SENTENCES["breach_was_known_before"]))
    reference = new_reference("DB")
    breach = Breach.objects.create(
        owner_id=by.organisation_id, reference=reference, words=words, known_at=known_at, reported_by=by
    )
    record("breach.reported", owner=breach.owner_id, breach=breach.pk)
    return breach


@transaction.atomic
def assess(
    breach: Breach, *, categories: Collection[int], persons: int, harm: str, measures: str,
    partners: Collection[Organisation], by: Membership,
) -> Breach:  # fmt: skip
    """Say what got out, what can follow and what is done; list the partners that are to be told. Can be said anew."""
    edits.hold(breach)
    if refusal := rules.refuse_open(breach, by=by):
        raise Refused(refusal)
    breach.categories, breach.persons, breach.harm, breach.measures = sorted(categories), persons, harm, measures
    breach.assessed_at, breach.assessed_by = now(), by
    breach.authority_hours = min([AUTHORITY_HOURS, *(hours_of(breach, one) for one in partners)])
    fields = ["categories", "persons", "harm", "measures", "assessed_at", "assessed_by", "authority_hours"]
    breach.save(update_fields=fields)
    listed = set(breach.tellings.values_list("to_id", flat=True))
    for partner in partners:
        if partner.pk not in listed:
            Telling.objects.create(breach=breach, owner_id=breach.owner_id, to=partner)
    record("breach.assessed", owner=breach.owner_id, categories=categories, breach=breach.pk, harm=harm)
    return breach


def hours_of(breach: Breach, partner: Organisation) -> int:
    """Return within how many hours a protocol wants the supervisory authority told."""
    with connection.cursor() as cursor:
        question = "SELECT breaches.hours_of(%s, %s, 'authority_hours', %s)"
        cursor.execute(question, [breach.owner_id, partner.pk, AUTHORITY_HOURS])
        ((hours,),) = cursor.fetchall()
    return int(hours)


@transaction.atomic
def tell(telling: Telling, *, text: str, by: Membership) -> Telling:
    """Tell a partner."""
    edits.hold(telling)
    if refusal := rules.refuse_tell(telling, by=by):
        raise Refused(refusal)
    telling.text, telling.sent_at, telling.sent_by = text, now(), by
    telling.save(update_fields=["text", "sent_at", "sent_by"])
    record_for("breach.told", [telling.owner_id, telling.to_id], telling=telling.pk)
    return telling


@transaction.atomic
def take_note(telling: Telling, *, by: Membership) -> Telling:
    """Take note, as the partner, of what one was told."""
    edits.hold(telling)
    if telling.to_id != by.organisation_id or telling.read_at:
        return telling
    telling.read_at, telling.read_by = now(), by
    telling.save(update_fields=["read_at", "read_by"])
    record_for("breach.noted", [telling.owner_id, telling.to_id], telling=telling.pk)
    return telling


@transaction.atomic
def tell_authority(
    breach: Breach, *, told_at: datetime | None, reference: str = "", why_not: str = "", by: Membership
) -> Breach:
    """Record that the supervisory authority was told, or why not; a reason can still be followed by telling."""
    edits.hold(breach)
    if refusal := rules.refuse_authority(breach, why_not=why_not, by=by):
        raise Refused(refusal)
    breach.authority_at, breach.authority_reference, breach.authority_why_not = told_at, reference, why_not
    breach.authority_by = by
    breach.save(update_fields=["authority_at", "authority_reference", "authority_why_not", "authority_by"])
    record("breach.authority", owner=breach.owner_id, breach=breach.pk, told=bool(told_at))
    return breach


@transaction.atomic
def tell_persons(breach: Breach, *, told_on: date | None, how: str = "", why_not: str = "", by: Membership) -> Breach:
    """Record that the persons were told, or on which ground not."""
    edits.hold(breach)
    if refusal := rules.refuse_persons(breach, by=by):
        raise Refused(refusal)
    breach.persons_on, breach.persons_how, breach.persons_why_not, breach.persons_by = told_on, how, why_not, by
    breach.save(update_fields=["persons_on", "persons_how", "persons_why_not", "persons_by"])
    record("breach.persons", owner=breach.owner_id, breach=breach.pk, told=bool(told_on))
    return breach


@transaction.atomic
def close(breach: Breach, *, lessons: str, by: Membership) -> Breach:
    """Close it with what was learned."""
    edits.hold(breach)
    if refusal := rules.refuse_close(breach, by=by):
        raise Refused(refusal)
    breach.closed_at, breach.closed_by, breach.lessons = now(), by, lessons
    breach.save(update_fields=["closed_at", "closed_by", "lessons"])
    record("breach.closed", owner=breach.owner_id, breach=breach.pk)
    return breach
