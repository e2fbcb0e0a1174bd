"""Signing, suspending, lifting, ending and opening again through their pages, with the second factor just before."""

import psycopg
import pytest
from django.urls import reverse
from django.utils.timezone import now

from concordat.agreements import actions
from concordat.agreements.models import Closure, Ending, Signature, Suspension, Version
from concordat.cases.models import Case
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named

from . import ready

WEIGHTY = ["suspend", "suspend_length", "suspend_consequences", "suspend_check", "end", "lift"]


def url(view: str, *args: object) -> str:
    return reverse(f"agreements:{view}", args=args)


@pytest.mark.django_db
@pytest.mark.parametrize("view", WEIGHTY)
def test_weighty_pages_ask_for_the_second_factor_first(view: str) -> None:
    answer = signed_in("helen", level=1).get(url(view, named("terms")))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("people:confirm"))


@pytest.mark.django_db
@pytest.mark.parametrize("view", WEIGHTY)
def test_weighty_pages_of_others_are_not_found(view: str) -> None:
    assert signed_in("otto", level=2).get(url(view, named("terms"))).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["suspend", "suspend_length", "suspend_consequences", "suspend_check", "end"])
def test_who_may_not_is_told_who_may(view: str) -> None:
    answer = signed_in("nadia", level=2).get(url(view, named("terms")))
    assert answer.status_code == 422
    assert "At Lantern Mentoring that is: Ruth Okar (Director)" in answer.content.decode()


# ---- signing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed() -> Version:
    return ready.proposed_framework()


@pytest.mark.django_db
@pytest.mark.requirement("MOU-27")
def test_signing_shows_the_check_number_and_what_follows(proposed: Version) -> None:
    page = signed_in("helen", level=2).get(url("sign", proposed.agreement_id, 1)).content.decode()
    assert " ".join(proposed.hash[start : start + 4] for start in range(0, 16, 4)) in page
    assert "Lantern Mentoring has not signed yet. Until it has, nothing changes." in page
    ready.sign(proposed, "helen")
    page = signed_in("ruth", level=2).get(url("sign", proposed.agreement_id, 1)).content.decode()
    assert "access opens in the same second" in page


@pytest.mark.django_db
def test_signing_through_the_page(proposed: Version) -> None:
    for name in ("helen", "ruth"):
        answer = signed_in(name, level=2).post(
            url("sign", proposed.agreement_id, 1), {"hash": proposed.hash, "read": "on"}
        )
        assert answer.status_code == 302, answer.content.decode()
    with acting("ruth"):
        assert Signature.objects.filter(version=proposed).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{}, {"read": "on"}, {"hash": "0" * 64, "read": "on"}])
def test_what_was_not_read_or_not_shown_is_not_signed(proposed: Version, given: dict[str, str]) -> None:
    assert signed_in("helen", level=2).post(url("sign", proposed.agreement_id, 1), given).status_code == 422
    with acting("helen"):
        assert not Signature.objects.filter(version=proposed).exists()


@pytest.mark.django_db
def test_signing_without_the_second_factor_comes_back_with_what_was_sent(proposed: Version) -> None:
    browser = signed_in("helen", level=1)
    answer = browser.post(url("sign", proposed.agreement_id, 1), {"hash": proposed.hash, "read": "on"})
    assert answer.status_code == 403
    assert proposed.hash in answer.content.decode()
    with acting("helen"):
        assert not Signature.objects.filter(version=proposed).exists()


# ---- suspending ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.requirement("MOU-25")
def test_suspending_question_by_question() -> None:
    browser, pk = signed_in("helen", level=2), named("terms")
    assert browser.get(url("suspend_length", pk))["Location"] == url("suspend", pk), "the first question comes first"
    browser.post(url("suspend", pk), {"ground": "safety", "explanation": "A threat"})
    assert browser.get(url("suspend_consequences", pk))["Location"] == url("suspend_length", pk)
    browser.post(url("suspend_length", pk), {"days": "5"})
    page = browser.get(url("suspend_consequences", pk)).content.decode()
    assert (
        "3 people at Lantern Mentoring (Coordinator, Mentor or facilitator) no longer see records of Prison Service"
        in page
    )
    assert "Needs" in page
    assert "End reports may be written for 30 days" in page
    browser.post(url("suspend_consequences", pk), {"making_up": "One more afternoon"})
    page = browser.get(url("suspend_check", pk)).content.decode()
    assert "Suspend for 5 days" in page
    assert "You decide this as Accountable officer" in page
    assert browser.post(url("suspend_check", pk))["Location"] == url("detail", pk)
    with acting("nadia"):
        made = Suspension.objects.get(agreement=pk)
        assert (made.ground, made.explanation, made.making_up) == ("safety", "A threat", "One more afternoon")
        assert (made.ends_at - made.starts_at).days == 5
        assert not Case.objects.filter(owner=PRISON).exists()


