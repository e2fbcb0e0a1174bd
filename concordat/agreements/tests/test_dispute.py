"""A disagreement: raised by either party, nothing changes by it, and the steps that were agreed are shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from concordat.agreements import actions, disputes
from concordat.agreements.models import Dispute, Ground, Suspension
from concordat.cases.models import SummaryRecord
from concordat.core.days import add_working_days
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.core.wording import plain_day
from concordat.demo.world import LANTERN, acting, named
from concordat.ledger.models import Subject

from . import ready

pytestmark = pytest.mark.django_db
ABOUT = "Room 4 was not given as agreed"


def raise_it(name: str = "ruth", agreement: str = "terms") -> Dispute:
    with acting(name) as by:
        return actions.dispute(ready.agreed(agreement), about=ABOUT, by=by)


def suspend(ground: str, agreement: str = "terms") -> Suspension:
    with acting("helen", level=2) as by:
        return actions.suspend(ready.agreed(agreement), ground=ground, explanation="A reason", days=3, by=by)


def page_of(name: str, agreement: str = "terms") -> str:
    answer = signed_in(name).get(reverse("agreements:detail", args=[named(agreement)]))
    return " ".join(answer.content.decode().split())


def readable() -> int:
    with acting("nadia"):
        return SummaryRecord.objects.count()


@pytest.mark.requirement("MOU-22")
@pytest.mark.parametrize("name", ["helen", "ruth"])
def test_either_party_raises_it_and_nothing_changes(name: str) -> None:
    before = readable()
    raise_it(name)
    assert readable() == before > 0
    for reader in ("helen", "ruth"):
        page = page_of(reader)
        assert f"“{ABOUT}” Everything stays as it is." in page
        assert "In force" in page
    with acting("otto"):
        assert not Dispute.objects.exists()


@pytest.mark.requirement("MOU-22")
@pytest.mark.parametrize(("ground", "stands"), [("safety", True), ("law", True), ("breach", False), ("data", False)])
@pytest.mark.parametrize("other", ["terms", "framework", "protocol"])
def test_nobody_suspends_because_of_it_unless_somebody_is_in_danger(ground: str, other: str, *, stands: bool) -> None:
    """Whichever of the parties' agreements under one framework it is about; the database says so too."""
    raise_it(agreement=other)
    if stands:
        assert suspend(ground).ground == ground
        return
    with pytest.raises(Refused, match="everything stays as it is"):
        suspend(ground)
    row: dict[str, Any] = {"explanation": "x", "starts_at": now(), "ends_at": now() + timedelta(days=1)}
    refused = pytest.raises(IntegrityError, match="status quo")
    with acting("helen", level=2) as by, refused, transaction.atomic():
        Suspension.objects.create(
            agreement_id=named("terms"), organisation_id=1, ground=Ground(ground), created_by=by, **row
        )


def test_once_it_is_settled_the_grounds_are_what_they_were() -> None:
    one = raise_it()
    with acting("ruth") as by:
        actions.settle(one, outcome="Room 4 from Monday on", by=by)
    assert suspend("breach").ground == "breach"
    assert "Settled on" in page_of("helen")
    assert "“Room 4 from Monday on”" in page_of("helen")


def test_the_ladder_counts_working_days_of_the_framework() -> None:
    one = raise_it()
    steps = disputes.ladder(one)
    today = localdate(one.raised_at)
    assert steps.workers == add_working_days(today, 10)
    assert steps.directors == add_working_days(steps.workers, 10)
    assert steps.arbiter == add_working_days(steps.directors, 20)
    assert plain_day(steps.arbiter) in page_of("helen")


def test_the_ladder_is_the_one_that_was_agreed() -> None:
    with acting("helen") as by:
        frame = ready.framework(by, other=LANTERN)
        ready.answer(frame, "MOU-22", by, first_days=3, second_days=4, arbiter_days=5, arbiter="The ombudsman")
        actions.propose(frame, by=by)
    ready.sign(frame, "helen", "ruth")
    with acting("ruth") as by:
        one = actions.dispute(type(frame.agreement).objects.get(pk=frame.agreement_id), about=ABOUT, by=by)
        steps = disputes.ladder(one)
    assert (steps.workers, steps.name) == (add_working_days(localdate(one.raised_at), 3), "The ombudsman")
    assert steps.arbiter == add_working_days(localdate(one.raised_at), 12)


def test_who_raised_it_settles_it_once() -> None:
    one = raise_it()
    with acting("helen") as by, pytest.raises(Refused, match="Only Lantern Mentoring"):
        actions.settle(one, outcome="Done", by=by)
    with acting("helen"):
        assert Dispute.objects.filter(pk=one.pk).update(outcome="x", settled_at=now(), settled_by=named("helen")) == 0
    with acting("ruth") as by:
        actions.settle(one, outcome="Done", by=by)
        with pytest.raises(Refused, match="already settled"):
            actions.settle(one, outcome="Again", by=by)
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            Dispute.objects.filter(pk=one.pk).update(outcome="Again")


def test_one_at_a_time_and_not_by_everybody() -> None:
    raise_it()
    with pytest.raises(Refused, match="already open"):
        raise_it("helen")
    with pytest.raises(Refused, match="raised by"):
        raise_it("pat", "protocol")
    with acting("cora") as by, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Dispute.objects.create(agreement_id=named("protocol"), organisation_id=LANTERN, about=ABOUT, raised_by=by)


def test_through_the_pages() -> None:
    sent = signed_in("ruth").post(reverse("agreements:dispute", args=[named("terms")]), {"about": ABOUT})
    assert sent.status_code == 302
    with acting("ruth"):
        one = Dispute.objects.get()
    there = reverse("agreements:settle", args=[named("terms"), one.pk])
    assert there in page_of("ruth")
    assert there not in page_of("helen")
    assert signed_in("helen").get(there).status_code == 422
    assert signed_in("otto").get(there).status_code == 404
    assert signed_in("ruth").post(there, {"outcome": "Agreed"}).status_code == 302
    with acting("cora"):
        assert Subject.objects.filter(entry__what__startswith="agreement.dispute").count() == 2
