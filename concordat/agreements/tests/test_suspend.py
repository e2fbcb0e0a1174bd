"""Suspending, lifting and ending: on which ground, for how long, by whom; and that access closes in the same second."""

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils.timezone import now

from concordat.agreements import actions, rules
from concordat.agreements.models import Agreement, Ending, Ground, Suspension, Version
from concordat.agreements.status import Standing, status, with_everything
from concordat.cases.models import Case, DateRecord, Placement, SummaryRecord
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.sharing.models import SafetyBriefing

from . import ready

pytestmark = pytest.mark.django_db

KINDS = ["framework", "protocol", "terms"]


def counts() -> tuple[int, ...]:
    """Count what the mentor can read: records of the prison service, and what her own organisation owns."""
    with acting("nadia"):
        theirs = [
            Case.objects.filter(owner=PRISON),
            SummaryRecord.objects.all(),
            Placement.objects.all(),
            SafetyBriefing.objects.all(),
        ]
        own = [Case.objects.filter(owner=LANTERN), DateRecord.objects.filter(owner=LANTERN)]
        return tuple(one.count() for one in (*theirs, *own))


def suspend(name: str, *, by: str = "helen", ground: str = "safety", days: int = 7) -> Suspension:
    with acting(by, level=2) as who:
        return actions.suspend(ready.agreed(name), ground=ground, explanation="A burst pipe", days=days, by=who)


OPEN, CLOSED = (1, 3, 1, 1, 1, 1), (0, 0, 0, 0, 1, 1)


@pytest.mark.requirement("MOU-25", "ISP-24")
@pytest.mark.parametrize("by", ["helen", "ruth"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_mentor_sees_nothing_of_others_from_the_same_second_on(kind: str, by: str) -> None:
    assert counts() == OPEN
    made = suspend(kind, by=by)
    assert counts() == CLOSED
    with acting(by, level=2) as who:
        actions.lift(made, by=who)
    assert counts() == OPEN


@pytest.mark.requirement("MOU-25", "ISP-24")
@pytest.mark.parametrize("kind", KINDS)
def test_an_end_closes_in_the_same_second(kind: str) -> None:
    assert counts() == OPEN
    with acting("ruth", level=2) as by:
        actions.end(ready.agreed(kind), reason="The money is gone", by=by)
    assert counts() == CLOSED


@pytest.mark.requirement("MOU-25")
@pytest.mark.parametrize("kind", KINDS)
def test_a_suspension_lapses_by_itself(kind: str) -> None:
    """Nobody does anything: its end is simply over."""
    start = now() - timedelta(days=3)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named(kind), organisation_id=PRISON, ground="safety", explanation="Danger", starts_at=start,
            ends_at=now() + timedelta(milliseconds=400), created_by=by,
        )  # fmt: skip
    assert counts() == CLOSED
    time.sleep(0.5)
    assert counts() == OPEN


@pytest.mark.requirement("CLK-27", "ISP-24")
@pytest.mark.parametrize("kind", KINDS)
def test_the_last_day_passes_and_nobody_does_anything(kind: str) -> None:
    with acting("helen") as by:
        version = actions.new_version(ready.agreed(kind), by=by)
        version.ends_at = now() + timedelta(seconds=1)
        version.save(update_fields=["ends_at"])
        ready.freeze(version, by)
    ready.sign(version, "helen", "ruth")
    assert counts() == OPEN
    time.sleep((version.ends_at - now()).total_seconds() + 0.05)
    assert counts() == CLOSED
    with acting("nadia"):
        assert status(with_everything().get(pk=named(kind))).standing == Standing.LAPSED


@pytest.mark.parametrize("ground", ["dispute", "criticism", "", "publication"])
def test_only_a_listed_ground_suspends(ground: str) -> None:
    with pytest.raises(Refused, match="not among the grounds"):
        suspend("terms", ground=ground)


def test_the_database_knows_only_listed_grounds() -> None:
    with (
        acting("helen", level=2) as by,
        pytest.raises(IntegrityError, match="suspension_ground_is_listed"),
        transaction.atomic(),
    ):
        Suspension.objects.create(
            agreement_id=named("terms"), organisation_id=PRISON, ground="critic", explanation="They wrote about us",
            ends_at=now() + timedelta(days=1), created_by=by,
        )  # fmt: skip


@pytest.mark.requirement("MOU-25")
@pytest.mark.parametrize("days", [0, -1, 15, 400])
def test_a_suspension_is_not_longer_than_fourteen_days(days: int) -> None:
    with pytest.raises(Refused, match="1 to 14 days"):
        suspend("terms", days=days)


@pytest.mark.requirement("MOU-25")
def test_the_database_knows_the_longest_length() -> None:
    with acting("helen", level=2) as by, pytest.raises(IntegrityError, match="suspension_lapses"), transaction.atomic():
        Suspension.objects.create(
            agreement_id=named("terms"), organisation_id=PRISON, ground="safety", explanation="Danger",
            ends_at=now() + timedelta(days=15), created_by=by,
        )  # fmt: skip


def test_two_suspensions_do_not_run_at_once() -> None:
    suspend("terms", by="ruth")
    with pytest.raises(Refused, match="already suspended by Lantern Mentoring"):
        suspend("terms")


@pytest.mark.requirement("MOU-25")
def test_a_suspension_does_not_start_anew_to_run_on() -> None:
    """Within four weeks the days are added up, whoever suspends; a court's order does not count."""
    made = suspend("terms", days=14)
    with acting("helen", level=2) as by:
        actions.lift(made, by=by)
    start = now() - timedelta(days=14)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("terms"), organisation_id=PRISON, ground="safety", explanation="Danger", starts_at=start,
            ends_at=start + timedelta(days=9, hours=1), created_by=by,
        )  # fmt: skip
    with pytest.raises(Refused, match="10 are used up; 4 are left"):
        suspend("terms", days=5, by="ruth")
    assert suspend("terms", days=5, ground="law").ground == "law"


