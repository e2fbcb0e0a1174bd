"""Who works on a case: cleared, trained, without a conflict. The rule says it, the database holds it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from concordat.cases.actions import assign, declare_conflict, end_assignment
from concordat.cases.models import Assignment, Case, Conflict, Link
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, START, acting, named
from concordat.people.models import Clearance, Membership, Training
from concordat.referrals.asking.outside import asked_of_workers

from .making import assigned, database_refuses, end_terms, hidden_from_writing, make_case, make_link

pytestmark = pytest.mark.django_db


def insert(link: Link, worker: str) -> None:
    """Assign past the rules, as the application role."""
    with acting("cora") as by:
        Assignment.objects.create(
            case_id=link.civil_case_id, owner_id=LANTERN, membership_id=named(worker), activity="custody", created_by=by
        )


def clear(worker: str, *, level: str = "basic", days: int = 100) -> None:
    with acting("sef"):
        Clearance.objects.create(
            membership_id=named(worker), authority_id=PRISON, level=level, valid_from=START,
            valid_until=now() + timedelta(days=days),
        )  # fmt: skip


def train(worker: str, *courses: str, days: int = 100) -> None:
    with acting("cora"):
        for course in courses:
            Training.objects.create(
                membership_id=named(worker), code=course, valid_from=START, valid_until=now() + timedelta(days=days)
            )


def test_a_fit_worker_is_assigned_and_reads_what_the_agreement_gives() -> None:
    link = make_link()
    with acting("nadia"):
        assert not Case.objects.filter(pk=link.civil_case_id).exists()
    assigned(link)
    with acting("nadia"):
        assert Case.objects.filter(pk__in=[link.civil_case_id, link.authority_case_id]).count() == 2


@pytest.mark.requirement("C6.3")
def test_a_worker_who_is_not_cleared_is_not_assigned() -> None:
    link = make_link()
    train("max", "induction", "mentoring")
    with pytest.raises(Refused, match=r"Max Ferro is not cleared\. The terms ask for: Basic"):
        assigned(link, "max")
    with database_refuses("worker_is_cleared"):
        insert(link, "max")
    clear("max", days=-1)
    with pytest.raises(Refused, match="The clearance of Max Ferro ended on"):
        assigned(link, "max")
    with database_refuses("worker_is_cleared"):
        insert(link, "max")
    clear("max", level="enhanced")
    assert assigned(link, "max").membership_id == named("max")


@pytest.mark.requirement("C6.4")
def test_a_worker_who_is_not_trained_is_not_assigned() -> None:
    link = make_link()
    clear("max")
    train("max", "induction")
    with pytest.raises(Refused, match="Max Ferro has not done the course “mentoring”"):
        assigned(link, "max")
    with database_refuses("worker_is_trained"):
        insert(link, "max")
    train("max", "mentoring", days=-1)
    with pytest.raises(Refused, match="The course “mentoring” of Max Ferro lapsed on"):
        assigned(link, "max")
    with database_refuses("worker_is_trained"):
        insert(link, "max")
    train("max", "mentoring")
    assert assigned(link, "max").membership_id == named("max")


@pytest.mark.requirement("PP-16")
def test_work_with_a_child_needs_a_course_in_safeguarding() -> None:
    link = make_link(make_case(child_rules=True))
    clear("max")
    train("max", "induction", "mentoring")
    with pytest.raises(Refused, match="Max Ferro needs a course in safeguarding first"):
        assigned(link, "max")
    with database_refuses("worker_is_trained_for_children"):
        insert(link, "max")
    train("max", "safeguarding")
    assert assigned(link, "max").membership_id == named("max")


def test_a_declared_conflict_ends_the_work_and_forbids_more() -> None:
    link = make_link()
    assigned(link)
    with acting("nadia") as by:
        declare_conflict(Case.objects.get(pk=link.civil_case_id), worker=by, by=by)
    with acting("nadia"):  # in the same second
        assert not Case.objects.filter(pk__in=[link.civil_case_id, link.authority_case_id]).exists()
    with pytest.raises(Refused, match="Nadia Brandt has declared a conflict of interest"):
        assigned(link)
    with database_refuses("worker_without_conflict"):
        insert(link, "nadia")
    with acting("cora") as by:
        case = Case.objects.get(pk=link.civil_case_id)
        with pytest.raises(Refused, match="already declared"):
            declare_conflict(case, worker=Membership.objects.get(pk=named("nadia")), by=by)


def test_a_conflict_is_declared_for_oneself_or_by_the_coordinator() -> None:
    link = make_link()
    assigned(link)
    with acting("nadia") as by:
        case = Case.objects.get(pk=link.civil_case_id)
        with pytest.raises(Refused, match="for yourself"):
            declare_conflict(case, worker=Membership.objects.get(pk=named("cora")), by=by)
    with acting("otto") as by:
        with pytest.raises(Refused, match="inside the organisation"):
            declare_conflict(case, worker=by, by=by)
        with hidden_from_writing():
            Conflict.objects.create(owner_id=LANTERN, membership=by, case=case)


def test_an_assignment_ends_and_is_not_taken_up_again() -> None:
    link = make_link()
    made = assigned(link)
    with acting("cora") as by:
        made = Assignment.objects.get(pk=made.pk)
        end_assignment(made, by=by)
        with pytest.raises(Refused, match="already ended"):
            end_assignment(made, by=by)
        with database_refuses("assignment_stays_ended"):
            Assignment.objects.filter(pk=made.pk).update(ends_at=None)
    with acting("nadia"):
        assert not Case.objects.filter(pk=link.civil_case_id).exists()
    assert assigned(link).membership_id == named("nadia")  # looked at anew


def test_only_who_coordinates_assigns_and_only_own_workers() -> None:
    link = make_link()
    assigned(link)
    with acting("nadia") as by:
        case = Case.objects.get(pk=link.civil_case_id)
        with pytest.raises(Refused, match="A coordinator or programme manager"):
            assign(case, worker=by, activity="custody", by=by)
        with hidden_from_writing():
            Assignment.objects.create(
                case=case, owner_id=LANTERN, membership=by, activity="reintegration", created_by=by
            )
    with acting("cora") as by:
        stranger = Membership.objects.get(pk=named("pat"))
        with pytest.raises(Refused, match="Pat Vell does not work on cases for your organisation"):
            assign(case, worker=stranger, activity="custody", by=by)
        with hidden_from_writing():
            Assignment.objects.create(
                case=case, owner_id=LANTERN, membership=stranger, activity="reintegration", created_by=by
            )
        with pytest.raises(Refused, match="already assigned"):
            assigned(link)


def test_nobody_is_assigned_while_the_terms_are_not_in_force() -> None:
    link = make_link()
    end_terms()
    with pytest.raises(Refused, match="“Mentoring at Aldermoor Prison” were ended on"):
        assigned(link)
    with acting("otto"):
        assert asked_of_workers(link.civil_case_id) == []
