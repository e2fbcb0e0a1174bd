"""Agreements, services, what waits, notices, and as whom one acts."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from .common import PartyShape


class ActingShape(Schema):
    """As whom and for which purpose a request acts, and with which token until when, if with one."""

    membership: UUID
    name: str
    title: str
    organisation: PartyShape
    roles: list[str]
    purpose: str
    token: str | None
    scopes: list[str]
    until: datetime | None


class AgreementShape(Schema):
    """An agreement and where it stands now: `standing` is the code, `state` the words."""

    id: UUID
    kind: str
    reference: str
    title: str
    activity: str
    parties: list[PartyShape]
    standing: str
    state: str
    version: int | None
    until: datetime | None


class AgreementPage(Schema):
    """A piece of the agreements, by title."""

    items: list[AgreementShape]
    next: str | None


class ClauseShape(Schema):
    """One clause of a version, with its words."""

    code: str
    words: str


class GivenShape(Schema):
    """What one party gives: category, form, purpose, to which role, and while what holds."""

    giver: str
    receiver: str
    category: str
    form: str
    purpose: str
    role: str
    condition: str


class SignatureShape(Schema):
    """Who signed for which party, and when; or who recorded that it was signed on paper."""

    party: str
    name: str
    at: datetime
    on_paper: bool


class AgreementDetail(AgreementShape):
    """An agreement with the version that holds, or the newest where none does."""

    shown_version: int
    first_day: date
    last_day: date
    check_number: str
    clauses: list[ClauseShape]
    gives: list[GivenShape]
    places: list[str]
    signatures: list[SignatureShape]


class OfferedShape(Schema):
    """A service: for whom, where, how full as its provider says, and whether one's own organisation can refer to it."""

    id: UUID
    name: str
    provider: PartyShape
    description: str
    method: str
    target: str
    needs: list[str]
    languages: list[str]
    sexes: list[str]
    age_groups: list[str]
    places: list[str]
    free_places: str
    free_places_on: date
    open_at: str
    refusals: list[str]


class OfferedPage(Schema):
    """A piece of the directory, by name."""

    items: list[OfferedShape]
    next: str | None


class CardShape(Schema):
    """Something that needs the reader, with the reason."""

    title: str
    due: date | datetime
    place: str
    because: str
    checks: list[str]


class ClockShape(Schema):
    """A time limit: until when, what happens then, who has it in hand."""

    name: str
    due: date | datetime
    then: str
    owner: str


class NewsShape(Schema):
    """Something that changed since the reader signed in before."""

    words: str
    by: str
    at: date | datetime


class TodayShape(Schema):
    """What needs the reader, what lapses next, what is new. Sorted by date, never by a person."""

    cards: list[CardShape]
    clocks: list[ClockShape]
    news: list[NewsShape]


class NoticeShape(Schema):
    """That something waits, without a word of what it says."""

    id: UUID
    about: str
    words: str
    reference: str
    urgent: bool
    made_at: datetime
    seen_at: datetime | None


class NoticePage(Schema):
    """A piece of the notices that stand, the newest first."""

    items: list[NoticeShape]
    next: str | None
