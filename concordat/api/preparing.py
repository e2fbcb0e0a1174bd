"""What must be so before a service begins: the person's own agreement, a worker, goals."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from ninja import Router

from concordat.cases import actions as case_actions
from concordat.cases import rules as case_rules
from concordat.cases.disagreements import beside
from concordat.cases.models import Assignment, Link, Participation
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership, Scope
from concordat.referrals.asking import actions, forms, rules
from concordat.referrals.asking.actions.goals import names_of, newest_goals
from concordat.referrals.asking.outside import asked_of_workers
from concordat.referrals.asking.preparing import steps_of
from concordat.referrals.asking.rules.goals import is_locked
from concordat.referrals.asking.views.goals import GOAL_SETS
from concordat.referrals.asking.views.preparation import LINKS, live_participation, service_of, team
from concordat.referrals.delivery.views import outcomes_of
from concordat.referrals.models import GoalSet

from .cases import said_shapes
from .once import Key, once
from .operations import address, reads, writes
from .paging import MOST, Cursor, Limit, piece
from .papers import party, plain
from .saying import checked, ticked, typed
from .shapes import Result
from .shapes.referrals import (
    GoalShape,
    GoalsPage,
    GoalsShape,
    LinkShape,
    NewAssignment,
    NewGoals,
    NewParticipation,
    NewWithdrawal,
    ParticipationShape,
    PersonsWord,
    StepShape,
    WorkerShape,
)

router = Router(tags=["Preparing"])


@reads(router, "/links/{uuid:link}", Scope.CASES, LinkShape)
def link(request: SignedInRequest, link: UUID) -> LinkShape:
    """Show what is agreed and what is missing before the next session, to the provider of a service."""
    of = get_object_or_404(LINKS, pk=link)
    paper = live_participation(of)
    steps = steps_of(of, paper, newest_goals(of), by=request.acting)
    return LinkShape(
        id=of.pk, case=of.civil_case_id, authority=party(of.authority), provider=party(of.civil), activity=of.activity,
        starts_at=of.starts_at, ends_at=of.ends_at, participation=paper_shape(paper) if paper else None,
        steps=[StepShape(title=plain(one.title), state=one.state, words=plain(one.words)) for one in steps],
        desired_outcomes=outcomes_of(of),
    )  # fmt: skip


@reads(router, "/cases/{uuid:case}/links", Scope.CASES, list[UUID])
def links(request: SignedInRequest, case: UUID) -> list[UUID]:  # noqa: ARG001 - django-ninja hands it over
    """List the links of one of your organisation's cases, where it is the provider."""
    return [one.pk for one in LINKS.filter(civil_case=case).order_by("starts_at", "pk")]


def paper_shape(paper: Participation) -> ParticipationShape:
    return ParticipationShape(id=paper.pk, starts_at=paper.starts_at, ends_at=paper.ends_at, headings=paper.headings)


# ---- who works on it -------------------------------------------------------------------------------------------------


@reads(router, "/links/{uuid:link}/workers", Scope.CASES, list[WorkerShape])
def workers(request: SignedInRequest, link: UUID) -> list[WorkerShape]:
    """List who could be assigned, and for each who cannot the sentence why not."""
    of = get_object_or_404(LINKS, pk=link)
    asked = asked_of_workers(of.civil_case_id)
    found = Assignment.objects.filter(case=of.civil_case_id)
    assigned = {one.membership_id for one in found if case_rules.is_running(one)}

    def refusal(one: Membership) -> str | None:
        return case_rules.refuse_assignment(one, of.civil_case, activity=of.activity, asked=asked, by=request.acting)

    return [
        WorkerShape(id=one.pk, name=one.shown_name, title=one.title, assigned=one.pk in assigned, refusal=refusal(one))
        for one in team(request.acting)
    ]


