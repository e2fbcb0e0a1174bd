"""Why something about a team is refused, in words; None when it is allowed."""

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import AllowList, Case, Team, TeamCase, TeamMember
from concordat.cases.rules import ASSIGNERS, WORKERS, refuse_to_assign
from concordat.people.models import Membership

CONSTRAINT_SENTENCES = {
    "team_name_is_one_in_its_organisation": gettext_lazy("There is a team of this name already."),
    "member_is_in_a_team_once": gettext_lazy("They are in this team already."),
    "case_is_given_to_a_team_once": gettext_lazy("The team works on this case already."),
}


def refuse_to_lead_teams(by: Membership) -> str | None:
    """Say why somebody does not decide about teams."""
    if by.has(*ASSIGNERS):
        return None
    return _("A coordinator or programme manager says who is in which team, and what a team works on.")


def refuse_change(team: Team, *, by: Membership) -> str | None:
    """Say why a team cannot be changed."""
    if refusal := refuse_to_lead_teams(by):
        return refusal
    return _("This team has ended.") if team.ended_at else None


def refuse_to_join(team: Team, worker: Membership, *, by: Membership) -> str | None:
    """Say why somebody cannot come into a team."""
    if refusal := refuse_change(team, by=by):
        return refusal
    if worker.organisation_id != team.owner_id or (worker.valid_until and worker.valid_until <= now()):
        return _("Only people who work in your organisation come into its teams.")
    if not worker.has(*WORKERS):
        return _("%(worker)s does not work on cases: the post reads none.") % {"worker": worker}
    if TeamMember.objects.filter(team=team, membership=worker, ends_at=None).exists():
        return str(CONSTRAINT_SENTENCES["member_is_in_a_team_once"])
    return None


def refuse_to_give(team: Team, case: Case, *, activity: str, by: Membership) -> str | None:
    """Say why a case cannot be given to a team."""
    if refusal := refuse_change(team, by=by) or refuse_to_assign(case, by=by):
        return refusal
    if AllowList.objects.filter(case=case, ends_at=None).exists():
        return _("Only named people may see this case. Assign them one by one; a team changes.")
    if TeamCase.objects.filter(team=team, case=case, activity=activity, ends_at=None).exists():
        return str(CONSTRAINT_SENTENCES["case_is_given_to_a_team_once"])
    return None


def refuse_to_end(ended: TeamMember | TeamCase, *, by: Membership) -> str | None:
    """Say why somebody cannot be taken out of a team, or a case from it."""
    if refusal := refuse_to_lead_teams(by):
        return refusal
    return _("That has ended already.") if ended.ends_at else None