def test_all_days_used_up_leave_none() -> None:
    start = now() - timedelta(days=14, hours=1)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("terms"), organisation_id=PRISON, ground="data", explanation="A leak", starts_at=start,
            ends_at=start + timedelta(days=14), created_by=by,
        )  # fmt: skip
    with pytest.raises(Refused, match=r"All 14 days.*used up"):
        suspend("terms", days=1)


@pytest.mark.parametrize(("by", "hint"), [("pat", "Helen Marsh"), ("nadia", "Ruth Okar"), ("cora", "Ruth Okar")])
def test_only_signatories_suspend_and_end(by: str, hint: str) -> None:
    with pytest.raises(Refused, match=hint):
        suspend("terms", by=by)
    with acting(by, level=2) as who, pytest.raises(Refused, match=hint):
        actions.end(ready.agreed("terms"), reason="Enough", by=who)


def test_a_stranger_cannot_even_name_it() -> None:
    with acting("helen"):
        terms = ready.agreed("terms")
    with acting("otto", level=2) as by, pytest.raises(Refused, match="Only the parties"):
        actions.suspend(terms, ground="safety", explanation="x", days=1, by=by)


def test_weighty_acts_need_the_second_factor() -> None:
    made = suspend("protocol")
    with acting("helen", level=1) as by:
        with pytest.raises(Refused, match="second factor"):
            actions.suspend(ready.agreed("terms"), ground="safety", explanation="x", days=1, by=by)
        with pytest.raises(Refused, match="second factor"):
            actions.end(ready.agreed("terms"), reason="x", by=by)
        with pytest.raises(Refused, match="second factor"):
            actions.lift(made, by=by)


def test_the_database_asks_for_the_second_factor_too() -> None:
    with acting("helen", level=1) as by:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Ending.objects.create(agreement_id=named("terms"), organisation_id=PRISON, reason="x", created_by=by)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Suspension.objects.create(
                agreement_id=named("terms"), organisation_id=PRISON, ground="safety", explanation="x",
                ends_at=now() + timedelta(days=1), created_by=by,
            )  # fmt: skip


def test_an_explanation_and_a_reason_are_given() -> None:
    with acting("helen", level=2) as by:
        with pytest.raises(Refused, match="what has happened"):
            actions.suspend(ready.agreed("terms"), ground="safety", explanation=" ", days=1, by=by)
        with pytest.raises(Refused, match="Give the reason"):
            actions.end(ready.agreed("terms"), reason=" ", by=by)


def test_only_the_party_that_suspended_lifts_and_only_once() -> None:
    made = suspend("terms", by="ruth")
    with acting("helen", level=2) as by, pytest.raises(Refused, match="Only Lantern Mentoring"):
        actions.lift(made, by=by)
    with acting("ruth", level=2) as by:
        lifted = actions.lift(made, by=by)
        with pytest.raises(Refused, match="already lifted"):
            actions.lift(made, by=by)
        assert lifted.lifted_by == by


def test_what_is_not_in_force_is_not_suspended() -> None:
    version = ready.proposed_framework()
    with acting("helen", level=2) as by, pytest.raises(Refused, match="not in force"):
        actions.suspend(version.agreement, ground="safety", explanation="x", days=1, by=by)


