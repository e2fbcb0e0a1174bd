"""The way of one person from a referral to an end report, as far as it has come, through the actions of the rooms.

Every step happens on its day, counted from the day on which the referral was sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from enum import IntEnum, auto
from itertools import islice
from typing import Any
from uuid import UUID

from concordat.cases import actions as case_actions
from concordat.cases.models import Case, Link, Participation
from concordat.core.codes import PURPOSE_ACTIVITY
from concordat.core.days import add_months
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.referrals.asking import actions, rules
from concordat.referrals.asking.actions.goals import names_of
from concordat.referrals.asking.codes import working_code
from concordat.referrals.asking.outside import asked_of_workers
from concordat.referrals.asking.rules.goals import check_number
from concordat.referrals.delivery import actions as delivery
from concordat.referrals.models import Goal, GoalSet, Referral, Service
from concordat.sharing import actions as safety
from concordat.sharing.models import SafetyBriefing

from . import words
from .country import Country

PURPOSE_OF = {activity: purpose for purpose, activity in PURPOSE_ACTIVITY.items()}
RENEWED_AFTER = 150  # days after which the person was asked anew


class Stage(IntEnum):
    """How far somebody has come. Each stage includes the ones before it."""

    DRAFT = auto()
    SENT = auto()
    ACKNOWLEDGED = auto()
    ACCEPTED = auto()
    ASSIGNED = auto()
    AGREED = auto()
    GOALS_WRITTEN = auto()
    GOALS_SIGNED = auto()
    BRIEFED = auto()
    ACTIVE = auto()


@dataclass(frozen=True)
class Plan:
    """What happened to one person. `sent` days ago; `slot` is the weekday (0 is Monday) and time of the meetings.

    `declined`, `ended` and `ended_early` say how many days ago that was; `owed` that the end report is still missing;
    `also` who else of the authority works on the case; `conflict` who of the provider may not.
    """

    reference: str
    service: str
    stage: Stage
    sent: int
    worker: str = ""
    slot: tuple[int, str] = (0, "")
    every: int = 1
    declined: int = 0
    ended: int = 0
    ended_early: tuple[str, int] | None = None
    owed: bool = False
    reviews: tuple[int, ...] = ()
    evaluated: bool = False
    also: tuple[str, ...] = ()
    conflict: str = ""
    own: tuple[str, str] | None = None
    text: str = ""
    outcomes: tuple[str, ...] = ()
    aims: tuple[words.Aim, ...] = ()
    briefing: dict[str, Any] = field(default_factory=dict)


MANAGERS = {"A": "tomas", "K": "tomas", "T": "ana", "S": "ana", "P": "lina", "V": "lina"}
COORDINATORS = {"mentoring": "cora", "bay": "cora", "young": "cora", "family": "faye", "table": "ilse", "room": "mara"}


class Journey:
    """One person on the way. What it makes stays on it, for the stories that go on from here."""

    referral: Referral
    link: Link
    participation: Participation
    goals: GoalSet
    briefing: SafetyBriefing

    def __init__(self, country: Country, plan: Plan, case: Case, service: Service) -> None:
        self.country, self.plan, self.case, self.service = country, plan, case, service
        self.manager, self.coordinator = MANAGERS[plan.reference[0]], COORDINATORS[plan.service]
        self.number = int(plan.reference[2:])
        self.briefed: list[tuple[UUID, datetime]] = []
        self.closed: datetime | None = None

    @contextmanager
    def acting(self, key: str, after: int, clock: str) -> Iterator[Membership]:
        """Act as a worker, so many days after the referral was sent."""
        purpose = PURPOSE_OF[self.service.activity]
        with self.country.acting(key, self.plan.sent - after, clock, purpose=purpose) as by:
            yield by

    def travel(self) -> "Journey":
        """Take every step up to the stage that the plan names, then what ended it."""
        steps = (
            self.draft, self.send, self.acknowledge, self.accept, self.assign, self.agree, self.write_goals,
            self.sign_goals, self.brief, self.meet,
        )  # fmt: skip
        for step in islice(steps, self.plan.stage):
            step()
        if self.plan.declined:
            self.decline()
        if self.plan.ended or self.plan.ended_early:
            self.end()
        return self

    # ---- asking ----------------------------------------------------------------------------------------------------

    def draft(self) -> None:
        """Begin the referral; whoever refers somebody works on the case."""
        with self.acting(self.manager, -1, "14:00") as by:
            for worker in (by, *(self.country.members[key] for key in self.plan.also)):
                case_actions.assign(self.case, worker=worker, activity=self.service.activity, by=by)
            self.referral = actions.draft(
                self.case, service=self.service, need=self.service.needs[0],
                text=self.plan.text or words.one_of(words.REQUESTS, self.number),
                desired_outcomes=self.plan.outcomes or words.one_of(words.OUTCOMES, self.number), by=by,
            )  # fmt: skip

    def send(self) -> None:
        with self.acting(self.manager, 0, "09:05") as by:
            checked_on = self.country.days.day(self.plan.sent)
            actions.send(self.referral, checked_by=by.shown_name, checked_on=checked_on, by=by)
        if self.plan.evaluated:
            with self.acting(self.manager, 0, "09:20") as by:
                actions.plan_evaluation(
                    self.referral, evaluator=Organisation.objects.get(slug="meren-institute"),
                    evaluator_name="Vera Stane",
                    question="Does a steady mentor help to keep a routine?", by=by,
                )  # fmt: skip

    def acknowledge(self) -> None:
        with self.acting(self.coordinator, 1, "10:30") as by:
            self.referral = Referral.objects.select_related("owner", "service").get(
                pk=self.referral.pk
            )  # as it arrived
            actions.acknowledge(self.referral, by=by)

    def decline(self) -> None:
        with self.acting(self.coordinator, self.plan.sent - self.plan.declined, "16:10") as by:
            actions.answer(self.referral, accept=False, reason="No mentor who speaks the language.", by=by)

    def accept(self) -> None:
        """Say yes, which opens the provider's own case; the stories give it a code by which they can be followed."""
        with self.acting(self.coordinator, 4, "11:45") as by:
            said = actions.answer(self.referral, accept=True, by=by)
            assert said.link is not None
            self.link = said.link
            self.rename(said.link.civil_case)

    def rename(self, own: Case) -> None:
        """Give the case the reference and code of its story; nobody else has the code of a story."""
        if self.plan.own:
            own.reference, own.working_code = self.plan.own
        elif own.working_code in self.country.reserved:
            own.working_code = working_code(self.country.reserved | {own.working_code})
        own.save(update_fields=["reference", "working_code"])

    # ---- before the first session ----------------------------------------------------------------------------------

    def assign(self) -> None:
        """Assign a worker, after a colleague with a conflict of interest has said so."""
        with self.acting(self.coordinator, 5, "09:40") as by:
            worker = self.country.members[self.plan.worker]
            if self.plan.conflict:
                colleague = self.country.members[self.plan.conflict]
                case_actions.declare_conflict(self.link.civil_case, worker=colleague, by=by)
            asked = asked_of_workers(self.link.civil_case_id)
            case_actions.assign(self.link.civil_case, worker=worker, activity=self.link.activity, asked=asked, by=by)

    def agree(self) -> None:
        """Record the person's own agreement, and its renewals."""
        last = self.plan.ended or (self.plan.ended_early or ("", 0))[1]
        for after in range(8, self.plan.sent - last, RENEWED_AFTER):
            self.participation = self.agree_on(after)

    def agree_on(self, after: int) -> Participation:
        days, ago = self.country.days, self.plan.sent - after
        with self.acting(self.plan.worker, after, "15:30") as by:
            return case_actions.record_participation(
                self.link, informer="provider", informed_by=by.shown_name, informed_at=days.at(ago + 2, "10:00"),
                starts_at=days.at(ago, "15:00"), ends_at=datetime.combine(add_months(days.day(ago), 6), time(), UTC),
                teach_back=True, signed="signature", headings=words.CHOSEN[self.plan.service],
                copy_given="On paper, by hand",
                contest_route="Slip to the ombudsman, or any worker", staff=names_of(self.referral.owner),
                offered=rules.offered_headings([self.service.target]), by=by,
            )  # fmt: skip

    def write_goals(self) -> None:
        """Write down what was agreed; the person and the provider sign."""
        aims = self.plan.aims or words.one_of(words.AIMS[self.plan.service], self.number)
        with self.acting(self.plan.worker, 9, "11:00") as by:
            goals = [Goal(**vars(aim)) for aim in aims]
            self.goals = actions.write_goals(self.link, goals=goals, service_target=self.service.target, by=by)
            actions.record_persons_word(self.goals, signed_on=self.country.days.day(self.plan.sent - 9), by=by)
            actions.sign_goals(self.goals, seen=check_number(self.goals), by=by)

    def sign_goals(self) -> None:
        with self.acting(self.manager, 10, "16:45") as by:
            shown = GoalSet.objects.get(pk=self.goals.pk)
            actions.sign_goals(shown, seen=check_number(shown), by=by)

    def brief(self) -> None:
        """Write the safety briefing; the worker reads and confirms it."""
        text = words.briefing(self.number, **self.plan.briefing)
        self.write_briefing(self.manager, 11, "08:20", **text)
        with self.acting(self.plan.worker, 12, "17:30") as by:
            safety.acknowledge(safety.open_briefing(self.briefing, by=by), by=by)

    def write_briefing(self, key: str, after: int, clock: str, **text: Any) -> None:  # noqa: ANN401 - fields
        """Write a version; the database stamps it with its own clock, so its day is noted for `backdating`."""
        ago = self.plan.sent - after
        with self.acting(key, after, clock) as by:
            checked_on = self.country.days.day(ago)
            self.briefing = safety.write_briefing(self.case, by=by, closed_check_on=checked_on, **text)
        self.briefed.append((self.briefing.pk, self.country.days.at(ago, clock)))

    # ---- delivering ------------------------------------------------------------------------------------------------

    def meet(self) -> None:
        """Record a meeting every week, now and then one that was not held, and the reviews."""
        weekday, clock = self.plan.slot
        last = max(self.plan.ended, (self.plan.ended_early or ("", 0))[1], 0) + 1
        held = self.country.days.weekdays(weekday, since=self.plan.sent - 13, until=last, every=self.plan.every)
        for count, ago in enumerate(held):
            self.record_session(count, ago, clock)
        for ago in self.plan.reviews:
            self.review(ago)

    def record_session(self, count: int, ago: int, clock: str) -> None:
        with self.acting(self.plan.worker, self.plan.sent - ago, "18:00") as by:
            happened = (count + self.number) % 7 != 3  # noqa: PLR2004 - one in seven was not held
            how: dict[str, Any] = (
                {"minutes": 50, "notes": self.notes(count)} if happened else {"cause": self.cause(count)}
            )
            delivery.record_session(
                self.link, worker=by, starts_at=self.country.days.at(ago, clock), held=happened, by=by, **how
            )

    def notes(self, count: int) -> dict[str, str]:
        """Return a note under one of the chosen headings for every third meeting."""
        chosen = words.CHOSEN[self.plan.service]
        heading = words.one_of(chosen, count)
        return {heading: words.one_of(words.NOTES[heading], count // 2)} if count % 3 == 0 else {}

    def cause(self, count: int) -> str:
        return words.one_of(words.CAUSES, count + self.number)

    def review(self, ago: int) -> None:
        chosen = words.CHOSEN[self.plan.service]
        with self.acting(self.plan.worker, self.plan.sent - ago, "17:10") as by:
            delivery.write_review(
                self.link, held_on=self.country.days.day(ago), own_words=words.one_of(words.OWN_WORDS,
                self.number + ago),
                notes={heading: words.one_of(words.NOTES[heading], ago) for heading in chosen[:2]}, by=by,
            )  # fmt: skip

    # ---- the end ---------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """End it, early or as planned, and write the report unless it is still owed."""
        reason, ago = self.plan.ended_early or ("", self.plan.ended)
        self.closed = self.country.days.at(ago, "16:00")
        if reason:
            with self.acting(self.plan.worker, self.plan.sent - ago, "16:00") as by:
                delivery.end_early(self.link, reason=reason, by=by)
        if not self.plan.owed:  # an early end has closed the case to its worker, so the coordinator writes
            with self.acting(self.coordinator if reason else self.plan.worker, self.plan.sent - ago, "16:20") as by:
                delivery.write_end_report(
                    self.link, summary=words.one_of(words.SUMMARIES, self.number), outcomes=self.outcomes(),
                    onward=words.one_of(words.ONWARD, self.number), by=by,
                )  # fmt: skip

    def outcomes(self) -> Sequence[tuple[str, str]]:
        """Say of each desired outcome how far it was achieved."""
        asked = range(len(self.referral.desired_outcomes))
        return [
            (words.one_of(words.ACHIEVED, self.number + n), words.one_of(words.COMMENTS, self.number + n))
            for n in asked
        ]
