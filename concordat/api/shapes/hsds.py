"""The directory of services in the shape of Open Referral's HSDS 3."""

from datetime import date
from uuid import UUID

from ninja import Schema


class Described(Schema):
    """Something of the directory that has an identifier and a name, after HSDS 3."""

    id: UUID
    name: str


class OrganizationShape(Described):
    """Who offers a service."""

    description: str
    legal_status: str


class LanguageShape(Described):
    """A language in which a service is offered."""

    code: str


class LocationShape(Described):
    """A place where a service is offered."""

    location_type: str


class AtLocationShape(Schema):
    """That a service is offered at a place."""

    id: UUID
    location: LocationShape


class TermShape(Described):
    """What one of our own codes means."""

    description: str


class AttributeShape(Schema):
    """What HSDS has no field for: `link_type` says what it is, `value` is the code or the text."""

    id: UUID
    link_id: UUID
    link_type: str
    link_entity: str
    value: str
    taxonomy_term: TermShape


class ServiceShape(Described):
    """One service of the directory, after HSDS 3."""

    description: str
    status: str
    assured_date: date
    minimum_age: int | None = None
    maximum_age: int | None = None
    organization: OrganizationShape
    languages: list[LanguageShape]
    service_at_locations: list[AtLocationShape]
    attributes: list[AttributeShape]


class ServicePage(Schema):
    """One page of the directory, counted from 1, after HSDS 3."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[ServiceShape]
