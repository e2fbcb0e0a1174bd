"""Talking about clauses: seen from the moment something is sent, never written over, signing nothing."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from concordat.agreements import actions, feeds
from concordat.agreements.models import Agreement, Reply, Signature, Suggestion, Version
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting
from concordat.ledger.models import Subject

from . import ready

pytestmark = pytest.mark.django_db

CODE = "MOU-9"
WORDS = "Both sides learn from each other, twice a year."
WHY = "Once a year is too little"


@pytest.fixture
def proposed() -> Version:
    return ready.proposed_framework()


def suggest(version: Version, name: str, wording: str = WORDS, code: str = CODE) -> Suggestion:
    with acting(name) as by:
        held = version.clauses.filter(code=code).first()
        answers = held.parameters if held else {}
        return actions.suggest(version, code=code, wording=wording, parameters=answers, comment=WHY, by=by)


def answer(one: Suggestion, name: str, *, accepted: bool = True, comment: str = "") -> Reply:
    with acting(name) as by:
        return actions.reply(one, accepted=accepted, comment=comment, by=by)


def address(view: str, version: Version, *more: object) -> str:
    return reverse(f"agreements:{view}", args=[version.agreement_id, version.number, *more])


def text(answer: Any) -> str:  # noqa: ANN401 - what the test client gives
    return " ".join(answer.content.decode().split())


# ---- seen from the moment it is sent -------------------------------------------------------------------------------


def test_both_parties_read_a_proposal_from_the_moment_it_is_sent_and_not_before(proposed: Version) -> None:
    browser = signed_in("ruth")
    kept = browser.post(address("suggest", proposed, CODE), {"wording": WORDS, "comment": WHY, "draft-keep": "1"})
    assert kept.status_code == 302
    assert WORDS not in text(signed_in("helen").get(address("talks", proposed))), "kept is not sent"
    browser.post(address("suggest", proposed, CODE), {"wording": WORDS, "comment": WHY})
    for name in ("helen", "ruth", "pat"):
        page = text(signed_in(name).get(address("talks", proposed)))
        assert "twice a year.</ins>" in page
        assert "Proposed by Lantern Mentoring" in page
        assert f"“{WHY}”" in page
        assert "Waits for Prison Service" in page


def test_nobody_else_reads_it(proposed: Version) -> None:
    suggest(proposed, "ruth")
    with acting("otto"):
        assert not Suggestion.objects.exists()
    assert signed_in("otto").get(address("talks", proposed)).status_code == 404


def test_a_draft_is_not_talked_about_and_stays_hidden() -> None:
    with acting("helen") as by:
        draft = ready.framework(by, other=LANTERN)
    assert signed_in("helen").get(address("talks", draft)).status_code == 404
    with acting("helen") as by, pytest.raises(Refused, match="proposed first"):
        actions.suggest(draft, code=CODE, wording=WORDS, parameters={}, comment=WHY, by=by)
    for view in ("talks", "suggest"):
        more = [CODE] if view == "suggest" else []
        assert signed_in("ruth").get(address(view, draft, *more)).status_code == 404


# ---- nothing is written over ---------------------------------------------------------------------------------------


def test_a_counter_proposal_is_a_row_of_its_own(proposed: Version) -> None:
    first = suggest(proposed, "ruth")
    second = suggest(proposed, "helen", "Both sides learn from each other, every spring.")
    assert second.counters_id == first.pk
    page = text(signed_in("ruth").get(address("talks", proposed)))
    assert "twice a year" in page
    assert "every spring" in page
    assert "Met with another proposal" in page
    with acting("helen") as by, pytest.raises(Refused, match="newer proposal"):
        actions.reply(Suggestion.objects.get(pk=first.pk), accepted=True, by=by)


@pytest.mark.parametrize("what", ["suggestion", "reply"])
def test_what_was_sent_does_not_change(proposed: Version, what: str) -> None:
    one = suggest(proposed, "ruth")
    answer(one, "helen")
    rows = {"suggestion": Suggestion.objects, "reply": Reply.objects}[what]
    for name in ("ruth", "helen"):
        with acting(name), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.update(comment="Another")


def test_ones_own_proposal_waits_for_the_other_party(proposed: Version) -> None:
    one = suggest(proposed, "ruth")
    with pytest.raises(Refused, match="waits for the other party"):
        suggest(proposed, "ruth", "Thrice")
    with pytest.raises(Refused, match="The other party answers"):
        answer(one, "ruth")
    with acting("ruth") as by, pytest.raises(IntegrityError, match="other party"), transaction.atomic():
        Reply.objects.create(suggestion=one, accepted=True, organisation_id=LANTERN, created_by=by)


@pytest.mark.parametrize("organisation", [PRISON, LANTERN])
def test_nobody_answers_for_the_other_party(proposed: Version, organisation: int) -> None:
    """The policies refuse it too, whatever the application thinks."""
    one = suggest(proposed, "ruth")
    name = "ruth" if organisation == PRISON else "helen"
    with acting(name) as by, pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Reply.objects.create(suggestion=one, accepted=True, organisation_id=organisation, created_by=by)


def test_a_no_says_why(proposed: Version) -> None:
    one = suggest(proposed, "ruth")
    with pytest.raises(Refused, match="Say why not"):
        answer(one, "helen", accepted=False)
    sent = signed_in("helen").post(address("reply", proposed, one.pk), {"answer": "leave", "comment": ""})
    assert sent.status_code == 422
    sent = signed_in("helen").post(address("reply", proposed, one.pk), {"answer": "leave", "comment": "No money"})
    assert sent.status_code == 302
    page = text(signed_in("ruth").get(address("talks", proposed)))
    assert "Not taken" in page
    assert "“No money”" in page


# ---- what was taken ------------------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-5")
def test_one_action_of_each_side_makes_the_next_draft_and_signs_nothing(proposed: Version) -> None:
    taken = suggest(proposed, "ruth")
    left = suggest(proposed, "ruth", "Something else", code="MOU-8")
    answer(taken, "helen")
    answer(left, "helen", accepted=False, comment="No")
    with acting("ruth") as by:
        draft = actions.take_up(proposed, by=by)
        assert draft.clauses.get(code=CODE).wording == WORDS
        assert draft.clauses.get(code="MOU-8").wording == proposed.clauses.get(code="MOU-8").wording
        assert not Signature.objects.filter(version=draft).exists()
    with acting("helen"):
        assert not Version.objects.filter(pk=draft.pk).exists(), "a draft stays hidden from the other party"
        assert proposed.clauses.get(code=CODE).wording != WORDS, "the proposed text is what it was"


def test_nothing_taken_is_nothing_to_take_up(proposed: Version) -> None:
    suggest(proposed, "ruth")
    with acting("ruth") as by, pytest.raises(Refused, match="Nothing has been taken"):
        actions.take_up(proposed, by=by)
    assert signed_in("ruth").post(address("take_up", proposed)).status_code == 422


def test_the_later_agreement_on_a_clause_counts(proposed: Version) -> None:
    answer(suggest(proposed, "ruth"), "helen")
    answer(suggest(proposed, "ruth", "Every month."), "helen")
    with acting("helen") as by:
        assert actions.take_up(proposed, by=by).clauses.get(code=CODE).wording == "Every month."


def test_through_the_pages(proposed: Version) -> None:
    signed_in("ruth").post(address("suggest", proposed, CODE), {"wording": WORDS, "comment": WHY})
    with acting("helen"):
        one = Suggestion.objects.get()
    assert "twice a year" in text(signed_in("helen").get(address("reply", proposed, one.pk)))
    signed_in("helen").post(address("reply", proposed, one.pk), {"answer": "take"})
    sent = signed_in("helen").post(address("take_up", proposed))
    assert sent.status_code == 302
    assert "/edit/" in sent["Location"]


# ---- who may, and until when ---------------------------------------------------------------------------------------


def test_who_signed_or_was_overtaken_proposes_nothing_more(proposed: Version) -> None:
    ready.sign(proposed, "ruth")
    with pytest.raises(Refused, match="has signed this text"):
        suggest(proposed, "ruth")
    suggest(proposed, "helen")
    with acting("ruth") as by:
        newer = actions.propose(actions.new_version(Agreement.objects.get(pk=proposed.agreement_id), by=by), by=by)
    with pytest.raises(Refused, match="newer version was proposed"):
        suggest(proposed, "helen", code="MOU-8")
    suggest(newer, "helen")


@pytest.mark.parametrize(("name", "sentence"), [("pat", "drafted by"), ("otto", "Only the parties")])
def test_others_do_not_talk(proposed: Version, name: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        suggest(proposed, name)


def test_both_parties_read_the_lines_of_it(proposed: Version) -> None:
    answer(suggest(proposed, "ruth"), "helen")
    for name in ("pat", "cora"):
        with acting(name):
            for what in ("agreement.clause_suggested", "agreement.clause_answered"):
                assert Subject.objects.filter(entry__what=what).count() == 1


def test_open_points_are_counted_on_today(proposed: Version) -> None:
    one = suggest(proposed, "ruth")
    suggest(proposed, "ruth", "Something else", code="MOU-8")
    assert "2 open points in “Working together”" in titles("helen")
    assert "open point" not in titles("ruth")
    answer(one, "helen")
    assert "1 open point in “Working together”" in titles("helen")
    suggest(proposed, "helen", "Something third", code="MOU-8")
    assert "open point" not in titles("helen")
    assert "1 open point in" in titles("ruth")


def titles(name: str) -> str:
    with acting(name) as by:
        return " ".join(str(one.title) for one in feeds.cards(by))
