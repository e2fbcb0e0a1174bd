"""Two people, one thing: neither text is lost, and nothing is overwritten by the later one."""

import re
from datetime import date
from functools import partial
from html import unescape
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import now

from concordat.agreements.models import Clause
from concordat.agreements.tests import ready
from concordat.core import edits
from concordat.core.forms import DayField, NoteField
from concordat.core.testing.filling import carried, send
from concordat.core.testing.together import together
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.people.changed import changed_by
from concordat.referrals.asking.tests.making import make_draft, make_link
from concordat.referrals.models import Goal, GoalSet, Referral, Service
from concordat.sharing.models import SafetyBriefing
from concordat.sharing.tests.words import typed as briefing


class Everything(forms.Form):
    words = NoteField(limit=100, required=False)
    day = DayField(required=False)
    yes = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], required=False)
    many = forms.MultipleChoiceField(choices=[("a", "First"), ("b", "Second")], required=False)


STANDS = {"words": "line\nline two ", "day": date(2026, 3, 7), "yes": True, "one": "a", "many": ["b", "a"]}
AS_SENT = "words=line%0D%0Aline+two&day_day=7&day_month=3&day_year=2026&yes=on&one=a&many=a&many=b"


def test_what_comes_back_from_a_browser_untouched_is_no_change() -> None:
    form = Everything(QueryDict(AS_SENT), initial=STANDS)
    assert form.is_valid()
    assert [name for name in form.fields if edits.standing(form[name]) != edits.typed(form[name])] == []


@pytest.mark.parametrize("name", Everything.base_fields)
def test_what_stands_now_can_be_taken_for_each_kind_of_question(name: str) -> None:
    form = Everything(QueryDict(f"take-{name}=now"), initial=STANDS)
    edits.choose(form)
    assert form.is_valid()
    assert edits.typed(form[name]) == edits.standing(form[name])
    assert form.cleaned_data[name] in (STANDS[name], sorted(["b", "a"]), "line\nline two")


@pytest.mark.parametrize("filled", ["", "[]", "{}", '{"at": "x", "hashes": {}}', '{"at": 3, "hashes": 4}'])
def test_a_form_that_does_not_say_what_it_was_filled_from_overwrites_nothing(own_database: str, filled: str) -> None:
    draft = make_draft()
    answer = signed_in("pat").post(
        reverse("referrals:change", args=[draft.pk]),
        {"need": "mentoring", "text": "Other words", "outcome_1": "A weekly routine", "filled-from": filled},
    )
    assert answer.status_code == 409
    with acting("pat"):
        assert Referral.objects.get(pk=draft.pk).text == draft.text


SERVICE = {
    "terms": named("terms"), "name": "Mentoring", "method": "Talking", "target": "skills", "needs": ["mentoring"],
    "sexes": ["male"], "age_groups": ["adult"], "languages": "Marenian", "places": [named("aldermoor")],
    "capacity": "6", "free_places": "few",
}  # fmt: skip


def test_both_versions_are_shown_and_the_later_one_loses_nothing(own_database: str) -> None:
    address = reverse("referrals:edit_service", args=[named("service")])
    cora, ruth = signed_in("cora"), signed_in("ruth")
    opened = carried(ruth.get(address).content.decode())
    assert send(cora, address, {**SERVICE, "method": "Talking and walking", "capacity": "7"}).status_code == 302

    met = ruth.post(address, opened | {**SERVICE, "method": "Talking and working"})
    page = unescape(met.content.decode())
    assert met.status_code == 409
    for words in ("Cora Lind saved another version", "Talking and walking", "Talking and working"):
        assert words in page
    assert stands("method") == "Talking and walking"

    chosen = carried(met.content.decode()) | {**SERVICE, "method": "Talking and working"}
    taken = ruth.post(address, chosen | {"take-method": "mine", "take-capacity": "now"})
    assert taken.status_code == 302
    assert (stands("method"), stands("capacity")) == ("Talking and working", 7)


def stands(name: str) -> Any:  # noqa: ANN401 - of any kind
    with acting("cora"):
        return getattr(Service.objects.get(pk=named("service")), name)


def test_a_choice_made_on_an_older_page_meets_the_next_change(own_database: str) -> None:
    address = reverse("referrals:edit_service", args=[named("service")])
    cora, ruth = signed_in("cora"), signed_in("ruth")
    opened = carried(ruth.get(address).content.decode())
    send(cora, address, {**SERVICE, "name": "One"})
    met = carried(ruth.post(address, opened | {**SERVICE, "name": "Mine"}).content.decode())
    send(cora, address, {**SERVICE, "name": "Two"})
    assert ruth.post(address, met | {**SERVICE, "name": "Mine", "take-name": "mine"}).status_code == 409
    assert stands("name") == "Two"


