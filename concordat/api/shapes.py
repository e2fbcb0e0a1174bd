"""The shapes of what the interface for machines hands out."""

from datetime import datetime
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
    """One record: who holds it, of which category, in which form, and what it says."""

    owner: str
    category: str
    about: str
    form: str
    title: str
    text: str
    note: str


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
