"""What changes whether an organisation leaves. What follows from it the database does, in the same transaction."""

from django.db import transaction
from django.utils.timezone import now

from concordat.core import edits
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for
from concordat.people.models import Membership

from . import rules
from .duties import partners_of
from .models import Departure


@transaction.atomic
def declare(*, reason: str, by: Membership) -> Departure:
    """Declare that one's organisation leaves; nothing changes before somebody else confirms."""
    edits.take_turn(by.organisation)
    if refusal := rules.refuse_declare(by):
        raise Refused(refusal)
    departure = Departure.objects.create(organisation_id=by.organisation_id, reason=reason.strip(), declared_by=by)
    record("departure.declared", owner=by.organisation_id, departure=departure.pk)
    return departure


@transaction.atomic
def confirm(departure: Departure, *, by: Membership) -> Departure:
    """Confirm it: every agreement ends in this second."""
    edits.hold(departure)
    if refusal := rules.refuse_confirm(departure, by=by):
        raise Refused(refusal)
    owners = [by.organisation_id, *(one.pk for one in partners_of(departure))]
    departure.confirmed_at, departure.confirmed_by = now(), by
    departure.save(update_fields=["confirmed_at", "confirmed_by"])
    record_for("departure.confirmed", owners, departure=departure.pk)
    return departure


@transaction.atomic
def withdraw(departure: Departure, *, by: Membership) -> Departure:
    """Take back what was declared and not yet confirmed."""
    edits.hold(departure)
    if refusal := rules.refuse_withdraw(departure, by=by):
        raise Refused(refusal)
    departure.withdrawn_at, departure.withdrawn_by = now(), by
    departure.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("departure.withdrawn", owner=by.organisation_id, departure=departure.pk)
    return departure
