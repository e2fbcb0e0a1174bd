"""Teams: their members work on what the team works on, as far as they are fit, and no second longer."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from concordat.cases import actions as cases
from concordat.cases.models import Assignment, Case, Link, SummaryRecord, Team, TeamCase, TeamMember
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.people.models import Clearance, Membership, Training
from concordat.teams import actions, feeds

pytestmark = pytest.mark.django_db
OURS, THEIRS = named("civil_case"), named("case")


def team(*members: str, by: str = "cora", leads: str = "", cases_: tuple[UUID, ...] = (OURS,)) -> UUID:
    """Make a team with these members that works on these cases."""
    with acting(by) as who:
        made = actions.make(name="Wing B", by=who)
        for name in members:
            actions.join(made, worker=Membership.objects.get(pk=named(name)), leads=name == leads, by=who)
        for case in cases_:
            actions.give(made, case=Case.objects.get(pk=case), activity="custody", by=who)
        return made.pk


def sees(name: str, case: UUID) -> bool:
    with acting(name):
        return Case.objects.filter(pk=case).exists()


def fit(name: str) -> None:
    """Give somebody the clearance and the courses that the terms ask for."""
    with acting("sef"):
        Clearance.objects.create(
            membership_id=named(name), authority_id=PRISON, level="basic", valid_from=now() - timedelta(days=1),
            valid_until=now() + timedelta(days=30),
        )  # fmt: skip
    with acting("cora"):
        for code in ("induction", "mentoring"):
            Training.objects.create(
                membership_id=named(name), code=code, valid_from=now() - timedelta(days=1),
                valid_until=now() + timedelta(days=30),
            )  # fmt: skip


def test_a_member_has_what_the_team_works_on_until_they_leave_it() -> None:
    assert not sees("cass", THEIRS)
    pk = team("cass", by="pat", cases_=(THEIRS,))
    assert sees("cass", THEIRS)
    with acting("pat") as by:
        actions.leave(TeamMember.objects.select_related("team", "membership").get(team=pk), by=by)
    assert not sees("cass", THEIRS)


def test_a_team_that_gives_up_a_case_has_it_no_longer_and_what_ends_stays_ended() -> None:
    pk = team("cass", by="pat", cases_=(THEIRS,))
    with acting("pat") as by:
        actions.take_away(TeamCase.objects.select_related("team", "case").get(team=pk), by=by)
    assert not sees("cass", THEIRS)
    with acting("pat") as by:
        assert Assignment.objects.filter(team=pk, ends_at=None).count() == 0
        assert TeamCase.objects.filter(team=pk).update(ends_at=None) == 0
        actions.give(Team.objects.get(pk=pk), case=Case.objects.get(pk=THEIRS), activity="custody", by=by)
    assert sees("cass", THEIRS)
    with acting("pat") as by:
        actions.end(Team.objects.get(pk=pk), by=by)
    assert not sees("cass", THEIRS)


def test_who_moves_to_another_post_leaves_their_teams_and_who_leaves_sees_nothing() -> None:
    pk = team("cass", by="pat", cases_=(THEIRS,))
    with acting("adam", level=2):
        cass = Membership.objects.get(pk=named("cass"))
        from concordat.people.actions import end_work_of  # noqa: PLC0415

        assert end_work_of(cass) == 1
    assert not sees("cass", THEIRS)
    with acting("pat") as by:
        assert not TeamMember.objects.filter(team=pk, ends_at=None).exists()
        actions.join(Team.objects.get(pk=pk), worker=cass, leads=True, by=by)
    assert sees("cass", THEIRS)
    with acting("adam", level=2):
        Membership.objects.filter(pk=cass.pk).update(valid_until=now())
    with acting("pat"):
        assert Case.objects.filter(pk=THEIRS).exists()
    with pytest.raises(Membership.DoesNotExist), acting("cass"):
        pass


@pytest.mark.requirement("C6.3", "C6.4")
def test_a_member_who_is_not_fit_is_left_out_and_gets_it_when_they_are() -> None:
    team("max", "nadia")
    assert not sees("max", OURS)
    with acting("cora"):
        assert Assignment.objects.filter(team__isnull=False, membership=named("max")).count() == 0
        assert Assignment.objects.filter(team__isnull=False, membership=named("nadia")).count() == 1
    fit("max")
    assert sees("max", OURS)
    with acting("max"):  # and of the prison's records what the agreements give to that post
        assert SummaryRecord.objects.filter(owner=PRISON).count() == 3


def test_a_lead_sees_the_cases_of_the_team_also_when_not_fit_for_them() -> None:
    team("max", leads="max")
    with acting("max"):
        assert Case.objects.filter(pk=OURS).exists()
        assert not SummaryRecord.objects.filter(owner=PRISON).exists()
        assert not Assignment.objects.filter(membership=named("max")).exists()


def test_a_conflict_of_interest_closes_it_for_a_member_and_for_a_lead() -> None:
    fit("max")
    pk = team("max", leads="max")
    with acting("max") as by:
        cases.declare_conflict(Case.objects.get(pk=OURS), worker=by, by=by)
    assert not sees("max", OURS)
    fit("max")  # looked at again, and left out again
    with acting("cora"):
        assert not Assignment.objects.filter(team=pk, membership=named("max"), ends_at=None).exists()


def test_the_end_of_the_service_ends_the_work_of_the_team() -> None:
    pk = team("nadia")
    with acting("cora"):
        assert TeamCase.objects.filter(team=pk, ends_at=None).count() == 1
        Link.objects.filter(pk=named("link")).update(ends_at=now())
        assert TeamCase.objects.filter(team=pk, ends_at=None).count() == 0


def test_a_case_for_named_people_goes_to_no_team() -> None:
    pk = team("max", cases_=())
    with acting("cora", level=2) as by:
        cases.name_people(
            Case.objects.get(pk=OURS), named=list(Membership.objects.filter(pk__in=[named("cora"), named("ruth")])),
            ground="threat", reason="x", review_on=(now() + timedelta(days=20)).date(), by=by,
        )  # fmt: skip
        with pytest.raises(Refused, match="one by one"):
            actions.give(Team.objects.get(pk=pk), case=Case.objects.get(pk=OURS), activity="custody", by=by)


def test_a_list_keeps_out_a_team_and_its_lead() -> None:
    fit("max")
    team("max", leads="max")
    assert sees("max", OURS)
    with acting("cora", level=2) as by:
        cases.name_people(
            Case.objects.get(pk=OURS), named=list(Membership.objects.filter(pk__in=[named("cora"), named("ruth")])),
            ground="threat", reason="x", review_on=(now() + timedelta(days=20)).date(), by=by,
        )  # fmt: skip
    assert not sees("max", OURS)
    assert visit("max", "/teams/").status_code == 200
    with acting("max"):
        assert not TeamCase.objects.exists()


@pytest.mark.parametrize("name", ["nadia", "ruth", "adam", "otto"])
def test_only_who_says_who_works_on_cases_decides_about_teams(name: str) -> None:
    pk = team("nadia")
    if name != "otto":  # who is a coordinator elsewhere
        with acting(name) as by, pytest.raises(Refused):
            actions.make(name="Another", by=by)
    with acting(name), pytest.raises(DatabaseError), transaction.atomic():
        TeamMember.objects.create(owner_id=LANTERN, team_id=pk, membership_id=named("max"), created_by_id=named(name))
    with acting(name):
        assert TeamMember.objects.filter(team=pk).update(ends_at=now()) == 0
    assert visit("otto", f"/teams/{pk}/").status_code == 404


def test_nobody_writes_an_assignment_in_the_name_of_a_team() -> None:
    pk = team("nadia")
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.create(
            case_id=OURS, owner_id=LANTERN, membership_id=named("nadia"), activity="families", team_id=pk, created_by=by
        )
    with acting("cora") as by, pytest.raises(Refused, match="member of a team"):
        cases.end_assignment(Assignment.objects.get(team=pk), by=by)


def test_the_pages_of_a_team() -> None:
    assert visit("cora", "/teams/make/", {"name": ""}).status_code == 422
    assert visit("cora", "/teams/make/", {"name": "Wing B"}).status_code == 302
    with acting("cora"):
        pk = Team.objects.get().pk
    assert visit("cora", f"/teams/{pk}/join/", {"worker": named("max"), "leads": "on"}).status_code == 302
    refused = visit("cora", f"/teams/{pk}/give/", {"case": "A-1001", "activity": "custody"})
    assert "You see no case of this reference" in refused.content.decode()
    assert visit("cora", f"/teams/{pk}/give/", {"case": "LM-0147", "activity": "custody"}).status_code == 302
    page = visit("cora", f"/teams/{pk}/").content.decode()
    assert "leads the team" in page
    assert page.count("Max Ferro") >= 2
    assert "Take out" not in visit("max", f"/teams/{pk}/").content.decode()
    with acting("max") as by:
        assert [one.by for one in feeds.news(by, now() - timedelta(hours=1))] == ["Cora Lind"]
    with acting("cora") as by:
        assert not list(feeds.clocks(by))
        member, given = TeamMember.objects.get().pk, TeamCase.objects.get().pk
    assert visit("cora", f"/teams/members/{member}/leave/", {}).status_code == 302
    with acting("cora") as by:
        assert len(list(feeds.clocks(by))) == 1
    assert visit("cora", f"/teams/cases/{given}/take/", {}).status_code == 302
    assert visit("cora", f"/teams/{pk}/end/", {}).status_code == 302
