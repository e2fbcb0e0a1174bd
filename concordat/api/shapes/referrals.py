"""Referrals, and what must be so before a service begins."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from concordat.cases.models import Heading, Route, Signed
from concordat.referrals.models import Need, Target

from .cases import SaidShape
from .common import NUMBER, Day, Moment, PartyShape, Sent, Yes, example

Outcome = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class OutsideShape(Schema):
    """All that the referrer may know: acknowledged or not, agreed or not currently, whatever lies behind it."""

    acknowledged: bool
    agreed: bool


class AnswerShape(Schema):
    """The provider's own answer, which nobody else reads. `link` leads to what is prepared."""

    acknowledged_at: datetime
    accepted: bool | None
    answered_at: datetime | None
    reason: str
    link: UUID | None
    case: UUID | None


class ReferralShape(Schema):
    """A referral from one's own side: `outside` for who sent it, `answer` for who was asked."""

    disagreements: list[SaidShape]
    id: UUID
    reference: str
    service: str
    sender: PartyShape
    to: PartyShape
    need: str
    place: str
    text: str
    desired_outcomes: list[str]
    case: UUID | None
    sent_at: datetime | None
    acknowledge_due: date | None
    answer_due: date | None
    state: str
    outside: OutsideShape | None
    answer: AnswerShape | None


class ReferralPage(Schema):
    """A piece of the referrals that one's organisation wrote, or those that it received, the newest first."""

    items: list[ReferralShape]
    next: str | None


class NewReferral(Sent):
    """A draft. Nobody outside sees it until it is sent."""

    model_config = example({
        "service": NUMBER, "need": "mentoring", "text": "Wants to talk to somebody from outside.",
        "desired_outcomes": ["A weekly routine"],
    })  # fmt: skip

    service: UUID
    need: Need
    text: Annotated[str, StringConstraints(min_length=1, max_length=3000)]
    desired_outcomes: list[Outcome] = Field(min_length=1, max_length=5)


class Checked(Sent):
    """Who read the text before it leaves, and on which day."""

    model_config = example({"checked_by": "Pat Vell, programme manager", "checked_on": "2026-03-27"})  # fmt: skip

    checked_by: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    checked_on: Day


class NewAnswer(Sent):
    """Yes, or not now. A reason stays in one's own organisation."""

    model_config = example({"accept": True, "reason": "A place is free from Monday."})  # fmt: skip

    accept: Yes
    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class NewAssignment(Sent):
    """Who is to work on it: the number of a membership of one's own organisation."""

    model_config = example({"worker": NUMBER})  # fmt: skip

    worker: UUID


class WorkerShape(Schema):
    """Somebody who could be assigned, or the sentence why not."""

    id: UUID
    name: str
    title: str
    assigned: bool
    refusal: str | None


class StepShape(Schema):
    """One step before the first session: done, todo, or open until another is done."""

    title: str
    state: str
    words: str


class ParticipationShape(Schema):
    """What the person agreed to, from when until when; `headings` are what may be reported about."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    headings: list[str]


class LinkShape(Schema):
    """Two organisations' cases of one person, from the provider's side."""

    id: UUID
    case: UUID
    authority: PartyShape
    provider: PartyShape
    activity: str
    starts_at: datetime
    ends_at: datetime | None
    participation: ParticipationShape | None
    steps: list[StepShape]
    desired_outcomes: list[str]


class NewParticipation(Sent):
    """That the person agreed, as it happened. Recording it is no signature: the person's own stands on paper."""

    model_config = example({
        "informer": "provider", "informed_by": "Cora Lind", "informed_at": "2026-03-25T10:00:00+01:00",
        "teach_back": True, "agreed_at": "2026-03-27T14:00:00+01:00", "headings": ["routine"], "signed": "signature",
        "copy_given": "On paper, in Arabic", "contest_route": "Slip to the ombudsman", "renew_by": "2026-09-26",
    })  # fmt: skip

    informer: Literal["provider", "neutral", "staff"]
    informed_by: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    informed_at: Moment
    interpreter: Annotated[str, StringConstraints(max_length=120)] = ""
    teach_back: Yes
    agreed_at: Moment
    headings: list[Heading] = Field(default=[], max_length=20)
    signed: Signed
    witness: Annotated[str, StringConstraints(max_length=120)] = ""
    copy_given: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    contest_route: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    renew_by: Day


class NewWithdrawal(Sent):
    """By which way the person said that they no longer agree. There is no field for a reason."""

    model_config = example({"route": "slip"})  # fmt: skip

    route: Route


class NewGoal(Sent):
    """One goal: what it is about, how it is measured, when it counts as reached, who measures."""

    text: Outcome
    target: Target
    measure: Outcome
    threshold: Outcome
    measured_by: Annotated[str, StringConstraints(min_length=1, max_length=120)]


class NewGoals(Sent):
    """One to five goals. Once anybody has signed, a change is a new version and says why."""

    model_config = example({
        "goals": [{
            "text": "Keep a weekly routine", "target": "behaviour", "measure": "Three of four planned activities",
            "threshold": "Four weeks in a row", "measured_by": "The person",
        }],
    })  # fmt: skip

    goals: list[NewGoal] = Field(min_length=1, max_length=5)
    why_changed: Annotated[str, StringConstraints(max_length=300)] = ""


class PersonsWord(Sent):
    """Whether the person signed the goals on paper, and on which day; a no is recorded and stops nothing."""

    model_config = example({"signed": True, "signed_on": "2026-03-27"})  # fmt: skip

    signed: Yes
    signed_on: Day | None = None


class GoalShape(Schema):
    """One goal of a version."""

    position: int
    text: str
    target: str
    measure: str
    threshold: str
    measured_by: str


class GoalsShape(Schema):
    """One version of the goals, with who signed it."""

    disagreements: list[SaidShape]
    id: UUID
    number: int
    why_changed: str
    person_signed_on: date | None
    person_declined: bool
    signed_by: list[str]
    goals: list[GoalShape]


class GoalsPage(Schema):
    """A piece of the versions, the newest first."""

    items: list[GoalsShape]
    next: str | None