def test_it_ends_once() -> None:
    with acting("helen", level=2) as by:
        actions.end(ready.agreed("terms"), reason="x", by=by)
        with pytest.raises(Refused, match="already ended"):
            actions.end(ready.agreed("terms"), reason="x", by=by)
        assert "has ended" in (rules.refuse_suspend(by, with_everything().get(pk=named("terms"))) or "")
        assert "was ended" in (rules.refuse_new_version(by, with_everything().get(pk=named("terms"))) or "")


def test_nothing_that_nobody_signed_is_ended() -> None:
    version = ready.proposed_framework()
    with acting("helen", level=2) as by, pytest.raises(Refused, match="never in force"):
        actions.end(version.agreement, reason="x", by=by)


# ---- what is agreed about it ---------------------------------------------------------------------------------------


def in_force(**answers: object) -> Version:
    """Sign a framework with other answers in the clause on suspending and ending."""
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
        ready.answer(version, "MOU-25", by, **answers)
        actions.propose(version, by=by)
    ready.sign(version, "helen", "ruth")
    return version


@pytest.mark.requirement("MOU-25")
def test_the_agreed_length_and_grounds_hold() -> None:
    agreement = in_force(max_days=3, grounds=["safety"]).agreement
    with acting("helen", level=2) as by:
        with pytest.raises(Refused, match="1 to 3 days"):
            actions.suspend(agreement, ground="safety", explanation="x", days=4, by=by)
        with pytest.raises(Refused, match="not among the grounds"):
            actions.suspend(agreement, ground="data", explanation="x", days=1, by=by)
        with pytest.raises(Refused, match="only on a ground"):
            actions.end(agreement, reason="x", ground="data", by=by)
        assert actions.suspend(agreement, ground="safety", explanation="x", days=3, by=by).ends_at > now()


@pytest.mark.requirement("MOU-25")
def test_ending_keeps_the_agreed_notice() -> None:
    agreement = in_force(notice_days=10).agreement
    with acting("ruth", level=2) as by:
        ending = actions.end(agreement, reason="We stop", by=by)
        assert timedelta(days=10) < ending.at - now() <= timedelta(days=11)
        found = with_everything().get(pk=agreement.pk)
        assert status(found).standing == Standing.FORCE
        assert status(found).until == ending.at
        assert status(found, ending.at).standing == Standing.ENDED


@pytest.mark.requirement("MOU-25")
def test_on_a_listed_ground_it_ends_at_once() -> None:
    agreement = in_force(notice_days=10).agreement
    with acting("ruth", level=2) as by:
        actions.end(agreement, reason="The law has changed", ground="law", by=by)
        assert status(with_everything().get(pk=agreement.pk)).standing == Standing.ENDED


def test_both_parties_read_the_line_and_nobody_its_words() -> None:
    made = suspend("terms")
    for name in ("pat", "cora"):
        with acting(name):
            found = Subject.objects.get(entry__what="agreement.suspended")
            assert found.detail == {
                "agreement": str(named("terms")),
                "ground": "safety",
                "days": 7,
                "suspension": str(made.pk),
            }


def test_the_agreement_stays_readable_for_its_parties() -> None:
    suspend("framework")
    with acting("nadia"):
        assert Agreement.objects.filter(pk=named("terms")).exists()


@pytest.mark.requirement("MOU-22")
def test_a_disagreement_suspends_nothing() -> None:
    assert "dispute" not in Ground.values
    with pytest.raises(Refused, match="grounds"):
        suspend("protocol", ground="dispute")
    with acting("helen", level=2) as by, pytest.raises(IntegrityError, match="suspension_ground_is_listed"):
        Suspension.objects.create(
            agreement=ready.agreed("protocol"), organisation_id=PRISON, ground="dispute", explanation="We disagree",
            ends_at=now() + timedelta(days=3), created_by=by,
        )  # fmt: skip
    assert counts() == OPEN


@pytest.mark.requirement("GC.5")
def test_each_decision_about_an_agreement_stays_on_record_with_who_took_it() -> None:
    made = suspend("protocol", by="ruth")
    with acting("ruth", level=2) as by:
        actions.lift(made, by=by)
        actions.end(ready.agreed("terms"), reason="No funds", by=by)
    with acting("pat"):  # somebody of the other party, in its own log
        lines = Subject.objects.filter(entry__membership=named("ruth")).values_list("entry__what", flat=True)
        assert {"agreement.suspended", "agreement.suspension_lifted", "agreement.ended"} <= set(lines)
