"""Talking about single rows of the table: changed, taken out or new, answered one by one, nothing written over."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from concordat.agreements import actions, rows
from concordat.agreements.models import Reply, SharingRule, Suggestion, Version
from concordat.agreements.talks import suggestions
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting
from concordat.people.roles import Role

from . import ready
from .test_talks import address, text

pytestmark = pytest.mark.django_db

WHY = "A summary will do"


@pytest.fixture
def proposed() -> Version:
    with acting("helen") as by:
        return actions.propose(ready.protocol(by, ready.agreed("framework")), by=by)


def rule_of(version: Version, category: Category = Category.P04) -> SharingRule:
    with acting("helen"):
        rule = version.sharingrules.filter(owner=PRISON, category=category).first()
        assert rule
        return rule


def suggest(version: Version, name: str, rule: SharingRule, **changed: object) -> Suggestion:
    """Have somebody propose how a row of the text is to be."""
    with acting(name) as by:
        row = rows.as_typed(rows.of_rule(SharingRule.objects.get(pk=rule.pk))) | changed
        return actions.suggest_row(version, thread=rule.pk, row=row, comment=WHY, by=by)


def take_out(version: Version, name: str, rule: SharingRule) -> Suggestion:
    with acting(name) as by:
        return actions.suggest_row(version, thread=rule.pk, row=None, comment=WHY, by=by)


def new_row(version: Version, name: str, thread: Suggestion | None = None, form: Form = Form.FULL) -> Suggestion:
    row: dict[str, Any] = {
        "owner": PRISON, "category": Category.P14, "form": form, "purpose": Purpose.INTERVENTION,
        "role": Role.COORDINATOR, "condition": Condition.PARTICIPATION, "basis": "Act, s. 9",
    }  # fmt: skip
    with acting(name) as by:
        return actions.suggest_row(version, thread=thread.pk if thread else None, row=row, comment=WHY, by=by)


def answer(one: Suggestion, name: str, *, accepted: bool = True) -> Reply:
    with acting(name) as by:
        return actions.reply(one, accepted=accepted, comment="" if accepted else "Not this one", by=by)


def take_up(version: Version, name: str) -> Version:
    with acting(name) as by:
        return actions.take_up(version, by=by)


@pytest.mark.requirement("ISP-4")
def test_each_row_is_answered_by_itself_and_what_was_taken_goes_into_a_draft(proposed: Version) -> None:
    change, out, stays = (rule_of(proposed, one) for one in (Category.P04, Category.P13, Category.P06))
    answer(suggest(proposed, "ruth", change, form=Form.DATE), "helen")
    answer(take_out(proposed, "ruth", out), "helen")
    answer(new_row(proposed, "ruth"), "helen")
    answer(suggest(proposed, "ruth", stays, form=Form.FULL), "helen", accepted=False)
    draft = take_up(proposed, "helen")
    with acting("helen"):
        was = {(one.category, one.role, one.form) for one in proposed.sharingrules.filter(owner=PRISON)}
        now = {(one.category, one.role, one.form) for one in draft.sharingrules.filter(owner=PRISON)}
        assert was - now == {(change.category, change.role, change.form), (out.category, out.role, out.form)}
        assert now - was == {(change.category, change.role, "date"), (Category.P14, "coordinator", "full")}
        assert draft.sharingrules.get(category=Category.P14, role="coordinator", form="full").basis == "Act, s. 9"


def test_a_counter_proposal_about_a_row_is_a_row_of_its_own(proposed: Version) -> None:
    rule = rule_of(proposed)
    first = suggest(proposed, "ruth", rule, form=Form.DATE)
    second = suggest(proposed, "helen", rule, form=Form.SUMMARY)
    assert second.counters_id == first.pk
    with acting("helen") as by, pytest.raises(Refused, match="newer proposal"):
        actions.reply(Suggestion.objects.get(pk=first.pk), accepted=True, by=by)
    answer(second, "ruth")
    with acting("ruth"):
        (kept,) = rows.agreed_rows(list(suggestions(proposed)))
        assert kept.pk == second.pk
        assert first.row
        assert first.row["form"] == "date"


def test_a_new_row_is_met_with_another_in_its_own_thread(proposed: Version) -> None:
    first = new_row(proposed, "ruth")
    second = new_row(proposed, "helen", first, Form.SUMMARY)
    third = new_row(proposed, "ruth", first, Form.DATE)
    assert (second.counters_id, third.counters_id) == (first.pk, second.pk)
    with acting("ruth"):
        assert list(rows.threads_of(suggestions(proposed))) == [first.pk]
    answer(third, "helen")
    draft = take_up(proposed, "ruth")
    with acting("ruth"):
        assert draft.sharingrules.get(category=Category.P14, role="coordinator", basis="Act, s. 9").form == "date"


def test_one_proposal_of_a_party_waits_for_each_row_and_other_rows_and_words_go_on(proposed: Version) -> None:
    rule = rule_of(proposed)
    one = suggest(proposed, "ruth", rule, form=Form.DATE)
    with pytest.raises(Refused, match="for this row waits"):
        suggest(proposed, "ruth", rule, form=Form.SUMMARY)
    with pytest.raises(Refused, match="The other party answers"):
        answer(one, "ruth")
    suggest(proposed, "ruth", rule_of(proposed, Category.P06), form=Form.FULL)
    with acting("ruth") as by:
        words = actions.suggest(proposed, code="ISP-4", wording="The table is all.", parameters={}, comment=WHY, by=by)
    assert words.counters_id is None
    answer(words, "helen")
    draft = take_up(proposed, "helen")
    with acting("helen"):
        assert draft.clauses.get(code="ISP-4").wording == "The table is all."
        assert draft.sharingrules.count() == proposed.sharingrules.count()


def test_a_new_row_that_was_not_taken_is_proposed_again_in_its_thread(proposed: Version) -> None:
    first = new_row(proposed, "ruth")
    answer(first, "helen", accepted=False)
    second = new_row(proposed, "ruth", first, Form.DATE)
    answer(second, "helen")
    with acting("ruth"):
        assert list(rows.threads_of(suggestions(proposed))) == [first.pk]
        assert [one.pk for one in rows.agreed_rows(list(suggestions(proposed)))] == [second.pk]


@pytest.mark.parametrize("what", ["row", "comment"])
def test_what_was_sent_about_a_row_does_not_change(proposed: Version, what: str) -> None:
    suggest(proposed, "ruth", rule_of(proposed), form=Form.DATE)
    for name in ("ruth", "helen"):
        with acting(name), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Suggestion.objects.update(**{what: {}})


def test_a_row_of_another_text_is_refused_by_the_database_too(proposed: Version) -> None:
    with acting("helen") as by:
        other = ready.agreed("protocol").versions.latest("number")
        foreign = other.sharingrules.first()
        assert foreign
        with pytest.raises(Refused, match="not in this text"):
            actions.suggest_row(proposed, thread=foreign.pk, row=None, comment=WHY, by=by)
        made = {"version": proposed, "code": "ISP-4", "comment": WHY, "organisation_id": PRISON, "created_by": by}
        with pytest.raises(IntegrityError, match="not of this text"), transaction.atomic():
            Suggestion.objects.create(**made, rule=foreign, row={})
        with pytest.raises(IntegrityError, match="words_or_of_a_row"), transaction.atomic():
            Suggestion.objects.create(**made, row={"form": "full"}, wording="And words")


def test_the_pages_show_both_rows_and_ask_what_is_missing(proposed: Version) -> None:
    rule, ruth, helen = rule_of(proposed), signed_in("ruth"), signed_in("helen")
    page = address("suggest_row", proposed, rule.pk)
    typed = {
        "what": "change", "form": "date", "purpose": rule.purpose, "role": rule.role, "condition": "none",
        "basis": "Act, s. 8", "comment": WHY,
    }  # fmt: skip
    assert ruth.post(page, {**typed, "comment": ""}).status_code == 422
    assert ruth.post(page, typed)["Location"].endswith(f"#{rule.pk}")
    talks = text(helen.get(address("talks", proposed)))
    assert "Act, s. 8" in talks
    assert "Proposed by Lantern Mentoring" in talks
    with acting("helen"):
        one = Suggestion.objects.get()
    assert "Do you take this row?" in text(helen.get(address("reply", proposed, one.pk)))
    assert helen.post(address("reply", proposed, one.pk), {"answer": "take"}).status_code == 302
    assert "1 row was agreed." in text(ruth.get(address("talks", proposed)))
    assert ruth.post(page, {**typed, "what": "out"}).status_code == 302
    assert "Take this row out" in text(helen.get(address("talks", proposed)))
    new = {**typed, "owner": LANTERN, "category": int(Category.P19)}
    assert ruth.post(address("suggest_new_row", proposed), new).status_code == 302


def test_nobody_else_reads_it_and_only_a_table_has_rows(proposed: Version) -> None:
    rule = rule_of(proposed)
    suggest(proposed, "ruth", rule, form=Form.DATE)
    with acting("otto"):
        assert not Suggestion.objects.exists()
    assert signed_in("otto").get(address("suggest_row", proposed, rule.pk)).status_code == 404
    framework = ready.proposed_framework()
    assert signed_in("ruth").get(address("suggest_new_row", framework)).status_code == 404
