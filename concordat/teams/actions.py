"""Everything that changes about teams. Who is assigned by them, the database writes (`access/sql/teams.sql`)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now

from concordat.cases.models import Assignment, Case, Team, TeamCase, TeamMember
from concordat.core.codes import Category
from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules


@transaction.atomic
def make(*, name: str, by: Membership) -> Team:
    """Make a team; nobody is in it yet."""
    if refusal := rules.refuse_to_lead_teams(by):
        raise Refused(refusal)
    team = Team(owner_id=by.organisation_id, name=name.strip(), created_by=by)
    team.save(force_insert=True)
    record("team.made", owner=team.owner_id, team=team.pk)
    return team


@transaction.atomic
def join(team: Team, *, worker: Membership, leads: bool, by: Membership) -> TeamMember:
    """Take somebody into a team: from this second on they work on what it works on, as far as they are fit."""
    hold(team)
    take_turn(worker)  # whoever declares a conflict of interest waits, or is waited for
    if refusal := rules.refuse_to_join(team, worker, by=by):
        raise Refused(refusal)
    member = TeamMember(owner_id=team.owner_id, team=team, membership=worker, leads=leads, created_by=by)
    member.save(force_insert=True)
    record("team.joined", owner=team.owner_id, team=team.pk, worker=worker.pk, leads=leads)
    _record("assignment.made", Assignment.objects.filter(team=team, membership=worker, ends_at=None))
    return member


@transaction.atomic
def give(team: Team, *, case: Case, activity: str, by: Membership) -> TeamCase:
    """Give a case to a team."""
    hold(team)
    take_turn(case)
    if refusal := rules.refuse_to_give(team, case, activity=activity, by=by):
        raise Refused(refusal)
    given = TeamCase(owner_id=team.owner_id, team=team, case=case, activity=activity, created_by=by)
    given.save(force_insert=True)
    record("team.case_given", owner=team.owner_id, case=case.pk, categories=[Category.P02], team=team.pk)
    _record("assignment.made", Assignment.objects.filter(team=team, case=case, activity=activity, ends_at=None))
    return given


@transaction.atomic
def leave(member: TeamMember, *, by: Membership) -> TeamMember:
    """Take somebody out of a team: what they worked on with it ends in the same second."""
    hold(member.team)
    hold(member)
    if refusal := rules.refuse_to_end(member, by=by):
        raise Refused(refusal)
    working = list(Assignment.objects.filter(team=member.team, membership=member.membership, ends_at=None))
    _end(member)
    record("team.left", owner=member.owner_id, team=member.team_id, worker=member.membership_id)
    _record("assignment.ended", working)
    return member


@transaction.atomic
def take_away(given: TeamCase, *, by: Membership) -> TeamCase:
    """Take a case from a team."""
    hold(given.team)
    hold(given)
    if refusal := rules.refuse_to_end(given, by=by):
        raise Refused(refusal)
    working = list(
        Assignment.objects.filter(team=given.team, case=given.case_id, activity=given.activity, ends_at=None)
    )
    _end(given)
    record("team.case_taken", owner=given.owner_id, case=given.case_id, categories=[Category.P02], team=given.team_id)
    _record("assignment.ended", working)
    return given


@transaction.atomic
def end(team: Team, *, by: Membership) -> Team:
    """End a team, and with it all work that rests on it."""
    hold(team)
    if refusal := rules.refuse_change(team, by=by):
        raise Refused(refusal)
    working = list(Assignment.objects.filter(team=team, ends_at=None))
    team.ended_at = now()
    team.save(update_fields=["ended_at"])
    record("team.ended", owner=team.owner_id, team=team.pk)
    _record("assignment.ended", working)
    return team


def _end(ended: TeamMember | TeamCase) -> None:
    ended.ends_at = now()
    ended.save(update_fields=["ends_at"])


def _record(what: str, assignments: Iterable[Assignment]) -> None:
    """Write a line for each case: whoever works on it reads its lines."""
    for one in assignments:
        record(
            what, owner=one.owner_id, case=one.case_id, categories=[Category.P02], assignment=one.pk,
            worker=one.membership_id, team=one.team_id,
        )  # fmt: skip
