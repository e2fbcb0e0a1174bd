"""The pages of teams: which there are, who is in them, what they work on."""

from functools import partial
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.cases.models import Team, TeamCase, TeamMember
from concordat.cases.rules import WORKERS
from concordat.core.codes import Purpose
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership

from . import actions, rules
from .forms import GiveForm, JoinForm, TeamForm
from .work import of_team

RUNNING = Q(members__ends_at=None)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List the teams of one's organisation."""
    teams = Team.objects.filter(ended_at=None).annotate(people=Count("members", filter=RUNNING)).order_by("name", "pk")
    return show_list(request, "teams/index.html", teams, refusal=rules.refuse_to_lead_teams(request.acting))


@for_purpose(Purpose.ADMINISTRATION)
def make(request: SignedInRequest) -> HttpResponse:
    """Make a team."""
    back = reverse("teams:index")
    return show_form(
        request, TeamForm(sent(request)), partial(actions.make, by=request.acting), to=back, cancel_url=back,
        title=_("Make a team"), button=_("Make it"), done=_("The team is there. Say who is in it."),
        refusal=rules.refuse_to_lead_teams(request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show who is in a team and what it works on, as far as one sees those cases."""
    team = get_object_or_404(Team, pk=pk)
    members = list(team.members.filter(ends_at=None).select_related("membership"))
    context = {
        "team": team, "members": members, "cases": of_team(team, members),
        "refusal": rules.refuse_change(team, by=request.acting),
    }  # fmt: skip
    return render(request, "teams/detail.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def join(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take somebody into a team."""
    team = get_object_or_404(Team, pk=pk)
    return show_form(
        request, JoinForm(sent(request), people=people_for(team)), partial(actions.join, team, by=request.acting),
        title=_("Take somebody into this team"), caption=team.name, button=_("Take them in"),
        intro=_(
            "From now on they work on what the team works on. Where a case asks for a clearance or a course that they "
            "lack, or they have declared a conflict of interest, they do not get it."
        ),
        done=_("They are in the team."), refusal=rules.refuse_change(team, by=request.acting),
        to=reverse("teams:detail", args=[pk]), cancel_url=reverse("teams:detail", args=[pk]),
    )  # fmt: skip


def people_for(team: Team) -> list[Membership]:
    """Return who works on cases in the team's organisation and is not in the team."""
    at_work = Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now()), organisation=team.owner_id, roles__overlap=list(WORKERS)
    )
    return list(at_work.exclude(pk__in=team.members.filter(ends_at=None).values("membership")))


@for_purpose(Purpose.ADMINISTRATION)
def give(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Give a case to a team."""
    team = get_object_or_404(Team, pk=pk)
    return show_form(
        request, GiveForm(sent(request), team=team), partial(actions.give, team, by=request.acting),
        title=_("Give this team a case"), caption=team.name, button=_("Give it to them"),
        intro=_("Its members are assigned to it as far as they are cleared, trained and have no conflict of interest."),
        done=_("The team works on the case."), refusal=rules.refuse_change(team, by=request.acting),
        to=reverse("teams:detail", args=[pk]), cancel_url=reverse("teams:detail", args=[pk]),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End a team."""
    team = get_object_or_404(Team, pk=pk)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.end(team, by=request.acting), kind="warning",
        title=_("End this team"), caption=team.name, button=_("End it"),
        intro=_("What its members work on with it ends now. What they are assigned to by themselves goes on."),
        done=_("The team has ended."), refusal=rules.refuse_change(team, by=request.acting),
        to=reverse("teams:index"), cancel_url=reverse("teams:detail", args=[pk]),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take somebody out of a team."""
    member = get_object_or_404(TeamMember.objects.select_related("team", "membership"), pk=pk)
    back = reverse("teams:detail", args=[member.team_id])
    return show_form(
        request, SureForm(sent(request)), lambda: actions.leave(member, by=request.acting), kind="warning",
        title=_("Take %(who)s out of this team") % {"who": member.membership}, caption=member.team.name,
        button=_("Take them out"), to=back, cancel_url=back,
        intro=_("What they work on with the team ends now. What they are assigned to by themselves goes on."),
        done=_("They are out of the team."), refusal=rules.refuse_to_end(member, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def take_away(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take a case from a team."""
    given = get_object_or_404(TeamCase.objects.select_related("team", "case"), pk=pk)
    back = reverse("teams:detail", args=[given.team_id])
    return show_form(
        request, SureForm(sent(request)), lambda: actions.take_away(given, by=request.acting), kind="warning",
        title=_("Take this case from the team"), caption=given.case.working_code, button=_("Take it away"),
        intro=_("Its members do not work on it any more from this second on, unless they are assigned by themselves."),
        done=_("The team does not work on it any more."), refusal=rules.refuse_to_end(given, by=request.acting),
        to=back, cancel_url=back,
    )  # fmt: skip
