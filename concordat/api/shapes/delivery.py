"""Sessions, reviews, the end; the safety briefing; caseload files."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from concordat.cases.models import Heading
from concordat.referrals.models import Achievement, Cause, EarlyReason

from .cases import QuotedShape, SaidShape
from .common import Day, Moment, Number, Sent, Yes, example

Words = Annotated[str, StringConstraints(max_length=1000)]


class NoteShape(Schema):
    """A note under a heading that the person agreed to."""

    heading: str
    text: str


class NewNote(Sent):
    """A note under a heading that the person agreed to; nothing that was said in the room."""

    heading: Heading
    text: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class SessionShape(Schema):
    """That a session was held or not; `minutes` is how long, `cause` on whose side it was that it was not held.

    `disagreements` is what the person says against it, and is shown first.
    """

    disagreements: list[SaidShape]
    id: UUID
    worker: str
    starts_at: datetime
    held: bool
    minutes: int | None
    cause: str
    entered_later: bool
    notes: list[NoteShape]


class SessionPage(Schema):
    """A piece of the sessions of a service, the newest first."""

    items: list[SessionShape]
    next: str | None


class NewSession(Sent):
    """One session. `worker` only where a coordinator records it for somebody; `concern` stays in the organisation."""

    model_config = example({
        "starts_at": "2026-03-27T14:00:00+01:00", "held": True, "minutes": 50,
        "notes": [{"heading": "routine", "text": "Came on time."}],
    })  # fmt: skip

    worker: UUID | None = None
    starts_at: Moment
    held: Yes
    minutes: Annotated[Number, Field(ge=1, le=600)] | None = Field(default=None, description="Minutes, if it was held")
    cause: Cause | None = Field(default=None, description="On whose side the cause was, if it was not held")
    notes: list[NewNote] = Field(default=[], max_length=20)
    concern: Words = ""
    told: Annotated[str, StringConstraints(max_length=120)] = ""


class ReviewShape(Schema):
    """A review: progress under the agreed headings, the person's own words, when the next one is due.

    `disagreements` is what the person says against it, and is shown first.
    """

    disagreements: list[SaidShape]
    id: UUID
    held_on: date
    next_due: date
    own_words: str
    notes: list[NoteShape]
    quotations: list[QuotedShape]


class ReviewPage(Schema):
    """A piece of the reviews that one may read, the newest first."""

    items: list[ReviewShape]
    next: str | None


class NewReview(Sent):
    """A review with the person."""

    model_config = example({
        "held_on": "2026-03-27", "notes": [{"heading": "routine", "text": "Three weeks of four."}],
        "own_words": "It helps to have a plan.",
    })  # fmt: skip

    held_on: Day
    notes: list[NewNote] = Field(default=[], max_length=20)
    own_words: Words = ""
    person_differs: Words = ""
    provider_differs: Words = ""


class NewEnd(Sent):
    """Why a service ends before its time. It stays in the organisation that writes it."""

    model_config = example({"reason": "moved"})  # fmt: skip

    reason: EarlyReason
    comment: Annotated[str, StringConstraints(max_length=500)] = ""


class NewOutcome(Sent):
    """How far one desired outcome was achieved, and in words."""

    achieved: Achievement
    comment: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class NewEndReport(Sent):
    """What was done, and of each desired outcome, in the order of the referral, how far."""

    model_config = example({
        "summary": "Twelve meetings.",
        "outcomes": [{"achieved": "partly", "comment": "Most weeks there was a routine."}],
    })  # fmt: skip

    summary: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    onward: Words = ""
    outcomes: list[NewOutcome] = Field(max_length=5)


class OutcomeShape(Schema):
    """One desired outcome and how far it was achieved."""

    outcome: str
    achieved: str
    comment: str


class EndReportShape(Schema):
    """The report at the end of a service."""

    id: UUID
    reference: str
    owner: str
    to: str
    created_at: datetime
    disagreements: list[SaidShape]
    summary: str
    onward: str
    outcomes: list[OutcomeShape]
    quotations: list[QuotedShape]


class EndReportPage(Schema):
    """A piece of the end reports that one may read, the newest first."""

    items: list[EndReportShape]
    next: str | None


class LineShape(Schema):
    """One row of the sheet; `changed` since the version before."""

    heading: str
    text: str
    changed: bool


class BriefingShape(Schema):
    """One version of the safety briefing, as on paper. `newest` is false where there is a newer one."""

    disagreements: list[SaidShape]
    id: UUID
    case: UUID
    number: int
    written_at: datetime
    what_changed: str
    newest: bool
    confirmed: bool
    lines: list[LineShape]


class UploadShape(Schema):
    """A caseload file and how far it is: `page` is the step, `state` the words, `done` of `total` rows are loaded."""

    id: UUID
    name: str
    page: str
    state: str
    staged_at: datetime
    total: int
    done: int
    counts: dict[str, int]
    kept_until: datetime


class UploadPage(Schema):
    """A piece of the files of one's organisation, the newest first."""

    items: list[UploadShape]
    next: str | None
