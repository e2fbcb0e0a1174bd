"""The shapes of what the interface for machines hands out."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class CaseShape(Schema):
    """A case without its person's name."""

    id: UUID
    reference: str
    working_code: str
    service: str
    owner: str
    opened_at: datetime
    closed_at: datetime | None


class CasePage(Schema):
    """Some of the cases, by reference; `next` is where to go on, if there is more."""

    items: list[CaseShape]
    next: int | None


class RecordShape(Schema):
    """One record: who holds it, of which category, in which form, and what it says.

    `written_in` is the code of the language of its text; empty where nobody said it, or where the words are the page's.
    """

    owner: str
    category: str
    about: str
    form: str
    title: str
    text: str
    note: str
    written_in: str


class ConditionShape(Schema):
    """One of the seven conditions: holds, missing or unread."""

    name: str
    state: str
    words: str
    supplier: str
    waiting: str
    otherwise: str


class DecisionShape(Schema):
    """Whether a category is open, and why."""

    answer: str
    headline: str
    words: str
    conditions: list[ConditionShape]


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