@writes(router, "/links/{uuid:link}/workers", Scope.REFERRALS)
def assign(request: SignedInRequest, response: HttpResponse, link: UUID, said: NewAssignment, key: Key) -> Result:
    """Assign a worker of your organisation."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        worker = get_object_or_404(Membership, pk=said.worker)
        asked = asked_of_workers(of.civil_case_id)
        return case_actions.assign(
            of.civil_case, worker=worker, activity=of.activity, asked=asked, by=request.acting
        ).pk

    return once(request, response, key, said, do, at=lambda _made: address("workers", link=link))


# ---- the person's own agreement --------------------------------------------------------------------------------------


@writes(router, "/links/{uuid:link}/participation", Scope.DELIVERY)
def record_participation(
    request: SignedInRequest, response: HttpResponse, link: UUID, said: NewParticipation, key: Key
) -> Result:
    """Record that the person agreed, and to what. Their own signature stands on paper; this is its record."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        service = service_of(of)
        offered = rules.offered_headings([service.target] if service else [])
        form = forms.ParticipationForm(as_asked(said), provider=of.civil, authority=of.authority, headings=offered)
        called = {"informed_on": "informed_at", "informed_time": "informed_at"}
        called |= {"agreed_on": "agreed_at", "agreed_time": "agreed_at"}
        return case_actions.record_participation(
            of, staff=names_of(of.authority), offered=offered, **checked(form, **called), by=request.acting
        ).pk

    return once(request, response, key, said, do, at=lambda _made: address("link", link=link))


def as_asked(said: NewParticipation) -> Any:  # noqa: ANN401 - what a form takes
    """Return moments as the form asks for them: a day and a time of day."""
    informed, agreed = localtime(said.informed_at), localtime(said.agreed_at)
    data = typed(
        said, informed_on=informed.date(), informed_time=clock(informed), agreed_on=agreed.date(),
        agreed_time=clock(agreed),
    )  # fmt: skip
    return ticked(data, "teach_back")


def clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


@writes(router, "/participations/{uuid:participation}/withdrawal", Scope.DELIVERY)
def withdraw(
    request: SignedInRequest, response: HttpResponse, participation: UUID, said: NewWithdrawal, key: Key
) -> Result:
    """Record that the person no longer agrees. It holds at once; nobody asks why."""
    papers = Participation.objects.select_related("link", "case")

    def do() -> UUID:
        found = get_object_or_404(papers, pk=participation)
        form = forms.WithdrawForm(typed(said))
        return case_actions.withdraw(found, **checked(form), by=request.acting).link_id

    return once(request, response, key, said, do, at=lambda of: address("link", link=of))


# ---- goals -----------------------------------------------------------------------------------------------------------


@reads(router, "/links/{uuid:link}/goals", Scope.CASES, GoalsPage)
def goals(
    request: SignedInRequest, response: HttpResponse, link: UUID, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the versions of the goals, the newest first, to either party."""
    of = get_object_or_404(Link, pk=link)
    rows = GOAL_SETS.filter(link=of)
    return piece(request, response, rows, goals_shown, by=("-number", "pk"), cursor=cursor, limit=limit)


def goals_shown(found: Iterable[GoalSet]) -> list[GoalsShape]:
    rows = list(found)
    said = beside(rows)
    return [
        GoalsShape(
            disagreements=said_shapes(said.get(one.pk, ())),
            id=one.pk, number=one.number, why_changed=one.why_changed, person_signed_on=one.person_signed_on,
            person_declined=one.person_declined, signed_by=[sign.organisation.name for sign in one.signatures.all()],
            goals=[GoalShape.from_orm(goal) for goal in one.goals.all()],
        )
        for one in rows
    ]  # fmt: skip


@writes(router, "/links/{uuid:link}/goals", Scope.DELIVERY)
def write_goals(request: SignedInRequest, response: HttpResponse, link: UUID, said: NewGoals, key: Key) -> Result:
    """Write down what was agreed, or a new version of it. They are signed on the pages, never with a token."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        service, before = service_of(of), newest_goals(of)
        target = service.target if service else ""
        asked = {
            f"{name}_{number}": value
            for number, goal in enumerate(said.goals, start=1)
            for name, value in goal.model_dump(mode="json").items()
        }
        form = forms.GoalsForm(
            typed(said, **asked), targets=rules.offered_targets(target), is_change=bool(before and is_locked(before))
        )
        return actions.write_goals(of, service_target=target, **checked(form), by=request.acting).pk

    return once(request, response, key, said, do, at=lambda _made: address("goals", link=link))


@writes(router, "/goals/{uuid:goals}/person", Scope.DELIVERY)
def persons_word(request: SignedInRequest, response: HttpResponse, goals: UUID, said: PersonsWord, key: Key) -> Result:
    """Record that the person signed the goals on paper, or would rather not."""

    def do() -> UUID:
        about = get_object_or_404(GOAL_SETS, pk=goals)
        form = forms.PersonsWordForm(typed(said, answer=said.signed))
        return actions.record_persons_word(about, **checked(form, answer="signed"), by=request.acting).link_id

    return once(request, response, key, said, do, at=lambda of: address("goals", link=of))
