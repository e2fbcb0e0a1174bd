"""What changes the directory of services."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from concordat.agreements.models import Agreement
from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.referrals.asking import rules
from concordat.referrals.asking.terms import papers
from concordat.referrals.models import Service, ServicePlace

EDITED = [
    "terms", "activity", "name", "description", "method", "needs", "target", "languages", "sexes", "age_groups",
    "capacity", "free_places", "free_places_on", "written_in",
]  # fmt: skip


@transaction.atomic
def offer_service(*, terms: Agreement, places: Collection[Place], by: Membership, **described: Any) -> Service:  # noqa: ANN401 - handed on
    """Put a service into the directory, under terms that are in force at each of its places."""
    _refuse(rules.refuse_to_offer(by=by))
    _refuse_description(terms, places, described, by)
    service = Service.objects.create(
        organisation_id=by.organisation_id, terms=terms, activity=terms.activity, **described
    )
    ServicePlace.objects.bulk_create([ServicePlace(service=service, place=place) for place in places])
    record("service.offered", owner=service.organisation_id, service=service.pk)
    return service


@transaction.atomic
def edit_service(
    service: Service,
    *,
    terms: Agreement,
    places: Collection[Place],
    by: Membership,
    **described: Any,  # noqa: ANN401 - handed on
) -> Service:
    """Change a service; a place that is no longer named is no longer served, without a reason."""
    hold(service)
    _refuse(rules.refuse_to_offer(by=by, service=service))
    _refuse_description(terms, places, described, by)
    for name, value in {**described, "terms": terms, "activity": terms.activity}.items():
        setattr(service, name, value)
    service.free_places_on = localdate()
    service.save(update_fields=EDITED)
    served = {one.place_id: one for one in service.places.all()}
    service.places.exclude(place__in=places).delete()
    ServicePlace.objects.bulk_create(
        [ServicePlace(service=service, place=place) for place in places if place.pk not in served]
    )
    record("service.changed", owner=service.organisation_id, service=service.pk)
    return service


@transaction.atomic
def close_service(service: Service, *, by: Membership) -> Service:
    """Take a service out of the directory. What is under way goes on."""
    hold(service)
    _refuse(rules.refuse_closing(service, by=by))
    service.closed_at = now()
    service.save(update_fields=["closed_at"])
    record("service.closed", owner=service.organisation_id, service=service.pk)
    return service


def _refuse_description(terms: Agreement, places: Collection[Place], described: dict[str, Any], by: Membership) -> None:
    wanted = {"method": described["method"], "target": described["target"]}
    _refuse(rules.refuse_offer(terms=terms, places=places, known=papers(), by=by, **wanted))


def _refuse(refusal: str | None) -> None:
    if refusal:
        raise Refused(refusal)