def test_what_only_the_other_one_touched_is_proposed_as_it_stands(own_database: str) -> None:
    address = reverse("referrals:edit_service", args=[named("service")])
    cora, ruth = signed_in("cora"), signed_in("ruth")
    send(cora, address, SERVICE)
    opened = carried(ruth.get(address).content.decode())
    send(cora, address, {**SERVICE, "name": "Theirs"})
    page = ruth.post(address, opened | {**SERVICE, "method": "Mine"}).content.decode()
    checked = dict(re.findall(r'name="take-(\w+)" value="(now|mine)" id="\w+" checked', page))
    assert checked == {"name": "now", "method": "mine"}


def test_the_same_thing_sent_twice_is_no_conflict(own_database: str) -> None:
    address = reverse("referrals:edit_service", args=[named("service")])
    cora = signed_in("cora")
    typed = carried(cora.get(address).content.decode()) | SERVICE
    assert [cora.post(address, typed).status_code for _twice in range(2)] == [302, 302]


# ---- truly at the same moment -------------------------------------------------------------------------------------


def both(owner_dsn: str, thing: object, address: str, *sent: tuple[str, dict[str, Any]]) -> list[Any]:
    """Open one page twice, and send both at once."""
    requests = []
    for who, typed in sent:
        browser = signed_in(who, level=2)
        opened = carried(browser.get(address).content.decode())
        requests.append(partial(browser.post, address, opened | typed))
    return together(owner_dsn, thing, requests)


def one_won(answers: list[Any], mine: list[str]) -> str:
    """Return whose text was saved: exactly one; the other one's page shows both."""
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    winner, loser = sorted((0, 1), key=lambda which: answers[which].status_code)
    page = unescape(answers[loser].content.decode())
    assert mine[winner] in page
    assert mine[loser] in page
    return mine[winner]


def referral(words: str) -> dict[str, Any]:
    return {"need": "mentoring", "text": words, "outcome_1": "A weekly routine"}


def test_two_who_change_a_referral_at_once(own_database: str, owner_dsn: str) -> None:
    draft = make_draft()
    address = reverse("referrals:change", args=[draft.pk])
    mine = ["The words of one", "The words of another"]
    answers = both(owner_dsn, draft.pk, address, *(("pat", referral(words)) for words in mine))
    with acting("pat"):
        assert Referral.objects.get(pk=draft.pk).text == one_won(answers, mine)


def test_two_who_change_a_service_at_once(own_database: str, owner_dsn: str) -> None:
    mine = ["Talking and walking", "Talking and working"]
    address = reverse("referrals:edit_service", args=[named("service")])
    sent = [(who, {**SERVICE, "method": words}) for who, words in zip(("cora", "ruth"), mine, strict=True)]
    answers = both(owner_dsn, named("service"), address, *sent)
    assert stands("method") == one_won(answers, mine)


def test_two_who_change_a_clause_at_once(own_database: str, owner_dsn: str) -> None:
    with acting("helen") as by:
        version = ready.protocol(by, ready.agreed("framework"))
    address = reverse("agreements:edit_clause", args=[version.agreement_id, version.number, "ISP-23"])
    mine = ["Looked at together.", "Looked at by each."]
    sent = [("helen", {"wording": words, "answer_review_months": "12"}) for words in mine]
    answers = both(owner_dsn, version.pk, address, *sent)
    with acting("helen"):
        assert Clause.objects.get(version=version, code="ISP-23").wording == one_won(answers, mine)


def goals(words: str) -> dict[str, str]:
    return {
        "text_1": words, "target_1": "behaviour", "measure_1": "3 of 4", "threshold_1": "4 weeks", "measured_by_1": "I",
    }  # fmt: skip


def test_two_who_write_the_first_goals_at_once(own_database: str, owner_dsn: str) -> None:
    link = make_link()
    mine = ["A weekly routine", "A monthly visit"]
    address = reverse("referrals:write_goals", args=[link.pk])
    answers = both(owner_dsn, link.pk, address, *(("cora", goals(words)) for words in mine))
    with acting("cora"):
        assert [one.text for one in Goal.objects.filter(goal_set__link=link)] == [one_won(answers, mine)]
        assert GoalSet.objects.filter(link=link).count() == 1


def test_two_who_write_the_next_briefing_at_once(own_database: str, owner_dsn: str) -> None:
    mine = ["Two officers in sight", "One officer at the door"]
    address = reverse("sharing:write_briefing", args=[named("case")])
    answers = both(owner_dsn, named("case"), address, *(("pat", briefing(how_to_meet=words)) for words in mine))
    won = one_won(answers, mine)
    with acting("pat"):
        assert [one.how_to_meet for one in SafetyBriefing.objects.filter(number=2)] == [won]


@pytest.mark.parametrize("who", ["cora", "otto"])
def test_who_changed_something_is_told_to_colleagues_alone(own_database: str, who: str) -> None:

    send(signed_in("ruth"), reverse("referrals:edit_service", args=[named("service")]), {**SERVICE, "name": "Other"})
    with acting(who):
        assert changed_by(named("service"), now() - edits.SLACK)[0] == ("Ruth Okar" if who == "cora" else "")
