"""What a person asks under their rights reaches the records of a service: not used, and their words beside."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from concordat.casefile import effects
from concordat.casefile.beside import Beside
from concordat.cases import actions
from concordat.cases.models import Case, Disagreement, UseStop
from concordat.core.testing.machines import machine_of
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, acting, named
from concordat.people.models import Scope
from concordat.referrals.delivery.tests import ready
from concordat.referrals.models import GoalSet, HeadingNote, Referral, Review, Session
from concordat.sharing.models import SafetyBriefing

pytestmark = pytest.mark.django_db
CASE, OURS = named("case"), named("civil_case")
TOLD = {"outcome": "granted", "answer": "Done.", "told": "On paper", "complain_to": "The ombudsman"}
WORDS: dict[str, Any] = {"words": "I never agreed to that.", "written_in": "en", "said_on": localdate()}


def stop(by: str, case: Any, *what: str) -> None:  # noqa: ANN401 - a number of a case
    with acting(by) as who:
        asked = actions.record_request(
            Case.objects.get(pk=case), right="restrict", words="x", route="x", asked_on=localdate(), by=who
        )
        actions.answer_request(asked, **TOLD, stopped=what, by=who)


def seen(name: str, kind: Any) -> int:  # noqa: ANN401 - a model
    with acting(name):
        return int(kind.objects.count())


@pytest.mark.requirement("ISP-18")
def test_goals_and_reviews_that_are_no_longer_used_are_not_there_but_for_those_who_answer() -> None:
    ready.review()
    assert seen("nadia", GoalSet) == seen("pat", GoalSet) == 1
    stop("cora", OURS, "19")
    for kind in (GoalSet, Review):
        assert [seen(name, kind) for name in ("cora", "nadia", "pat")] == [1, 0, 0], kind
    assert "No longer used" in visit("cora", f"/cases/{OURS}/plan/").content.decode()
    assert "No longer used" not in visit("nadia", f"/cases/{OURS}/plan/").content.decode()


@pytest.mark.requirement("ISP-18")
def test_a_session_takes_its_notes_with_it() -> None:
    ready.assigned_long_ago()
    made = ready.record()
    notes = seen("nadia", HeadingNote)
    stop("cora", OURS, f"referrals_session:{made.pk}")
    assert (seen("cora", Session), seen("nadia", Session)) == (1, 0)
    with acting("nadia"):
        assert not HeadingNote.objects.filter(session=made).exists()
    assert seen("nadia", HeadingNote) <= notes
    assert "No longer used" in visit("cora", f"/cases/{OURS}/sessions/").content.decode()


@pytest.mark.requirement("ISP-18")
def test_a_referral_is_gone_for_its_receiver_too_and_comes_back() -> None:
    assert seen("cora", Referral) == 1
    with acting("pat") as by:
        offered = dict(effects.stoppable(Beside(Case.objects.get(pk=CASE), by, "intervention")))
    assert offered[f"referrals_referral:{named('referral')}"] == "The referral RF-1001"
    stop("pat", CASE, f"referrals_referral:{named('referral')}")
    assert (seen("pat", Referral), seen("cora", Referral), seen("nadia", Referral)) == (1, 0, 0)
    with acting("pat") as by:
        actions.end_effect(UseStop.objects.get(), why_ended="x", told="x", by=by)
    assert seen("cora", Referral) == 1


def test_what_everybody_needs_is_not_stopped_by_itself_either() -> None:
    with acting("pat") as by:
        asked = actions.record_request(
            Case.objects.get(pk=CASE), right="restrict", words="x", route="x", asked_on=localdate(), by=by
        )
        briefing = {"kind": "sharing_safetybriefing", "record": named("briefing")}
        with pytest.raises(DatabaseError), transaction.atomic():
            UseStop.objects.create(owner_id=by.organisation_id, case_id=CASE, request=asked, created_by=by, **briefing)


@pytest.mark.requirement("ISP-18")
@pytest.mark.parametrize(
    ("by", "kind", "name"),
    [("pat", Referral, "referral"), ("cora", GoalSet, "goals"), ("pat", SafetyBriefing, "briefing")],
)
def test_the_persons_words_stand_beside_it_for_whoever_reads_it(by: str, kind: Any, name: str) -> None:  # noqa: ANN401
    with acting(by) as who:
        actions.disagree(kind.objects.get(pk=named(name)), **WORDS, by=who)
    for reader in ("pat", "cora", "nadia", "max", "adam", "otto"):
        assert seen(reader, Disagreement) == seen(reader, kind), reader


def test_the_words_stand_on_the_pages_and_before_what_a_machine_gets() -> None:
    ready.assigned_long_ago()
    review, session = ready.review(), ready.record()
    with acting("cora") as by:
        for row in (GoalSet.objects.get(), Review.objects.get(pk=review.pk), Session.objects.get(pk=session.pk)):
            actions.disagree(row, **WORDS, by=by)
    with acting("pat") as by:
        for other in (Referral.objects.get(), SafetyBriefing.objects.get()):
            actions.disagree(other, **WORDS, by=by)
    pages = {
        f"/cases/{OURS}/plan/": 2, f"/cases/{OURS}/sessions/": 1, f"/delivery/reviews/{review.pk}/": 1,
    }  # fmt: skip
    for address, count in pages.items():
        assert visit("nadia", address).content.decode().count(WORDS["words"]) == count, address
    assert WORDS["words"] in visit("cora", f"/referrals/{named('referral')}/").content.decode()
    assert WORDS["words"] in visit("pat", f"/cases/{CASE}/plan/").content.decode()
    machine = machine_of("nadia", Scope.CASES)
    for address in (f"/reviews/{review.pk}", f"/sessions/{session.pk}"):
        assert [one["words"] for one in machine.get(address).json()["disagreements"]] == [WORDS["words"]]
    goals = machine.get(f"/links/{named('link')}/goals").json()["items"]
    assert [one["words"] for one in goals[0]["disagreements"]] == [WORDS["words"]]


def test_an_officer_enters_them_on_the_page() -> None:
    address = f"/cases/{OURS}/disagree/goalset/{named('goals')}/"
    assert address in visit("nadia", f"/cases/{OURS}/plan/").content.decode()
    assert "The goals, version 1" in visit("nadia", address).content.decode()
    day = localdate()
    typed = {
        "words": "No.",
        "written_in": "en",
        "said_on_day": day.day,
        "said_on_month": day.month,
        "said_on_year": day.year,
    }
    assert visit("nadia", address, typed).status_code == 302
    assert visit("pat", f"/cases/{CASE}/disagree/safetybriefing/{named('briefing')}/", typed).status_code == 302
    with acting("nadia"):
        assert Disagreement.objects.filter(owner=LANTERN).count() == 1
