"""From a service of the directory to HSDS."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from babel import Locale

from concordat.cases.models import Sex
from concordat.core.codes import Activity
from concordat.organisations.models import Organisation, Place
from concordat.referrals.models import AgeGroup, FreePlaces, Need, Service, Target

BASE = {
    "version": "3.0",
    "profile": "https://docs.openreferral.org/en/3.0/hsds/",
    "openapi_url": "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json",
}
AGES = {AgeGroup.UNDER_18: (0, 17), AgeGroup.YOUNG: (18, 25), AgeGroup.ADULT: (26, 120)}
KINDS = {
    "need": Need, "target": Target, "sex": Sex, "age_group": AgeGroup, "free_places": FreePlaces, "activity": Activity,
}  # fmt: skip

Json = dict[str, Any]


def as_service(service: Service) -> Json:
    """Return one service with its organisation, languages, places and attributes."""
    return {
        "id": str(service.pk),
        "name": service.name,
        "description": service.description,
        "status": "inactive" if service.closed_at else "active",
        "assured_date": service.free_places_on.isoformat(),
        **_ages(service),
        "organization": _organisation(service.organisation),
        "languages": [_language(service, name) for name in service.languages],
        "service_at_locations": [_at(service, one.place) for one in service.places.all()],
        "attributes": [_attribute(service, kind, value) for kind, value in _values(service)],
    }


def as_page(services: Iterable[Service], *, total: int, page: int, size: int) -> Json:
    """Return one page of a list of services; pages are counted from 1."""
    contents = [as_service(one) for one in services]
    pages = max(1, -(-total // size))
    return {
        "total_items": total, "total_pages": pages, "page_number": page, "size": len(contents),
        "first_page": page == 1, "last_page": page >= pages, "empty": not contents, "contents": contents,
    }  # fmt: skip


def _ages(service: Service) -> Json:
    spans = [AGES[AgeGroup(one)] for one in service.age_groups]
    if not spans:
        return {}
    return {"minimum_age": min(low for low, _high in spans), "maximum_age": max(high for _low, high in spans)}


def _organisation(organisation: Organisation) -> Json:
    return {
        "id": str(_id(UUID(int=0), f"organisation:{organisation.slug}")),
        "name": organisation.name,
        "description": organisation.legal_form or organisation.name,
        "legal_status": organisation.legal_form,
    }


def _language(service: Service, name: str) -> Json:
    return {"id": str(_id(service.pk, f"language:{name}")), "name": name, "code": _code(name)}


def _code(name: str) -> str:
    return _codes().get(name.casefold(), "")


@cache
def _codes() -> dict[str, str]:
    return {title.casefold(): code for code, title in Locale("en").languages.items()}


def _at(service: Service, place: Place) -> Json:
    return {
        "id": str(_id(service.pk, f"at:{place.pk}")),
        "location": {"id": str(place.pk), "location_type": "physical", "name": place.name},
    }


def _values(service: Service) -> Iterator[tuple[str, str]]:
    lists = {"need": service.needs, "sex": service.sexes, "age_group": service.age_groups}
    for kind, values in lists.items():
        yield from ((kind, value) for value in values)
    yield from (
        ("target", service.target), ("activity", service.activity), ("method", service.method),
        ("capacity", str(service.capacity)), ("free_places", service.free_places),
    )  # fmt: skip


def _attribute(service: Service, kind: str, value: str) -> Json:
    name = str(KINDS[kind](value).label) if kind in KINDS else kind
    return {
        "id": str(_id(service.pk, f"{kind}:{value}")),
        "link_id": str(service.pk),
        "link_type": kind,
        "link_entity": "service",
        "value": value,
        "taxonomy_term": {"id": str(_id(UUID(int=0), f"{kind}:{value}")), "name": name, "description": name},
    }


def _id(of: UUID, what: str) -> UUID:
    """Return the same identifier for the same thing every time."""
    return uuid5(of, what)
