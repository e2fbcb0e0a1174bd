"""Goals and measures: one to five, each about something declared, signed by three, then locked."""

from typing import Any

import pytest
from django.utils.timezone import localdate

from concordat.cases.actions import withdraw
from concordat.cases.models import Heading, Link, Participation
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, acting, named
from concordat.referrals.asking import actions, rules
from concordat.referrals.asking.rules.goals import check_number
from concordat.referrals.models import Goal, GoalSet, GoalSignature, Service

from .making import (
    assigned,
    database_refuses,
    goal,
    hidden_from_writing,
    make_link,
    make_participation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Link:
    """Give a link whose person agrees and whose worker is assigned."""
    made = make_link()
    assigned(made)
    make_participation(made)
    return made


def write(link: Link, *goals: Goal, name: str = "nadia", target: str = "behaviour", **more: Any) -> GoalSet:  # noqa: ANN401 - handed on
    with acting(name) as by:
        return actions.write_goals(
            Link.objects.get(pk=link.pk), goals=goals or [goal()], service_target=target, by=by, **more
        )


def sign(goals: GoalSet, name: str) -> None:
    with acting(name) as by:
        shown = GoalSet.objects.select_related("link").get(pk=goals.pk)
        actions.sign_goals(shown, seen=check_number(shown), by=by)


def test_three_parties_sign_the_same_goals(link: Link) -> None:
    goals = write(link, goal(), goal(text="Write to one person outside", target="ties"))
    with acting("nadia") as by:
        actions.record_persons_word(goals, signed_on=localdate(), by=by)
    sign(goals, "nadia")
    sign(goals, "pat")
    with acting("pat"):
        seen = GoalSet.objects.get(pk=goals.pk)
        assert [str(one) for one in seen.goals.all()] == ["Keep a weekly routine", "Write to one person outside"]
        assert seen.signatures.count() == 2
        assert seen.person_signed_on == localdate()


@pytest.mark.requirement("C6.7")
@pytest.mark.parametrize("target", ["", "belief"])
def test_a_goal_without_a_target_is_rejected(link: Link, target: str) -> None:
    with pytest.raises(Refused, match="Say what the goal “Keep a weekly routine” is about"):
        write(link, goal(target=target))
    goals = write(link)
    with acting("nadia"), database_refuses("goal_declares_its_target"):
        goal(goal_set=goals, position=2, target=target).save(force_insert=True)


@pytest.mark.requirement("C6.7")
@pytest.mark.parametrize("target", ["attitudes", "both"])
def test_a_goal_is_about_attitudes_only_where_the_service_says_so(link: Link, target: str) -> None:
    with pytest.raises(Refused, match="The service does not declare that"):
        write(link, goal(target=target))
    goals = write(link)
    with acting("nadia"), database_refuses("goal_target_fits_the_service"):
        goal(goal_set=goals, position=2, target=target).save(force_insert=True)
    with acting("cora"):
        Service.objects.filter(pk=named("service")).update(target=target)
    written = write(link, goal(target=target), target=target)
    with acting("nadia"):
        assert written.goals.get().target == target


@pytest.mark.requirement("C6.7")
def test_outlook_and_views_are_no_heading_where_nothing_is_about_attitudes() -> None:
    assert Heading.OUTLOOK not in rules.offered_headings(["behaviour", "skills", "wellbeing", "ties"])
    assert Heading.OUTLOOK in rules.offered_headings(["behaviour", "attitudes"])
    assert Heading.OUTLOOK in rules.offered_headings(["both"])
    assert rules.offered_targets("behaviour") == ["behaviour", "skills", "wellbeing", "ties"]
    assert rules.offered_targets("attitudes") == ["attitudes", "behaviour", "skills", "wellbeing", "ties"]


@pytest.mark.parametrize("count", [0, 6])
def test_there_are_one_to_five_goals(link: Link, count: int) -> None:
    with pytest.raises(Refused, match="one to five goals"), acting("nadia") as by:
        actions.write_goals(
            Link.objects.get(pk=link.pk), goals=[goal() for _n in range(count)], service_target="behaviour", by=by
        )
    goals = write(link)
    with acting("nadia"), database_refuses("goals_are_at_most_five"):
        goal(goal_set=goals, position=6).save(force_insert=True)


@pytest.mark.parametrize("field", ["measure", "threshold", "measured_by"])
def test_each_goal_says_how_it_is_measured(link: Link, field: str) -> None:
    with pytest.raises(Refused, match="how it is measured"):
        write(link, goal(**{field: ""}))
    goals = write(link)
    with acting("nadia"), database_refuses("goal_says_how_it_is_measured"):
        goal(goal_set=goals, position=2, **{field: ""}).save(force_insert=True)


def test_before_anybody_signs_goals_are_put_right_in_place(link: Link) -> None:
    first = write(link)
    second = write(link, goal(text="Finish the carpentry module", target="skills"))
    assert (first.pk, second.number) == (second.pk, 1)
    with acting("nadia"):
        assert [one.text for one in Goal.objects.filter(goal_set=first)] == ["Finish the carpentry module"]


@pytest.mark.requirement("C6.8")
@pytest.mark.parametrize("who", ["person", "nadia", "pat"])
def test_signed_goals_are_locked_and_a_change_is_a_new_version_with_its_reason(link: Link, who: str) -> None:
    first = write(link)
    if who == "person":
        with acting("nadia") as by:
            actions.record_persons_word(first, signed_on=localdate(), by=by)
    else:
        sign(first, who)
    with pytest.raises(Refused, match=r"These goals were signed\. A change is a new version"):
        write(link, goal(text="Another"))
    with acting("nadia"):
        with database_refuses("signed_goals_are_locked"):
            goal(goal_set=first, position=2).save(force_insert=True)
        with database_refuses("signed_goals_are_locked"):
            Goal.objects.filter(goal_set=first).delete()
        with hidden_from_writing():
            Goal.objects.filter(goal_set=first).update(text="Another")
        with database_refuses("goal_set_change_has_a_reason"):
            GoalSet.objects.create(
                owner_id=LANTERN, case_id=link.civil_case_id, created_by_id=named("nadia"), link=link, number=2
            )
    second = write(link, goal(text="Another"), why_changed="The workshop closed")
    assert (second.number, second.why_changed) == (2, "The workshop closed")
    with pytest.raises(Refused, match="There is a newer version"):
        sign(first, "cora")


@pytest.mark.requirement("C6.8")
def test_that_the_person_would_rather_not_sign_is_recorded_and_stops_nothing(link: Link) -> None:
    goals = write(link)
    with acting("nadia") as by:
        with pytest.raises(Refused, match="Say either"):
            actions.record_persons_word(goals, by=by)
        actions.record_persons_word(goals, declined=True, by=by)
        with pytest.raises(Refused, match="already recorded"):
            actions.record_persons_word(goals, signed_on=localdate(), by=by)
        with database_refuses("signed_goals_are_locked"):
            GoalSet.objects.filter(pk=goals.pk).update(person_declined=False, person_signed_on=localdate())
    sign(goals, "nadia")
    sign(goals, "pat")


@pytest.mark.requirement("PP-5")
def test_neither_side_signs_for_the_other(link: Link) -> None:
    goals = write(link)
    with acting("cora") as by, hidden_from_writing():
        GoalSignature.objects.create(goal_set=goals, organisation_id=1, membership=by)
    with acting("sef") as by:
        with pytest.raises(Refused, match="programme manager or case officer signs"):
            actions.sign_goals(goals, seen=check_number(goals), by=by)
        with hidden_from_writing():
            GoalSignature.objects.create(goal_set=goals, organisation_id=by.organisation_id, membership=by)
    sign(goals, "cora")
    with pytest.raises(Refused, match="Lantern Mentoring has already signed"):
        sign(goals, "nadia")
    with acting("nadia") as by, database_refuses("goals_are_signed_once"):
        GoalSignature.objects.create(goal_set=goals, organisation_id=LANTERN, membership=by)


def test_there_has_to_be_a_goal_to_sign(link: Link) -> None:
    with acting("nadia") as by:
        empty = GoalSet.objects.create(owner_id=LANTERN, case_id=link.civil_case_id, created_by=by, link=link, number=1)
        with database_refuses("goals_are_there_before_they_are_signed"):
            GoalSignature.objects.create(goal_set=empty, organisation_id=LANTERN, membership=by)
        with database_refuses("goals_are_there_before_they_are_signed"):
            GoalSet.objects.filter(pk=empty.pk).update(person_signed_on=localdate())


@pytest.mark.requirement("PP-11")
def test_the_referrer_sees_goals_only_while_the_person_agrees(link: Link) -> None:
    goals = write(link)
    with acting("pat"):
        assert GoalSet.objects.filter(pk=goals.pk).exists()
    with acting("cora") as by:
        withdraw(Participation.objects.get(link=link), route="said", by=by)
    with acting("pat") as by:
        assert not GoalSet.objects.filter(pk=goals.pk).exists()
        with hidden_from_writing():
            GoalSignature.objects.create(goal_set_id=goals.pk, organisation_id=by.organisation_id, membership=by)


def test_an_authority_does_not_write_goals(link: Link) -> None:
    with pytest.raises(Refused, match="worker or the coordinator of the provider"):
        write(link, name="pat")