@pytest.mark.django_db
def test_nothing_of_the_answers_stands_in_an_address() -> None:
    answer = signed_in("helen", level=2).post(
        url("suspend", named("terms")), {"ground": "safety", "explanation": "A threat"}
    )
    assert answer["Location"] == url("suspend_length", named("terms"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "words"), [({"days": "15"}, "1 to 14 days"), ({"days": "0"}, "1 to 14 days"), ({}, "")]
)
def test_a_length_beyond_the_longest_is_told_at_the_field(given: dict[str, str], words: str) -> None:
    browser, pk = signed_in("helen", level=2), named("terms")
    browser.post(url("suspend", pk), {"ground": "safety", "explanation": "A threat"})
    answer = browser.post(url("suspend_length", pk), given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("ground", ["dispute", "criticism", ""])
def test_another_ground_is_not_on_offer(ground: str) -> None:
    browser, pk = signed_in("helen", level=2), named("terms")
    answer = browser.post(url("suspend", pk), {"ground": ground, "explanation": "They wrote about us"})
    assert answer.status_code == 422
    assert "Criticism, a published report, a refused request for information" in answer.content.decode()
    assert "They wrote about us" in answer.content.decode(), "what was typed is kept"


@pytest.mark.django_db
def test_one_session_keeps_the_answers_of_each_agreement_apart() -> None:
    browser = signed_in("helen", level=2)
    browser.post(url("suspend", named("terms")), {"ground": "safety", "explanation": "A threat"})
    assert browser.get(url("suspend_length", named("protocol")))["Location"] == url("suspend", named("protocol"))


@pytest.mark.django_db
def test_lifting_after_one_more_question() -> None:
    with acting("helen", level=2) as by:
        actions.suspend(ready.agreed("terms"), ground="data", explanation="A leak", days=3, by=by)
    browser, pk = signed_in("helen", level=2), named("terms")
    assert "in force again in the same second" in browser.get(url("lift", pk)).content.decode()
    browser.post(url("lift", pk))
    with acting("nadia"):
        assert Case.objects.filter(owner=PRISON).exists()
    assert "It is not suspended." in browser.get(url("lift", pk)).content.decode()


# ---- ending --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_ending_needs_a_reason_and_that_it_is_known_to_be_final() -> None:
    browser, pk = signed_in("ruth", level=2), named("terms")
    answer = browser.post(url("end", pk), {})
    assert answer.status_code == 422
    with acting("ruth"):
        assert not Ending.objects.exists()
    browser.post(url("end", pk), {"reason": "The money is gone", "ground": "notice", "known": "on"})
    with acting("nadia"):
        assert Ending.objects.get().ground == ""
        assert not Case.objects.filter(owner=PRISON).exists()


@pytest.mark.django_db
def test_nothing_is_chosen_beforehand() -> None:
    browser, pk = signed_in("ruth", level=2), named("terms")
    for view in ("suspend", "end"):
        assert "checked" not in browser.get(url(view, pk)).content.decode()


# ---- after a restore -----------------------------------------------------------------------------------------------


@pytest.fixture
def restored(own_database: str, owner_dsn: str) -> None:
    """Stand in a copy that was just restored."""
    assert own_database
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("SELECT access.close_after_restore()")


def records() -> int:
    with acting("nadia"):
        return Case.objects.filter(owner=PRISON).count()


def closure(organisation: int) -> Closure:
    return Closure.objects.select_related("organisation").get(organisation=organisation)


def test_a_restored_copy_opens_when_each_party_has_confirmed(restored: None) -> None:
    assert records() == 0
    for name, organisation in (("helen", PRISON), ("ruth", LANTERN)):
        assert records() == 0
        with acting(name, level=2) as by:
            actions.reopen(closure(organisation), by=by)
    assert records() == 1


def test_only_ones_own_signatory_confirms_and_with_the_second_factor(restored: None) -> None:
    with acting("helen", level=2) as by, pytest.raises(Refused, match="Only Lantern Mentoring"):
        actions.reopen(closure(LANTERN), by=by)
    with acting("pat", level=2) as by, pytest.raises(Refused, match="Helen Marsh"):
        actions.reopen(closure(PRISON), by=by)
    with acting("helen", level=1) as by, pytest.raises(Refused, match="second factor"):
        actions.reopen(closure(PRISON), by=by)
    assert records() == 0


def test_the_page_says_what_is_confirmed(restored: None) -> None:
    browser = signed_in("helen", level=2)
    assert "Nothing passes until" in browser.get(url("detail", named("terms"))).content.decode()
    assert "agreements that people withdrew" in browser.get(url("reopen")).content.decode()
    assert browser.post(url("reopen"))["Location"] == url("index")
    with acting("helen"):
        found = closure(PRISON).confirmed_at
        assert found is not None
        assert found <= now()
    assert browser.get(url("reopen")).status_code == 404
