"""Supervision, the gate before sessions, the cap, support after an incident, and the right to stop."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.utils.timezone import localdate, now

from concordat.cases import actions as cases
from concordat.cases.models import Assignment, Case
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PEOPLE, acting, named
from concordat.people.models import Membership
from concordat.referrals.delivery.rules import refuse_session_now
from concordat.referrals.delivery.tests.ready import (
    ago,
    assigned_long_ago,
    insert,
    link,
    record,
    refused_by_the_database,
)
from concordat.referrals.models import Session
from concordat.safety import feeds, listing, rules
from concordat.safety.actions import wellbeing as actions
from concordat.safety.models import Attendance, Pause, Reason, Supervisor, Support, Terms

pytestmark = pytest.mark.django_db


def member(name: str) -> Membership:
    return Membership.objects.get(pk=named(name))


def supervised(worker: str = "nadia", *, by: str = "cora", outside: str = "", inside: str = "sven") -> Supervisor:
    with acting(by) as author:
        colleague = None if outside else member(inside)
        return actions.name_supervisor(member(worker), member=colleague, outside=outside, by=author)


def attended(days_ago: int, *, by: str = "sven", worker: str = "nadia") -> Attendance:
    with acting(by) as author:
        held_on = localdate() - timedelta(days=days_ago)
        return actions.record_attendance(member(worker), held_on=held_on, by=author)


def reason(about: str, *, by: str = "cora", worker: str = "nadia") -> Reason:
    with acting(by) as author:
        return actions.give_reason(member(worker), about=about, words="She goes on Friday.", by=author)


# ---- the gate ------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.5")
@pytest.mark.requirement("CLK-33")
def test_after_45_days_without_supervision_new_sessions_need_the_coordinators_written_reason() -> None:
    assigned_long_ago()
    with pytest.raises(Refused) as refusal:
        record()
    assert str(refusal.value) == rules.in_words("session_needs_supervision")
    with refused_by_the_database("session_needs_supervision"):
        insert(starts_at=ago(hours=1))
    with acting("nadia") as by:
        assert refuse_session_now(link(), worker=by, by=by) == rules.in_words("session_needs_supervision")
    reason("supervision")
    with acting("nadia") as by:
        assert refuse_session_now(link(), worker=by, by=by) is None
    with pytest.raises(Refused):
        record(starts_at=ago(days=1))  # the reason does not reach back
    record(starts_at=now().replace(second=0, microsecond=0), minutes=1)


@pytest.mark.requirement("C6.5")
@pytest.mark.parametrize(("days", "goes"), [(44, True), (46, False)])
def test_supervision_within_45_days_opens_the_gate(days: int, goes: bool) -> None:  # noqa: FBT001 - a table
    assigned_long_ago()
    supervised()
    attended(days)
    with acting("nadia") as by:
        refused = refuse_session_now(link(), worker=by, by=by)
    assert (refused is None) == goes
    with acting("sara") as by:
        (row,) = [one for one in listing.workers(by) if one.worker.pk == named("nadia")]
        assert row.stopped == (not goes)


def test_a_session_that_was_not_held_needs_no_supervision() -> None:
    assigned_long_ago()
    record(held=False, minutes=None, cause="person")
    with acting("nadia"):
        assert Session.objects.count() == 1


def test_a_reason_about_the_caseload_opens_no_session_and_lasts_thirty_days() -> None:
    assigned_long_ago()
    found = reason("caseload")
    with acting("nadia") as by:
        assert refuse_session_now(link(), worker=by, by=by)
        known = Reason.objects.get(pk=found.pk)
        assert known.ends_at - known.given_at == timedelta(days=30)
        assert known.words in str(Reason.objects.values_list("words", flat=True))


@pytest.mark.parametrize("name", ["nadia", "max", "sara", "pat"])
def test_only_the_coordinator_or_the_director_gives_a_reason_and_nobody_their_own(name: str) -> None:
    with acting(name) as by:
        with pytest.raises(Refused):
            actions.give_reason(
                Membership(pk=named("nadia"), organisation_id=LANTERN), about="supervision", words="x", by=by
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            _put_reason("nadia", by)
    with acting("cora") as by:
        with pytest.raises(Refused):
            actions.give_reason(by, about="supervision", words="x", by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            _put_reason("cora", by)


def _put_reason(worker: str, by: Membership) -> None:
    Reason.objects.create(
        owner_id=LANTERN, worker_id=named(worker), about="supervision", words="x", ends_at=now(), given_by=by
    )


# ---- who supervises ------------------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.5")
@pytest.mark.parametrize("name", ["cora", "ruth", "nadia"])
def test_no_line_manager_supervises_and_nobody_themselves(name: str) -> None:
    with pytest.raises(Refused):
        supervised(inside=name)
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Supervisor.objects.create(owner_id=LANTERN, worker_id=named("nadia"), member_id=named(name), named_by=by)


def test_another_supervisor_takes_the_place_of_the_first() -> None:
    supervised()
    supervised(outside="Dr. Ida Renn")
    with acting("nadia"):
        assert [str(one) for one in Supervisor.objects.filter(ends_at=None)] == ["Dr. Ida Renn"]
    assert "Dr. Ida Renn" in visit("nadia", "/protection/").content.decode()


def test_who_is_supervised_by_a_colleague_does_not_say_alone_that_they_were_there() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        attended(1, by="sara")  # nobody is named yet
    supervised()
    with pytest.raises(DatabaseError), transaction.atomic():
        attended(1, by="nadia")
    with pytest.raises(DatabaseError), transaction.atomic():
        attended(1, by="max")
    with pytest.raises(DatabaseError), transaction.atomic():
        attended(-3)
    attended(1)
    supervised(outside="Dr. Ida Renn")
    attended(2, by="nadia")


@pytest.mark.requirement("C6.5")
def test_of_supervision_nothing_is_kept_but_the_day() -> None:
    fields = {one.name: one for one in Attendance._meta.get_fields()}
    assert set(fields) == {"id", "owner", "worker", "held_on", "recorded_at", "recorded_by"}
    assert not [
        one for one in fields.values() if isinstance(one, models.CharField | models.TextField | models.JSONField)
    ]


@pytest.mark.requirement("C6.5")
def test_attendance_never_leaves_the_organisation() -> None:
    supervised()
    attended(1)
    for name in sorted(PEOPLE):
        with acting(name, level=2):
            expected = name in {"nadia", "sven", "sara", "cora", "ruth"}
            assert Attendance.objects.exists() == expected, name


def test_supervision_is_on_today_before_the_month_is_over() -> None:
    supervised()
    attended(10)
    with acting("nadia") as by:
        assert not list(feeds.cards(by))


def test_supervision_that_is_over_due_is_late_on_today() -> None:
    supervised()
    attended(40)
    with acting("nadia") as by:
        (card,) = feeds.cards(by)
        assert card.state


# ---- the cap -------------------------------------------------------------------------------------------------------


def own_case(number: int) -> Case:
    with acting("cora"):
        return Case.objects.create(
            owner_id=LANTERN, reference=f"L-{number}", working_code=f"7{number}", service_purpose="Mentoring"
        )


def capped(cap: int) -> None:
    with acting("sara") as by:
        actions.decide_terms(Terms.objects.get(), cap=cap, pairing_months=6, public_key="", by=by)


def assign(case: Case) -> Assignment:
    with acting("cora") as by:
        return cases.assign(case, worker=member("nadia"), activity="custody", by=by)


@pytest.mark.requirement("C6.2")
def test_beyond_the_cap_nobody_is_assigned_without_the_coordinators_written_reason() -> None:
    capped(1)
    with acting("cora") as by:
        (row,) = [one for one in listing.workers(by) if one.worker.pk == named("nadia")]
        assert (row.persons, row.full) == (1, True)
    case = own_case(1)
    with pytest.raises(Refused) as refusal:
        assign(case)
    assert str(refusal.value) == rules.in_words("assignment_is_within_the_cap")
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.create(
            case=case, owner_id=LANTERN, membership_id=named("nadia"), activity="custody", created_by=by
        )
    reason("caseload")
    assert assign(case).case_id == case.pk


def test_one_more_activity_with_the_same_person_is_not_one_more_person() -> None:
    capped(1)
    with acting("cora") as by:
        case = Case.objects.get(pk=named("civil_case"))
        cases.assign(case, worker=member("nadia"), activity="reintegration", by=by)
        assert Assignment.objects.filter(membership=named("nadia"), ends_at=None).count() == 2


@pytest.mark.parametrize("name", ["cora", "nadia", "pat"])
def test_only_the_lead_or_the_director_decides_the_cap(name: str) -> None:
    with acting(name) as by:
        terms = Terms.objects.get()
        with pytest.raises(Refused):
            actions.decide_terms(terms, cap=50, pairing_months=6, public_key="", by=by)
        assert not Terms.objects.filter(pk=LANTERN).update(cap=50)


# ---- support -------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.5")
@pytest.mark.requirement("CLK-33")
def test_support_is_offered_within_a_day_and_a_talk_takes_place_within_three() -> None:
    known_at = ago(hours=30)
    with acting("nadia") as by:
        support = actions.begin_support(by, known_at=known_at, by=by)
    with acting("sara") as by:
        (card,) = feeds.cards(by)
        assert card.due == known_at + timedelta(hours=24)
        assert card.state
    assert visit("sara", f"/protection/support/{support.pk}/", {"offer": "1"}).status_code == 302
    with acting("sara") as by:
        (card,) = feeds.cards(by)
        assert card.due == known_at + timedelta(hours=72)
        with pytest.raises(Refused):
            actions.decline_support(Support.objects.get(pk=support.pk), by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Support.objects.filter(pk=support.pk).update(declined_at=now())
        known = Support.objects.get(pk=support.pk)
        actions.record_talk(known, talked_on=localdate(), talked_with="Dr. Ida Renn", by=by)
        assert not list(feeds.cards(by))
    for name in sorted(set(PEOPLE) - {"nadia", "sara"}):
        with acting(name, level=2):
            assert not Support.objects.exists(), name


def test_the_worker_declines_and_cannot_say_that_support_was_offered() -> None:
    with acting("nadia") as by:
        support = actions.begin_support(by, known_at=ago(hours=1), by=by)
        with pytest.raises(Refused):
            actions.offer_support(support, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Support.objects.filter(pk=support.pk).update(offered_at=now(), offered_by=by)
        actions.decline_support(Support.objects.get(pk=support.pk), by=by)
    with acting("sara") as by:
        assert not list(feeds.cards(by))


# ---- the right to stop ---------------------------------------------------------------------------------------------


def paused() -> Pause:
    with acting("nadia") as by:
        return actions.pause(Case.objects.get(pk=named("civil_case")), by=by)


@pytest.mark.requirement("C6.5")
def test_a_worker_stops_without_a_reason_and_the_person_is_offered_another() -> None:
    assert not [one for one in Pause._meta.get_fields() if isinstance(one, models.CharField | models.TextField)]
    assigned_long_ago()
    reason("supervision")
    pause = paused()
    with acting("nadia") as by:
        assert refuse_session_now(link(), worker=by, by=by) == rules.in_words("session_is_not_of_a_paused_worker")
        assert Assignment.objects.filter(membership=by, ends_at=None).exists()  # nothing is taken away
    with acting("cora") as by:
        (card,) = feeds.cards(by)
        assert card.due == Pause.objects.get().offer_due
        with pytest.raises(Refused):
            actions.resume(Pause.objects.get(), by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Pause.objects.update(ends_at=now())
        actions.offer_other(Pause.objects.get(), other=member("max"), by=by)
        assert not list(feeds.cards(by))
    for name in ("pat", "helen", "cass", "max", "sara", "omar"):
        with acting(name, level=2):
            assert not Pause.objects.exists(), name
    assert visit("nadia", f"/protection/pause/{pause.pk}/resume/", {}).status_code == 302
    with acting("nadia") as by:
        assert refuse_session_now(link(), worker=by, by=by) is None


def test_nobody_pauses_for_another_or_what_they_do_not_work_on() -> None:
    with acting("max") as by, pytest.raises(DatabaseError), transaction.atomic():
        Pause.objects.create(owner_id=LANTERN, worker=by, case_id=named("civil_case"))
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Pause.objects.create(owner_id=LANTERN, worker_id=named("nadia"), case_id=named("civil_case"))


def test_the_pages_of_a_lead_and_of_a_worker() -> None:
    supervised()
    pages: dict[str, Any] = {
        "/protection/workers/": "sara", "/protection/terms/": "sara", "/protection/support/": "nadia",
        f"/protection/workers/{named('nadia')}/supervisor/": "cora",
        f"/protection/workers/{named('nadia')}/attended/": "sven",
        f"/protection/workers/{named('nadia')}/reason/": "cora", "/protection/pause/": "nadia",
    }  # fmt: skip
    for address, name in pages.items():
        assert visit(name, address).status_code == 200, address
