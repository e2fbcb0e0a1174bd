"""Cover for an absence: a fit colleague, for these days, and it ends by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from concordat.cases.actions import Covered, cover, declare_conflict, end_absence
from concordat.cases.models import Absence, Assignment, Case
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import FAMILIES, LANTERN, acting, named
from concordat.people.models import Membership
from concordat.referrals.asking.outside import asked_of_workers
from concordat.referrals.asking.tests.making import database_refuses

from .test_assign import clear, train

pytestmark = pytest.mark.django_db


def away(
    worker: str = "nadia", instead: str = "max", *, starts: date | None = None, days: int = 7, by: str = "cora"
) -> Covered:
    first = starts or localdate()
    with acting(by) as who:
        one, other = (
            Membership.objects.select_related("organisation").get(pk=named(name)) for name in (worker, instead)
        )
        return cover(
            one, cover=other, starts_on=first, ends_on=first + timedelta(days=days), asked=asked_of_workers, by=who
        )


def make_fit(worker: str = "max") -> None:
    clear(worker)
    train(worker, "induction", "mentoring")


def sees(worker: str) -> int:
    with acting(worker):
        return Case.objects.filter(pk__in=[named("civil_case"), named("case")]).count()


def shift(hours: int) -> None:
    """Have the absence begun and ended earlier, past what the application may change."""
    with acting("cora"):
        for one in Assignment.objects.filter(absence__isnull=False):
            assert one.ends_at
            one.ends_at -= timedelta(hours=hours)
            one.save(update_fields=["ends_at"])


def test_a_fit_colleague_gets_the_cases_for_these_days_and_then_no_more() -> None:
    make_fit()
    assert sees("max") == 0
    away(days=0)
    assert sees("max") == 2
    with acting("cora"):
        made = Assignment.objects.get(membership_id=named("max"))
        assert made.ends_at
        assert localdate(made.ends_at) == localdate() + timedelta(days=1)
    shift(hours=25)
    assert sees("max") == 0  # nothing had to run for that
    assert sees("nadia") == 2


@pytest.mark.requirement("C6.3", "C6.4", "ISP-19")
@pytest.mark.parametrize("lacks", ["clearance", "training", "conflict"])
def test_who_is_not_fit_covers_nothing(lacks: str) -> None:
    if lacks != "clearance":
        clear("max")
    if lacks != "training":
        train("max", "induction", "mentoring")
    if lacks == "conflict":
        with acting("cora") as by:
            max_ = Membership.objects.get(pk=named("max"))
            declare_conflict(Case.objects.get(pk=named("civil_case")), worker=max_, by=by)
    words = {"clearance": "not cleared", "training": "has not done the course", "conflict": "conflict of interest"}
    with pytest.raises(Refused, match=words[lacks]):
        away()
    with acting("cora"):
        assert not Absence.objects.exists()
    constraint = {"clearance": "cleared", "training": "trained", "conflict": "without_conflict"}[lacks]
    with database_refuses(f"worker_is_{constraint}" if lacks != "conflict" else "worker_without_conflict"):
        insert_for_a_week("max")


def insert_for_a_week(worker: str) -> None:
    """Assign for some days past the rules, as the application role."""
    with acting("cora") as by:
        Assignment.objects.create(
            case_id=named("civil_case"), owner_id=LANTERN, membership_id=named(worker), activity="custody",
            created_by=by, ends_at=now() + timedelta(days=7),
        )  # fmt: skip


def test_before_the_first_day_nothing_is_open() -> None:
    make_fit()
    away(starts=localdate() + timedelta(days=2))
    assert sees("max") == 0


def test_back_early_ends_the_cover_at_once() -> None:
    make_fit()
    done = away()
    with acting("cora") as by:
        end_absence(Absence.objects.get(pk=done.absence.pk), by=by)
    assert sees("max") == 0
    with acting("cora") as by, pytest.raises(Refused, match="over already"):
        end_absence(Absence.objects.get(pk=done.absence.pk), by=by)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"instead": "nadia"}, "Nobody covers for themselves"),
        ({"starts": localdate() - timedelta(days=1)}, "begins today at the earliest"),
        ({"days": -1}, "before the first"),
        ({"days": 400}, "longer than a year"),
        ({"by": "ruth"}, "A coordinator or programme manager"),
    ],
)
def test_what_is_refused(asked: dict[str, Any], words: str) -> None:
    make_fit()
    with pytest.raises(Refused, match=words):
        away(**asked)


def test_two_absences_of_one_worker_do_not_overlap() -> None:
    make_fit()
    away()
    with pytest.raises(Refused, match="already away"):
        away(starts=localdate() + timedelta(days=3))


def test_nobody_of_another_organisation_covers() -> None:
    faye = Membership(pk=named("faye"), user_id=named("user:faye"), organisation_id=FAMILIES, roles=["facilitator"])
    with acting("cora") as by:
        nadia, day = Membership.objects.get(pk=named("nadia")), localdate()
        with pytest.raises(Refused, match="does not work on cases for your organisation"):
            cover(nadia, cover=faye, starts_on=day, ends_on=day, asked=asked_of_workers, by=by)


def test_the_page_arranges_cover_and_lists_it() -> None:
    make_fit()
    page = visit("cora", "/referrals/absences/cover/", typed())
    assert page.status_code == 302
    listed = visit("cora", "/referrals/absences/").content.decode()
    assert "Nadia Brandt" in listed
    assert "7Q" in listed


def typed() -> dict[str, object]:
    days = {"starts_on": str(localdate()), "ends_on": str(localdate() + timedelta(days=3))}
    return {"worker": str(named("nadia")), "cover": str(named("max")), **days}


def test_the_mentor_sees_no_absence_of_others_and_arranges_none() -> None:
    make_fit()
    away(worker="nadia")
    with acting("faye"):
        assert not Absence.objects.exists()
    with acting("max"):
        assert Absence.objects.count() == 1  # their own part in it
    page = visit("nadia", "/referrals/absences/cover/", typed())
    assert page.status_code == 422
    assert "A coordinator or programme manager" in page.content.decode()
