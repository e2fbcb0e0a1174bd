"""Directories of services: staged from a file, completed and confirmed by a coordinator, one service at a time."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.errors import Refused
from concordat.imports.models import Offer
from concordat.ledger.log import record
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.referrals.asking import actions as asking
from concordat.referrals.asking.rules import refuse_to_offer
from concordat.referrals.asking.terms import Papers
from concordat.referrals.hsds import Offered, read_directory, uuid_of
from concordat.referrals.models import Service

STATED = ("name", "described", "places", "staged_at", "staged_by")


@transaction.atomic
def stage_directory(data: bytes, *, by: Membership) -> list[Offer]:
    """Keep the services of a file until somebody confirms them; one that waits already is brought up to date."""
    if refusal := refuse_to_offer(by=by):
        raise Refused(refusal)
    offers = [_staged(one, by) for one in read_directory(data) if one.active]
    if not offers:
        raise Refused(_("No service in this file is active, so there is nothing to offer."))
    record("directory.staged", owner=by.organisation_id, services=len(offers))
    return offers


def _staged(offered: Offered, by: Membership) -> Offer:
    said = {"name": offered.name, "described": offered.described, "places": list(offered.places)}
    waiting = Offer.objects.select_for_update().filter(external_id=offered.external_id, decided_at=None).first()
    if waiting is None:
        return Offer.objects.create(
            organisation_id=by.organisation_id, external_id=offered.external_id, staged_by=by, **said
        )
    for name, value in {**said, "staged_at": now(), "staged_by": by}.items():
        setattr(waiting, name, value)
    waiting.save(update_fields=STATED)
    return waiting


@transaction.atomic
def confirm(offer: Offer, *, by: Membership, **described: Any) -> Service:  # noqa: ANN401 - handed on
    """Put a service into the directory as its coordinator confirms it; one that stands there already is changed."""
    offer = _waiting(offer, by)
    if found := service_of(offer):
        service = asking.edit_service(found, by=by, **described)
    else:
        service = asking.offer_service(by=by, **_identified(offer), **described)
    _decide(offer, by, service)
    record("directory.confirmed", owner=by.organisation_id, offer=offer.pk, service=service.pk)
    return service


@transaction.atomic
def discard(offer: Offer, *, by: Membership) -> Offer:
    """Leave a service out of the directory."""
    offer = _waiting(offer, by)
    _decide(offer, by, None)
    record("directory.discarded", owner=by.organisation_id, offer=offer.pk)
    return offer


def service_of(offer: Offer) -> Service | None:
    """Return the service of this organisation that the file means, if it stands in the directory."""
    known = uuid_of(offer.external_id)
    return (
        Service.objects.filter(pk=known, organisation=offer.organisation_id, closed_at=None).first() if known else None
    )


def _identified(offer: Offer) -> dict[str, Any]:
    """Return the identifier of the file for a new service, so that it is known when the file comes again."""
    known = uuid_of(offer.external_id)
    return {"id": known} if known and not Service.objects.filter(pk=known).exists() else {}


def refuse_decision(offer: Offer, *, by: Membership) -> str | None:
    """Say why nothing can be decided about a service of a file."""
    if refusal := refuse_to_offer(by=by):
        return refusal
    return _("This service of the file was decided on already.") if offer.decided_at else None


def initial_of(offer: Offer, known: Papers, places: Collection[Place]) -> dict[str, Any]:
    """Return what the form of a service starts from: what the file says, and where it fits what is agreed."""
    wanted = {text.casefold() for pair in offer.places for text in pair if text}
    fitting = [one.pk for one in places if str(one.pk) in wanted or one.name.casefold() in wanted]
    standing = service_of(offer)
    described = {**offer.described, "languages": ", ".join(offer.described.get("languages", []))}
    return {**described, "places": fitting, "terms": standing.terms_id if standing else _only(known)}


def _only(known: Papers) -> Any:  # noqa: ANN401 - an identifier, or nothing
    terms: Sequence[Any] = known.in_force
    return terms[0].pk if len(terms) == 1 else None


def _waiting(offer: Offer, by: Membership) -> Offer:
    found = Offer.objects.select_for_update().get(pk=offer.pk)
    if refusal := refuse_decision(found, by=by):
        raise Refused(refusal)
    return found


def _decide(offer: Offer, by: Membership, service: Service | None) -> None:
    offer.decided_at, offer.decided_by, offer.service = now(), by, service
    offer.save(update_fields=["decided_at", "decided_by", "service"])
