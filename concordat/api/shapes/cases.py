"""A case, its records, why they are open, and who has read them."""

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
    """A piece of the cases, by reference; `next` is the cursor to go on with, if there is more."""

    items: list[CaseShape]
    next: str | None


class SaidShape(Schema):
    """What the person says against a record, and who entered it when. Show it before the record, never without it."""

    words: str
    written_in: str
    note: str


class QuotedShape(Schema):
    """What a record quotes of another, for whoever may read both: the words, or the name of a file and where it is."""

    words: str
    written_in: str
    note: str
    file: str
    url: str


class RecordShape(Schema):
    """One record: what the person says against it, who holds it, of which category, in which form, and what it says.

    What is `no_longer_used` is kept as evidence, and shown to those alone who answer for it. `written_in` is the code
    of the language of its text; empty where nobody said it, or where the words are the page's.
    """

    disagreements: list[SaidShape]
    no_longer_used: bool
    owner: str
    category: str
    about: str
    form: str
    title: str
    text: str
    note: str
    written_in: str
    quotations: list[QuotedShape]


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


class ReadingShape(Schema):
    """One line of the log about a case: when, which organisation, who as far as one may know, what and what for."""

    at: datetime
    organisation: str
    who: str
    done: str
    categories: str
    purpose: str


class ReadingPage(Schema):
    """A piece of those lines, the newest first."""

    items: list[ReadingShape]
    next: str | None
