"""Every page of this room, through the whole chain of middleware, as the people who use it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.cases.models import Link
from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.referrals.models import Referral, Service

from .making import (
    lapse_terms,
    make_case,
    make_draft,
    make_link,
    make_sent,
)
from .pages import curated, day, main, read

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("O6.2", "K6.3")
def test_the_directory_is_narrowed_by_need_language_sex_age_and_place() -> None:
    pat = signed_in("pat")
    page = read(pat, "services")
    assert "Mentoring in custody" in page
    assert "Your terms with it are in force at: Aldermoor Prison" in page
    assert "Places free" in page
    narrowed: tuple[tuple[dict[str, Any], bool], ...] = (
        ({"need": "mentoring"}, True),
        ({"need": "faith"}, False),
        ({"language": "Arabic"}, True),
        ({"sex": "other"}, False),
        ({"age_group": "adult"}, True),
        ({"age_group": "under_18"}, False),
        ({"place": named("aldermoor")}, True),
        ({"place": named("kestrel")}, False),
        ({"need": "mentoring", "language": "Marenian", "sex": "female"}, True),
    )
    for asked, fits in narrowed:
        answer = pat.get(reverse("referrals:services"), asked).content.decode()
        assert ("Mentoring in custody</a>" in answer) is fits, asked


def test_free_places_are_said_in_words_and_nothing_is_counted() -> None:
    page = read(signed_in("pat"), "service", named("service"))
    for words in (
        "Places free",
        "Behaviour",
        "A steady relationship with a trained mentor.",
        "Association",
        "Who runs it",
    ):
        assert words in page
    assert "12" not in main(page).replace(str(localdate().year), "").replace(str(localdate().day), "")


def test_the_directory_says_which_terms_are_missing() -> None:
    lapse_terms()
    page = read(signed_in("pat"), "services")
    assert "“Mentoring at Aldermoor Prison” lapsed on" in page
    assert "Helen Marsh (Prison Service) and Ruth Okar (Lantern Mentoring) can renew them" in page
    assert "has no terms with Lantern Mentoring" in read(signed_in("paul"), "services")


def test_a_service_is_offered_changed_and_taken_out() -> None:
    cora = signed_in("cora")
    assert "Offer a service" in read(cora, "offer")
    typed = {
        "terms": named("terms"),
        "name": "Carpentry",
        "method": "Working beside a carpenter",
        "target": "skills",
        "needs": ["work"],
        "sexes": ["male"],
        "age_groups": ["adult"],
        "languages": "Marenian, Arabic",
        "places": [named("aldermoor")],
        "capacity": "6",
        "free_places": "few",
    }
    assert cora.post(reverse("referrals:offer"), {**typed, "target": ""}).status_code == 422
    assert cora.post(reverse("referrals:offer"), typed).status_code == 302
    with acting("cora"):
        made = Service.objects.get(name="Carpentry")
    assert "Few places free" in read(signed_in("otto"), "service", made.pk)
    assert "Carpentry" in read(cora, "edit_service", made.pk)
    assert (
        send(cora, reverse("referrals:edit_service", args=[made.pk]), {**typed, "name": "Joinery"}).status_code == 302
    )
    assert cora.post(reverse("referrals:close_service", args=[made.pk])).status_code == 302
    assert "Joinery" not in read(signed_in("pat"), "services")


def test_a_person_is_referred_from_their_own_case() -> None:
    case, pat = make_case(), signed_in("pat")
    assert "Refer to this service" in read(pat, "refer", case.pk)
    read(signed_in("cora"), "refer", case.pk, status=404)
    page = read(pat, "write", case.pk, named("service"))
    assert "an assessment, a risk, a level" in page
    write = reverse("referrals:write", args=[case.pk, named("service")])
    assert pat.post(write, {"need": "mentoring", "text": "", "outcome_1": "A routine"}).status_code == 422
    typed = {"need": "mentoring", "text": "Would like to talk.", "outcome_1": "A routine", "outcome_3": "A letter"}
    saved = pat.post(write, typed)
    with acting("pat"):
        draft = Referral.objects.get(case=case)
    assert saved["Location"] == reverse("referrals:send", args=[draft.pk])
    assert draft.desired_outcomes == ["A routine", "A letter"]
    preview = main(read(pat, "send", draft.pk))
    assert "Not sent" in read(pat, "detail", draft.pk)
    assert "Would like to talk." in read(pat, "change", draft.pk)
    read(signed_in("cora"), "detail", draft.pk, status=404)
    send = reverse("referrals:send", args=[draft.pk])
    refused = pat.post(send, {"checked_by": "", **day("checked_on", localdate())})
    assert refused.status_code == 422
    assert "Name who checked the text" in refused.content.decode()
    assert pat.post(send, {"checked_by": "Pat Vell", **day("checked_on", localdate())}).status_code == 302
    received = main(read(signed_in("cora"), "detail", draft.pk))
    assert curated(preview) == curated(received)  # word for word what was looked at
    for hidden in (case.reference, case.working_code, "Sandoval"):
        assert hidden not in received


def test_a_draft_is_changed_and_thrown_away() -> None:
    draft, pat = make_draft(), signed_in("pat")
    typed = {"need": "mentoring", "text": "Better words", "outcome_1": "A routine"}
    assert send(pat, reverse("referrals:change", args=[draft.pk]), typed).status_code == 302
    assert "Better words" in read(pat, "detail", draft.pk)
    assert pat.post(reverse("referrals:discard", args=[draft.pk])).status_code == 302
    read(pat, "detail", draft.pk, status=404)


def test_the_provider_answers_and_sees_what_comes_next() -> None:
    sent, cora = make_sent(), signed_in("cora")
    assert "To acknowledge" in read(cora, "index")
    assert cora.post(reverse("referrals:acknowledge", args=[sent.pk])).status_code == 302
    assert "Accept or decline" in read(cora, "detail", sent.pk)
    assert "Do you take this on?" in read(cora, "answer", sent.pk)
    answer = cora.post(reverse("referrals:answer", args=[sent.pk]), {"accept": "yes"})
    with acting("cora"):
        link = Link.objects.get(authority_case_id=sent.case_id)
    assert answer["Location"] == reverse("referrals:prepare", args=[link.pk])
    page = read(cora, "prepare", link.pk)
    for step in (
        "The person agrees",
        "A worker is assigned",
        "Goals and measures are agreed",
        "The safety briefing",
        "The first session",
    ):
        assert step in page
    assert "Accepted" in read(cora, "index")
    read(signed_in("pat"), "prepare", link.pk, status=404)
    second = cora.post(reverse("referrals:answer", args=[sent.pk]), {"accept": "no"})
    assert second.status_code == 422
    assert "already answered" in second.content.decode()


@pytest.mark.parametrize("name", ["detail", "change", "send", "answer", "plan_evaluation"])
def test_a_referral_of_others_is_not_found(name: str) -> None:
    sent = make_sent()
    for stranger in ("otto", "faye", "nadia", "paul"):
        read(signed_in(stranger), name, sent.pk, status=404)


@pytest.mark.parametrize("name", ["index", "services"])
@pytest.mark.parametrize("reader", ["pat", "cora"])
def test_lists_cost_the_same_for_one_row_and_for_three(name: str, reader: str) -> None:
    client = signed_in(reader)

    def cost() -> int:
        read(client, name)  # what is kept between requests is there
        with CaptureQueriesContext(connection) as counted:
            read(client, name)
        return len(counted)

    before = cost()
    make_link()
    make_sent()
    with acting("cora"):
        service = Service.objects.get(pk=named("service"))
        for number in (1, 2):
            service.pk = None
            service.id = named(f"service:{number}")
            service.name = f"Mentoring {number}"
            service.save(force_insert=True)
            service.places.create(place_id=named("aldermoor"))
    assert cost() == before
