"""Two who decide at once, on connections of their own: one is first, the other gets a sentence, nothing is doubled."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.agreements.models import Ending, Signature, Version
from concordat.agreements.tests import ready
from concordat.cases.models import Assignment, Case, Conflict, Link, Participation
from concordat.core.testing.filling import carried
from concordat.core.testing.together import together
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.ledger.models import Entry
from concordat.people.models import Membership
from concordat.referrals.asking.actions import record_persons_word, write_goals
from concordat.referrals.asking.tests.making import (
    goal,
    make_draft,
    make_link,
    make_participation,
    make_sent,
)
from concordat.referrals.asking.tests.pages import sign_url
from concordat.referrals.delivery.tests.ready import assigned_long_ago
from concordat.referrals.delivery.tests.test_record_session import typed
from concordat.referrals.models import Answer, EarlyEnd, EndReport, GoalSignature, Referral, Session

Sent = Callable[[], Any]
REFUSED = {404, 409, 422}


def sends(who: str, name: str, *args: object, **typed: object) -> Sent:
    """Have somebody open a page, where it is one, and return how they send its form."""
    browser, address = signed_in(who, level=2), reverse(name, args=args)
    page = browser.get(address)
    opened = carried(page.content.decode()) if page.status_code == 200 else {}
    return partial(browser.post, address, opened | typed)


def one_first(answers: list[Any]) -> int:
    """Return which request was first: the other one got a page with a sentence, and neither an error of ours."""
    codes = [answer.status_code for answer in answers]
    assert sorted(code in REFUSED for code in codes) == [False, True], codes
    assert all(code < 500 for code in codes), codes
    return 0 if codes[1] in REFUSED else 1


def both_done(answers: list[Any]) -> None:
    assert [answer.status_code for answer in answers] == [302, 302]


def lines(who: str, what: str) -> int:
    """Count the lines of the log that tell of it, as somebody who reads the log."""
    with acting(who):
        return Entry.objects.filter(what=what).count()


# ---- agreements --------------------------------------------------------------------------------------------------


def signing(who: str, version: Version) -> Sent:
    return sends(who, "agreements:sign", version.agreement_id, version.number, hash=version.hash, read="on")


def test_a_signature_is_given_once(own_database: str, owner_dsn: str) -> None:
    version = ready.proposed_framework()
    one_first(together(owner_dsn, version.agreement_id, [signing("helen", version), signing("helen", version)]))
    with acting("helen"):
        assert Signature.objects.filter(version=version).count() == 1


def test_both_parties_sign_at_once(own_database: str, owner_dsn: str) -> None:
    version = ready.proposed_framework()
    both_done(together(owner_dsn, version.agreement_id, [signing("helen", version), signing("ruth", version)]))
    with acting("helen"):
        assert Signature.objects.filter(version=version).count() == 2


def test_a_text_is_proposed_once_and_not_as_it_was_being_changed(own_database: str, owner_dsn: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
    at = (version.agreement_id, version.number)
    change = sends("helen", "agreements:edit_clause", *at, "MOU-3", wording="Changed at the last moment")
    answers = together(owner_dsn, version.pk, [sends("helen", "agreements:propose", *at), change])
    with acting("helen"):
        found = Version.objects.get(pk=version.pk)
        changed = found.clauses.filter(wording="Changed at the last moment").exists()
    assert changed == (answers[1].status_code == 302)
    if answers[0].status_code == 302:
        assert changed == ("Changed at the last moment" in found.document)
    else:  # the change came first, and the check found something in it
        assert answers[0].status_code == 422
        assert changed
        assert not found.document


def test_an_agreement_is_ended_once(own_database: str, owner_dsn: str) -> None:
    sent = [
        sends(who, "agreements:end", named("terms"), reason="It is over", ground="notice", known="on")
        for who in ("helen", "ruth")
    ]
    one_first(together(owner_dsn, named("terms"), sent))
    with acting("helen"):
        assert Ending.objects.filter(agreement=named("terms")).count() == 1


# ---- referrals ---------------------------------------------------------------------------------------------------


def test_a_referral_is_accepted_or_declined(own_database: str, owner_dsn: str) -> None:
    sent = make_sent()
    with acting("cora"):
        before = Case.objects.count()
    requests = [sends("cora", "referrals:answer", sent.pk, accept=word) for word in ("yes", "no")]
    first = one_first(together(owner_dsn, sent.pk, requests))
    with acting("cora"):
        said = Answer.objects.get(referral=sent)
        assert said.accepted == (first == 0)
        assert Case.objects.count() == before + (first == 0)


def test_a_draft_is_sent_or_thrown_away(own_database: str, owner_dsn: str) -> None:
    draft, today = make_draft(), localdate()
    day = {"checked_on_day": today.day, "checked_on_month": today.month, "checked_on_year": today.year}
    requests = [
        sends("pat", "referrals:send", draft.pk, checked_by="Pat Vell", **day),
        sends("pat", "referrals:discard", draft.pk),
    ]
    first = one_first(together(owner_dsn, draft.pk, requests))
    with acting("pat"):
        assert Referral.objects.filter(pk=draft.pk, sent_at__isnull=False).exists() == (first == 0)


def test_a_draft_is_thrown_away_once(own_database: str, owner_dsn: str) -> None:
    draft = make_draft()
    one_first(together(owner_dsn, draft.pk, [sends("pat", "referrals:discard", draft.pk) for _twice in range(2)]))
    assert lines("dora", "referral.discarded") == 1


def test_the_goals_that_are_signed_are_those_that_were_shown(own_database: str, owner_dsn: str) -> None:
    link = make_link()
    with acting("cora") as by:
        goals = write_goals(Link.objects.get(pk=link.pk), goals=[goal(text="As shown")], service_target="both", by=by)
        record_persons_word(goals, declined=False, signed_on=localdate(), by=by)
    browser = signed_in("cora", level=2)
    shown = browser.get(reverse("referrals:goals", args=[link.pk])).content.decode()
    requests = [partial(browser.post, sign_url(shown)) for _twice in range(2)]
    both = together(owner_dsn, link.pk, requests)
    one_first(both)
    with acting("cora"):
        assert GoalSignature.objects.filter(goal_set=goals).count() == 1


def test_goals_that_were_put_right_meanwhile_are_not_signed_unread(own_database: str) -> None:
    link = make_link()
    with acting("cora") as by:
        at = Link.objects.get(pk=link.pk)
        goals = write_goals(at, goals=[goal(text="As shown")], service_target="both", by=by)
    browser = signed_in("cora", level=2)
    shown = browser.get(reverse("referrals:goals", args=[link.pk])).content.decode()
    with acting("cora") as by:
        write_goals(Link.objects.get(pk=link.pk), goals=[goal(text="Put right")], service_target="both", by=by)
    refused = browser.post(sign_url(shown))
    assert refused.status_code == 422
    assert "Read them once more, then sign." in refused.content.decode()
    with acting("cora"):
        assert not GoalSignature.objects.filter(goal_set=goals).exists()


# ---- who works on it ----------------------------------------------------------------------------------------------


def test_a_worker_is_assigned_once(own_database: str, owner_dsn: str) -> None:
    link = make_link()
    requests = [sends("cora", "referrals:assign", link.pk, named("nadia")) for _twice in range(2)]
    one_first(together(owner_dsn, named("nadia"), requests))
    with acting("cora"):
        assert Assignment.objects.filter(case=link.civil_case_id, ends_at=None).count() == 1


@pytest.mark.requirement("C6.4")
def test_nobody_works_on_a_case_with_which_they_have_a_conflict(own_database: str, owner_dsn: str) -> None:
    link = make_link()
    requests = [
        sends("cora", "referrals:assign", link.pk, named("nadia")),
        sends("cora", "referrals:declare_conflict", link.pk, worker=str(named("nadia"))),
    ]
    answers = together(owner_dsn, named("nadia"), requests)
    assert all(answer.status_code < 500 for answer in answers)
    with acting("cora"):
        assert Conflict.objects.filter(case=link.civil_case_id).count() == 1
        assert not Assignment.objects.filter(case=link.civil_case_id, ends_at=None).exists()


def test_an_agreement_of_the_person_is_withdrawn_once(own_database: str, owner_dsn: str) -> None:
    said = make_participation(make_link())
    requests = [sends("cora", "referrals:withdraw", said.pk, route="said") for _twice in range(2)]
    one_first(together(owner_dsn, said.pk, requests))
    with acting("cora"):
        assert Participation.objects.get(pk=said.pk).withdrawn_at


# ---- the end --------------------------------------------------------------------------------------------------------


def test_a_service_ends_once_and_no_session_comes_after(own_database: str, owner_dsn: str) -> None:
    assigned_long_ago()
    requests = [
        sends("nadia", "delivery:end_early", named("link"), reason="moved"),
        sends("nadia", "delivery:record_session", named("link"), **typed()),
    ]
    end, recorded = together(owner_dsn, named("link"), requests)
    assert end.status_code == 302
    assert recorded.status_code in {302, *REFUSED}
    with acting("cora"):
        assert EarlyEnd.objects.filter(link=named("link")).count() == 1
        assert Session.objects.filter(link=named("link")).exists() == (recorded.status_code == 302)


def test_two_ends_of_one_service(own_database: str, owner_dsn: str) -> None:
    assigned_long_ago()
    report = {"summary": "Twelve meetings", "achieved_1": "partly", "comment_1": "Most weeks"}
    requests = [sends("cora", "delivery:write_end_report", named("link"), **report) for _twice in range(2)]
    one_first(together(owner_dsn, named("link"), requests))
    with acting("cora"):
        assert EndReport.objects.filter(link=named("link")).count() == 1


# ---- people ---------------------------------------------------------------------------------------------------------


def test_a_membership_is_ended_once(own_database: str, owner_dsn: str) -> None:
    requests = [sends("adam", "people:end", named("pat")) for _twice in range(2)]
    one_first(together(owner_dsn, named("pat"), requests))
    with acting("adam"):
        assert Membership.objects.get(pk=named("pat")).valid_until
    assert lines("dora", "membership.ended") == 1


def test_a_page_that_only_shows_a_thing_holds_up_nobody(own_database: str, owner_dsn: str) -> None:
    draft = make_draft()
    browser: Client = signed_in("pat")
    address = reverse("referrals:change", args=[draft.pk])
    answers = together(owner_dsn, draft.pk, [partial(browser.get, address)])
    assert re.search("<form", answers[0].content.decode())
