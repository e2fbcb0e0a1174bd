"""Passes: asked for once a worker is ready, decided with a ground, appealed to another, stopped by themselves."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.notices.about import About
from concordat.objectives.custody.gate import actions, feeds
from concordat.objectives.custody.models import Ground, Item, Pass
from concordat.objectives.custody.tests.making import asked_pass, decided, opens, terms
from concordat.people.models import Membership

pytestmark = pytest.mark.django_db


def refused() -> Pass:
    return decided(granted=False, allowed=[], ground=Ground.ROOM)


def page_of(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


@pytest.mark.requirement("C6.15")
def test_a_pass_is_asked_for_decided_and_stands_on_the_list_of_the_day() -> None:
    with acting("cora"):
        under = terms()
        day = localdate()
    form = {
        "worker": str(named("nadia")), "where": f"{under.terms.pk}/{under.places[0].pk}", "things": "A notebook\nA pen",
        "from_on_day": day.day, "from_on_month": day.month, "from_on_year": day.year,
        "until_on_day": day.day, "until_on_month": day.month, "until_on_year": day.year + 1,
    }  # fmt: skip
    assert visit("cora", "/custody/passes/ask/", form).status_code == 302
    with acting("sef") as by:
        one = Pass.objects.get()
        assert [each.about for each in feeds.occasions(by)] == [About.PASS]
        assert [card.due for card in feeds.cards(by)] == [one.due_on]
        pen = Item.objects.get(name="A pen")
    answer = {"granted": "yes", "allowed": [str(pen.pk)]}
    assert visit("sef", f"/custody/passes/{one.pk}/decide/", answer).status_code == 302
    page = page_of("sef", "/custody/passes/day/")
    assert one.reference in page
    assert "A pen" in page
    assert "A notebook" not in page
    assert "Valid today" in page_of("nadia", one.get_absolute_url())


@pytest.mark.requirement("C6.15")
def test_a_refusal_without_a_ground_is_refused_by_page_rule_and_database() -> None:
    one = asked_pass()
    answer = visit("sef", f"/custody/passes/{one.pk}/decide/", {"granted": "no", "words": "zqno"})
    assert answer.status_code == 422
    assert "Choose the ground" in answer.content.decode()
    assert "zqno" in answer.content.decode()
    with acting("sef") as by:
        row = Pass.objects.get(pk=one.pk)
        with pytest.raises(Refused, match="ground"):
            actions.decide(row, granted=False, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Pass.objects.filter(pk=one.pk).update(granted=False, decided_at=now(), decided_by=by)


@pytest.mark.requirement("C6.15")
def test_an_appeal_is_answered_by_somebody_other_than_who_refused() -> None:
    one = refused()
    assert visit("cora", f"/custody/passes/{one.pk}/appeal/", {"appeal": "The escort is ours."}).status_code == 302
    with acting("sef") as by, pytest.raises(Refused, match="Somebody other"):
        actions.settle(Pass.objects.get(pk=one.pk), granted=True, settlement="x", by=by)
    with acting("sef") as by, pytest.raises(DatabaseError), transaction.atomic():
        Pass.objects.filter(pk=one.pk).update(granted=True, settled_at=now(), settled_by=by, settlement="x")
    answer = {"granted": "yes", "settlement": "Come with your own escort."}
    assert visit("helen", f"/custody/passes/{one.pk}/settle/", answer).status_code == 302
    assert opens() == [one.reference]


@pytest.mark.requirement("C6.1")
def test_nobody_gets_a_pass_whose_induction_is_incomplete_and_none_is_printed() -> None:
    with acting("cora") as by:
        worker = Membership.objects.get(pk=named("max"))
        under = terms()
        first, last = localdate(), localdate() + timedelta(days=30)
        with pytest.raises(Refused, match="induction"):
            actions.ask(agreed=under, place=under.places[0], worker=worker, from_on=first, until_on=last, by=by)
        past_the_page = Pass(
            owner_id=LANTERN, to_id=PRISON, terms=under.terms, place=under.places[0], worker=worker, asked_by=by,
            reference="PS-X", due_on=first, from_on=first, until_on=last,
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            Pass.objects.bulk_create([past_the_page])


@pytest.mark.parametrize("name", ["pat", "ruth", "cora", "nadia", "sef", "helen"])
def test_both_sides_see_a_pass(name: str) -> None:
    assert visit(name, asked_pass().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["cass", "ines", "dora", "max", "faye", "paul", "otto", "omar"])
def test_nobody_else_sees_a_pass(name: str) -> None:
    assert visit(name, asked_pass().get_absolute_url()).status_code == 404


def test_the_provider_does_not_let_its_own_workers_in() -> None:
    one = asked_pass()
    with acting("cora") as by:
        with pytest.raises(Refused, match="leads security"):
            actions.decide(Pass.objects.get(pk=one.pk), granted=True, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Pass.objects.filter(pk=one.pk).update(granted=True, decided_at=now(), decided_by=by)


def test_a_pass_ends_with_a_reason_and_then_opens_nothing() -> None:
    one = decided()
    assert opens() == [one.reference]
    assert visit("cora", f"/custody/passes/{one.pk}/end/", {"why_ended": "She moved on."}).status_code == 302
    assert opens() == []
    assert "She moved on." in page_of("sef", one.get_absolute_url())


def test_what_was_decided_stays() -> None:
    one = decided()
    with acting("sef"), pytest.raises(DatabaseError), transaction.atomic():
        Pass.objects.filter(pk=one.pk).update(granted=False, ground="room")
    no = refused()
    with acting("sef"), pytest.raises(DatabaseError), transaction.atomic():
        Pass.objects.filter(pk=no.pk).update(granted=True)  # a refusal is turned by an appeal, and by nothing else
    assert opens() == [one.reference]
    assert opens(localdate() + timedelta(days=400)) == []
