"""The pages between a yes and the first session, through the whole chain of middleware."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.cases.models import Assignment, Participation
from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.referrals.asking.card import who_we_are
from concordat.referrals.models import GoalSet, Referral

from .making import (
    assigned,
    make_link,
    make_participation,
    make_sent,
)
from .pages import day, main, read, sign_url

pytestmark = pytest.mark.django_db


def test_workers_are_shown_with_the_sentence_why_not() -> None:
    link, cora = make_link(), signed_in("cora")
    page = read(cora, "workers", link.pk)
    assert "Max Ferro is not cleared. The terms ask for: Basic." in page
    assert page.count(">Assign Nadia Brandt<") == 1
    refused = cora.post(reverse("referrals:assign", args=[link.pk, named("max")]))
    assert refused.status_code == 422
    assert "Max Ferro is not cleared" in refused.content.decode()
    assert cora.post(reverse("referrals:assign", args=[link.pk, named("nadia")])).status_code == 302
    assert "End the assignment" in read(cora, "workers", link.pk)
    with acting("cora"):
        made = Assignment.objects.get(case_id=link.civil_case_id)
    assert cora.post(reverse("referrals:end_assignment", args=[made.pk])).status_code == 302


def test_a_conflict_is_declared_by_the_worker() -> None:
    link, nadia = make_link(), signed_in("nadia")
    assigned(link)
    assert "Declare a conflict of interest" in read(nadia, "declare_conflict", link.pk)
    done = nadia.post(reverse("referrals:declare_conflict", args=[link.pk]), {"worker": named("nadia")})
    assert done.status_code == 302
    read(nadia, "prepare", link.pk, status=404)


def test_an_agreement_is_recorded_and_withdrawn() -> None:
    link, cora = make_link(), signed_in("cora")
    address = reverse("referrals:record_participation", args=[link.pk])
    assert "at least 24 hours" in cora.get(address).content.decode().lower()
    before = localdate() - timedelta(days=2)
    typed = {
        "informer": "provider", "informed_by": "Cora Lind", **day("informed_on", before), "informed_time": "10:00",
        "teach_back": "on", **day("agreed_on", localdate()), "agreed_time": "00:00", "headings": ["routine"],
        "signed": "signature", "copy_given": "On paper", "contest_route": "Slip to the ombudsman",
        **day("renew_by", localdate() + timedelta(days=90)),
    }  # fmt: skip
    for wrong, sentence in (
        ({"informer": "staff"}, "Staff of the authority may not inform"),
        ({"teach_back": ""}, "explain it back in their own words"),
        ({"copy_given": ""}, "Give the person a copy"),
        ({"contest_route": ""}, "how the person can contest"),
        ({"informed_by": "Pat Vell"}, "Pat Vell works for the authority"),
        (day("informed_on", localdate()), "at least 24 hours"),
        ({"headings": ["outlook"]}, "not one of the available choices"),
    ):
        refused = cora.post(address, {**typed, **wrong})
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    assert cora.post(address, typed).status_code == 302
    with acting("cora"):
        paper = Participation.objects.get(link=link)
    out = reverse("referrals:withdraw", args=[paper.pk])
    assert "There is no field" not in cora.get(out).content.decode()
    assert cora.post(out, {"route": "slip"}).status_code == 302
    assert "Record the agreement" in read(cora, "prepare", link.pk)


@pytest.mark.requirement("O6.6", "GO.4")
def test_the_card_is_made_from_what_is_in_force_and_bears_the_provider_alone() -> None:
    link, cora = make_link(), signed_in("cora")
    make_participation(link)
    with acting("cora"):
        authority = Organisation.objects.get(pk=link.authority_id)
    card = read(cora, "card", link.pk)
    for words in (
        "Prison Service pays us 12,000.00 EUR: Year one.",
        "Date or fact only, while you agree: attendance. To: programme manager.",
        "The headings you chose: Everyday routine, Ties to people outside.",
        "0 allowed by our agreement",
        "What is said in our meetings. Nobody stores it here",
        "It is not about what you believe.",
        "Slip to the ombudsman",
        "I do not want this any more",
    ):
        assert words in card
    sheets = re.findall(r'<article class="c-print">.*?</article>', card, re.DOTALL)
    assert len(sheets) == 2
    for sheet in sheets:
        assert ">LM<" in sheet
        assert f">{authority.short}<" not in sheet  # no sign of an authority
    read(signed_in("pat"), "card", link.pk, status=404)


def test_goals_are_written_signed_and_seen_by_the_referrer() -> None:
    link = make_link()
    assigned(link)
    make_participation(link)
    nadia, pat = signed_in("nadia"), signed_in("pat")
    write = reverse("referrals:write_goals", args=[link.pk])
    page = nadia.get(write).content.decode()
    assert "Attitudes" not in re.sub(r"attitudes only where", "", main(page))
    typed = {
        "text_1": "Keep a weekly routine",
        "target_1": "behaviour",
        "measure_1": "3 of 4",
        "threshold_1": "4 weeks",
        "measured_by_1": "I",
    }
    missing = nadia.post(write, {**typed, "target_1": ""})
    assert missing.status_code == 422
    assert "Say what the goal is about" in missing.content.decode()
    assert send(nadia, write, typed).status_code == 302
    with acting("nadia"):
        goals = GoalSet.objects.get(link=link)
    person = reverse("referrals:persons_word", args=[goals.pk])
    assert nadia.post(person, {"answer": "yes"}).status_code == 422
    assert nadia.post(person, {"answer": "yes", **day("signed_on", localdate())}).status_code == 302
    assert nadia.post(sign_url(read(nadia, "goals", link.pk))).status_code == 302
    with acting("pat"):
        sent = Referral.objects.get(case_id=link.authority_case_id)
    assert "Read and sign the goals" in read(pat, "detail", sent.pk)
    assert "Keep a weekly routine" in read(pat, "goals", link.pk)
    assert pat.post(sign_url(read(pat, "goals", link.pk))).status_code == 302
    assert "already signed" in read(pat, "goals", link.pk)
    assert "Why do the goals change?" in nadia.get(write).content.decode()
    changed = send(nadia, write, {**typed, "text_1": "Another", "why_changed": "The workshop closed"})
    assert changed.status_code == 302
    assert "Version 2" in read(pat, "goals", link.pk)
    read(signed_in("otto"), "goals", link.pk, status=404)


def test_an_evaluation_is_planned_with_somebody_from_elsewhere() -> None:
    sent, pat = make_sent(), signed_in("pat")
    address = reverse("referrals:plan_evaluation", args=[sent.pk])
    assert pat.get(address).status_code == 200
    refused = pat.post(address, {"evaluator": 3, "evaluator_name": "New One", "question": "Did it hold?"})
    assert refused.status_code == 422
    assert "Who helps does not judge the help" in refused.content.decode()
    assert (
        pat.post(address, {"evaluator": 5, "evaluator_name": "Otto Stray", "question": "Did it hold?"}).status_code
        == 302
    )
    assert "Otto Stray, Stranger Aid" in read(pat, "detail", sent.pk)


def test_the_list_of_workers_costs_the_same_for_one_and_for_three() -> None:
    link, cora = make_link(), signed_in("cora")
    read(cora, "workers", link.pk)
    with CaptureQueriesContext(connection) as before:
        read(cora, "workers", link.pk)
    assigned(link)
    assigned(link, "cora")
    with CaptureQueriesContext(connection) as after:
        read(cora, "workers", link.pk)
    assert len(after) == len(before)


@pytest.mark.requirement("PP-11")
def test_what_is_prepared_leaves_no_line_in_the_log_of_the_referrer() -> None:
    link, cora = make_link(), signed_in("cora")
    make_participation(link)

    def lines() -> int:
        with acting("pat"):
            return Subject.objects.filter(case=link.authority_case_id).count()

    before = lines()
    for name in ("prepare", "record_participation", "card", "workers", "goals", "write_goals", "declare_conflict"):
        read(cora, name, link.pk)
    with acting("cora"):
        paper = Participation.objects.get(link=link)
    assert cora.post(reverse("referrals:withdraw", args=[paper.pk]), {"route": "said"}).status_code == 302
    assert lines() == before


@pytest.mark.requirement("O6.6", "GO.4")
def test_the_card_says_nothing_of_independence_that_the_facts_do_not_bear() -> None:
    provider = Organisation(name="Lantern", legal_form="Association")
    assert any("take no orders" in line for line in who_we_are(provider))
    provider.controlled_by = "Ministry of Justice"
    assert not any("take no orders" in line for line in who_we_are(provider))
    assert "Appointed or controlled by: Ministry of Justice." in who_we_are(provider)
