"""Every page of this room, through the whole chain of middleware, as the people who use it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now, timedelta

from concordat.cases.models import Assignment, Link, Participation
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.organisations.models import Organisation
from concordat.referrals.asking import actions
from concordat.referrals.models import GoalSet, Referral, Service

from .making import assigned, goal, lapse_terms, make_answer, make_case, make_draft, make_link, make_participation, make_sent

pytestmark = pytest.mark.django_db


def main(page: str) -> str:
    """Return the main part of a page, without the token that differs each time."""
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", found[0])


def read(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"referrals:{name}", args=args))
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def day(name: str, value: object) -> dict[str, object]:
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}  # type: ignore[attr-defined]


@pytest.mark.requirement("O6.2", "K6.3")
def test_the_directory_is_narrowed_by_need_language_sex_age_and_place() -> None:
    pat = signed_in("pat")
    page = read(pat, "services")
    assert "Mentoring in custody" in page
    assert "Your terms with it are in force at: Aldermoor Prison" in page
    assert "Places free" in page
    for asked, fits in (
        ({"need": "mentoring"}, True), ({"need": "faith"}, False), ({"language": "Arabic"}, True), ({"sex": "other"}, False),
        ({"age_group": "adult"}, True), ({"age_group": "under_18"}, False), ({"place": named("aldermoor")}, True),
        ({"place": named("kestrel")}, False), ({"need": "mentoring", "language": "Marenian", "sex": "female"}, True),
    ):  # fmt: skip
        answer = pat.get(reverse("referrals:services"), asked).content.decode()
        assert ("Mentoring in custody</a>" in answer) is fits, asked


def test_free_places_are_said_in_words_and_nothing_is_counted() -> None:
    page = read(signed_in("pat"), "service", named("service"))
    for words in ("Places free", "Behaviour", "A steady relationship with a trained mentor.", "Association", "Who runs it"):
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
        "terms": named("terms"), "name": "Carpentry", "method": "Working beside a carpenter", "target": "skills", "needs": ["work"],
        "sexes": ["male"], "age_groups": ["adult"], "languages": "Marenian, Arabic", "places": [named("aldermoor")],
        "capacity": "6", "free_places": "few",
    }  # fmt: skip
    assert cora.post(reverse("referrals:offer"), {**typed, "target": ""}).status_code == 422
    assert cora.post(reverse("referrals:offer"), typed).status_code == 302
    with acting("cora"):
        made = Service.objects.get(name="Carpentry")
    assert "Few places free" in read(signed_in("otto"), "service", made.pk)
    assert "Carpentry" in read(cora, "edit_service", made.pk)
    assert cora.post(reverse("referrals:edit_service", args=[made.pk]), {**typed, "name": "Joinery"}).status_code == 302
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


def curated(page: str) -> str:
    found = re.search(r'<div class="c-sheet c-referral">.*?</dl>', page, re.DOTALL)
    assert found
    return found[0]


def test_a_draft_is_changed_and_thrown_away() -> None:
    draft, pat = make_draft(), signed_in("pat")
    typed = {"need": "mentoring", "text": "Better words", "outcome_1": "A routine"}
    assert pat.post(reverse("referrals:change", args=[draft.pk]), typed).status_code == 302
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
    for step in ("The person agrees", "A worker is assigned", "Goals and measures are agreed", "The safety briefing", "The first session"):
        assert step in page
    assert "Accepted" in read(cora, "index")
    read(signed_in("pat"), "prepare", link.pk, status=404)
    second = cora.post(reverse("referrals:answer", args=[sent.pk]), {"accept": "no"})
    assert second.status_code == 422
    assert "already answered" in second.content.decode()


@pytest.mark.requirement("PP-11", "C6.9")
def test_the_referrer_reads_the_same_bytes_whoever_said_no() -> None:
    # One referral, five ends: so that reference, dates and names are the same, each end is rolled back.
    sent, pat = make_sent(), signed_in("pat")
    shown: dict[str, tuple[str, ...]] = {}

    def look(name: str) -> None:
        case = reverse("cases:detail", args=[sent.case_id])
        others = (pat.get(address).content.decode() for address in (case, reverse("today:today")))
        pages = (read(pat, "detail", sent.pk), read(pat, "index"), *others)
        shown[name] = tuple(map(main, pages))

    def acknowledged() -> None:
        with acting("cora") as by:
            actions.acknowledge(Referral.objects.get(pk=sent.pk), by=by)

    def declined() -> None:
        make_answer(sent, accept=False, reason="No place")

    def accepted() -> Link:
        link = make_answer(sent, accept=True).link
        assert link
        return link

    def withdrawn() -> None:
        link = accepted()
        paper = make_participation(link)
        assigned(link)
        with acting("nadia") as by:
            actions.write_goals(Link.objects.get(pk=link.pk), goals=[goal()], service_target="behaviour", by=by)
        with acting("cora"):
            Participation.objects.filter(pk=paper.pk).update(withdrawn_at=now(), withdrawn_by_route="said")

    def ended() -> None:
        link = accepted()
        make_participation(link)
        with acting("cora"):
            Link.objects.filter(pk=link.pk).update(ends_at=now())

    for way in (acknowledged, declined, accepted, withdrawn, ended):
        with rolled_back():
            way()
            look(way.__name__)
    assert len(shown) == 5
    assert len(set(shown.values())) == 1
    assert "Not currently" in shown["declined"][0]
    with rolled_back():
        make_participation(accepted())
        look("agreed")
    assert shown["agreed"][0] != shown["declined"][0]
    assert "Not currently" not in shown["agreed"][0]


class rolled_back:  # noqa: N801 - reads as a word
    """Undo at the end of the block what was done in it."""

    def __enter__(self) -> None:
        from django.db import transaction  # noqa: PLC0415

        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *raised: object) -> None:
        from django.db import transaction  # noqa: PLC0415

        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


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


@pytest.mark.requirement("O6.6")
def test_the_card_is_made_from_what_is_in_force_and_bears_the_provider_alone() -> None:
    link, cora = make_link(), signed_in("cora")
    make_participation(link)
    with acting("cora"):
        authority = Organisation.objects.get(pk=link.authority_id)
    card = read(cora, "card", link.pk)
    for words in (
        "Prison Service pays us 12,000.00 EUR: Year one.",
        "Attendance: date or fact only, while you agree. To: programme manager.",
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
    typed = {"text_1": "Keep a weekly routine", "target_1": "behaviour", "measure_1": "3 of 4", "threshold_1": "4 weeks", "measured_by_1": "I"}
    missing = nadia.post(write, {**typed, "target_1": ""})
    assert missing.status_code == 422
    assert "Say what the goal is about" in missing.content.decode()
    assert nadia.post(write, typed).status_code == 302
    with acting("nadia"):
        goals = GoalSet.objects.get(link=link)
    person = reverse("referrals:persons_word", args=[goals.pk])
    assert nadia.post(person, {"answer": "yes"}).status_code == 422
    assert nadia.post(person, {"answer": "yes", **day("signed_on", localdate())}).status_code == 302
    assert nadia.post(reverse("referrals:sign_goals", args=[goals.pk])).status_code == 302
    with acting("pat"):
        sent = Referral.objects.get(case_id=link.authority_case_id)
    assert "Read and sign the goals" in read(pat, "detail", sent.pk)
    assert "Keep a weekly routine" in read(pat, "goals", link.pk)
    assert pat.post(reverse("referrals:sign_goals", args=[goals.pk])).status_code == 302
    assert "already signed" in read(pat, "goals", link.pk)
    assert "Why do the goals change?" in nadia.get(write).content.decode()
    changed = nadia.post(write, {**typed, "text_1": "Another", "why_changed": "The workshop closed"})
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
    assert pat.post(address, {"evaluator": 5, "evaluator_name": "Otto Stray", "question": "Did it hold?"}).status_code == 302
    assert "Otto Stray, Stranger Aid" in read(pat, "detail", sent.pk)


@pytest.mark.parametrize("name", ["detail", "change", "send", "answer", "plan_evaluation"])
def test_a_referral_of_others_is_not_found(name: str) -> None:
    sent = make_sent()
    for stranger in ("otto", "faye", "nadia", "paul"):
        read(signed_in(stranger), name, sent.pk, status=404)


@pytest.mark.parametrize("name", ["index", "services"])
@pytest.mark.parametrize("reader", ["pat", "cora"])
def test_lists_cost_the_same_for_one_row_and_for_three(name: str, reader: str, django_assert_num_queries: object) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = signed_in(reader)

    def cost() -> int:
        read(client, name)  # what is kept between requests is there
        with CaptureQueriesContext(connection) as counted:
            read(client, name)
        return len(counted)

    before = cost()
    make_link()
    make_sent()
    with acting("cora") as by:
        service = Service.objects.get(pk=named("service"))
        for number in (1, 2):
            service.pk = None
            service.id = named(f"service:{number}")
            service.name = f"Mentoring {number}"
            service.save(force_insert=True)
            service.places.create(place_id=named("aldermoor"))
    assert by
    assert cost() == before


def test_the_list_of_workers_costs_the_same_for_one_and_for_three() -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    link, cora = make_link(), signed_in("cora")
    read(cora, "workers", link.pk)
    with CaptureQueriesContext(connection) as before:
        read(cora, "workers", link.pk)
    assigned(link)
    assigned(link, "cora")
    with CaptureQueriesContext(connection) as after:
        read(cora, "workers", link.pk)
    assert len(after) == len(before)
