"""Where only named people see a case, it does not exist for anybody else, at any door; who knew of it sees a stub."""

import html
import re
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from concordat.casefile.tests.test_hidden import PARTS, without_number
from concordat.cases import actions
from concordat.cases.models import AllowList, Assignment, Case
from concordat.core.errors import Refused
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import LANTERN, acting, named
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.sharing.actions import send_notice

pytestmark = pytest.mark.django_db
CASE, OURS = named("case"), named("civil_case")
TELLING = ("7Q", "A-1001", "Sandoval", "Pat Vell", "Sef Holm", "Aldermoor")


def keep(*people: str, by: str = "pat", case: Any = CASE) -> AllowList:  # noqa: ANN401 - a number of the world
    with acting(by, level=2) as author:
        return actions.name_people(
            Case.objects.get(pk=case), named=list(Membership.objects.filter(pk__in=[named(one) for one in people])),
            ground="threat", reason="A threat was made.", review_on=localdate() + timedelta(days=90), by=author,
        )  # fmt: skip


def read_on(response: Any) -> str:  # noqa: ANN401 - what a browser got
    """Return a page without pictures, and without the tokens of its forms, which are random."""
    return re.sub(r'value="[A-Za-z0-9]{64}"|<svg.*?</svg>', "", response.content.decode(), flags=re.DOTALL)


@pytest.fixture
def kept() -> AllowList:
    return keep("pat", "sef")


@pytest.fixture
def _cass_worked_on_it() -> None:
    with acting("pat") as by:
        Assignment.objects.create(
            case_id=CASE, owner_id=by.organisation_id, membership_id=named("cass"), activity="custody", created_by=by
        )
    keep("pat", "sef")


# ---- it is not there ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("part", [*PARTS, "named/", "named/lift/"])
@pytest.mark.parametrize("who", ["dora", "ines", "paul"])
def test_for_managers_too_it_is_the_same_bytes_as_a_case_that_does_not_exist(who: str, part: str) -> None:
    browser = browser_of(who, level=2)
    hidden = browser.get(f"/cases/{CASE}/{part}")
    missing = browser.get(f"/cases/{uuid4()}/{part}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert without_number(hidden.items()) == without_number(missing.items())


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "part", ["safety/cases/{}/briefings/", "safety/cases/{}/notices/send/", "referrals/cases/{}/refer/"]
)
def test_nor_do_the_rooms_know_it(part: str) -> None:
    browser = browser_of("dora")
    hidden, missing = (browser.get(f"/{part.format(case)}") for case in (CASE, uuid4()))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("who", ["dora", "ines", "cass"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/cases/",
        "/cases/?show=closed",
        "/cases/?text=7",
        "/safety/notices/",
        "/referrals/absences/",
        "/referrals/",
        "/notices/",
        "/api/v1/cases",
    ],
)
def test_no_list_and_no_count_tells_of_it(who: str, address: str) -> None:
    shown = read_on(visit(who, address))
    assert not [word for word in ("7Q", "A-1001", "Sandoval", str(CASE)) if word in shown]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("text", ["7Q", "A-1001", "Sandoval", "Iri"])
def test_the_search_does_not_find_it(text: str) -> None:
    missing = read_on(visit("ines", "/search/", {"text": "nobody"}))
    shown = read_on(visit("ines", "/search/", {"text": text}))
    assert str(CASE) not in shown
    assert shown.replace(text, "") == missing.replace("nobody", "")


@pytest.mark.usefixtures("kept")
def test_the_file_of_the_caseload_leaves_it_out() -> None:
    taken = visit("dora", "/cases/list/", {"taken_for": "check"})
    assert taken.status_code == 200
    assert "A-1001" not in taken.content.decode()
    assert "A-1001" in visit("pat", "/cases/list/", {"taken_for": "check"}).content.decode()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("part", ["", "/records", "/readers", "/why?category=P09"])
def test_the_interface_for_machines_does_not_find_it(part: str) -> None:
    browser = browser_of("dora")
    hidden, missing = (browser.get(f"/api/v1/cases/{case}{part}") for case in (CASE, uuid4()))
    assert hidden.status_code == missing.status_code == 404
    assert {**hidden.json(), "instance": ""} == {**missing.json(), "instance": ""}


@pytest.mark.usefixtures("kept")
def test_the_log_does_not_tell_the_data_protection_officer() -> None:
    with acting("dora"):
        assert not Subject.objects.filter(case=CASE).exists()
    with acting("pat"):
        assert Subject.objects.filter(case=CASE, entry__what="case.opened_to_named").exists()


# ---- who is named -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("who", ["pat", "sef"])
def test_who_is_named_sees_the_case_and_that_nobody_else_does(who: str) -> None:
    shown = visit(who, f"/cases/{CASE}/")
    assert shown.status_code == 200
    assert "Only named people see this" in shown.content.decode()
    assert "the posts that look after all its cases" not in shown.content.decode()


def test_the_manager_names_people_on_a_page() -> None:
    browser = browser_of("pat", level=2)
    day = localdate() + timedelta(days=60)
    shown = browser.get(f"/cases/{CASE}/named/").content.decode()
    assert "Nadia Brandt, Mentor, Lantern Mentoring" in shown
    assert "Otto Stray" not in shown
    said = {
        "named": [named("pat"), named("cass")], "ground": "threat", "reason": "Said in court.",
        "review_on_day": day.day, "review_on_month": day.month, "review_on_year": day.year,
        "filled-from": filled_from(shown),
    }  # fmt: skip
    assert browser.post(f"/cases/{CASE}/named/", said).status_code == 302
    assert visit("sef", f"/cases/{CASE}/").status_code == 404
    assert visit("cass", f"/cases/{CASE}/").status_code in {403, 404}
    with acting("pat"):
        assert AllowList.objects.get(ends_at=None).named == sorted([named("pat"), named("cass")])


def filled_from(page: str) -> str:
    """Return what the form on a page was filled from."""
    found = re.search(r'name="filled-from" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


@pytest.mark.usefixtures("kept")
def test_a_list_is_lifted_and_everything_is_as_before() -> None:
    assert browser_of("pat", level=2).post(f"/cases/{CASE}/named/lift/").status_code == 302
    assert visit("dora", f"/cases/{CASE}/").status_code == 200
    assert "Aldermoor" in visit("nadia", f"/cases/{OURS}/").content.decode()


def test_without_the_second_factor_nobody_is_named() -> None:
    assert visit("pat", f"/cases/{CASE}/named/").status_code == 302
    assert visit("pat", f"/cases/{CASE}/named/", {"named": [named("pat")]}).status_code == 403


@pytest.mark.parametrize(
    ("people", "days", "why"),
    [
        (["sef", "dora"], 90, "Name yourself too"),
        (["pat", "nadia"], 90, "at least two people"),
        (["pat", "sef"], 0, "within six months"),
        (["pat", "sef"], 200, "within six months"),
    ],
)
def test_a_list_that_would_do_harm_is_refused_in_words(people: list[str], days: int, why: str) -> None:
    with acting("pat", level=2) as by, pytest.raises(Refused, match=why):
        actions.name_people(
            Case.objects.get(pk=CASE), named=list(Membership.objects.filter(pk__in=[named(one) for one in people])),
            ground="threat", reason="x", review_on=localdate() + timedelta(days=days), by=by,
        )  # fmt: skip


def test_a_new_list_takes_the_place_of_the_one_before(kept: AllowList) -> None:
    keep("pat", "dora")
    assert visit("dora", f"/cases/{CASE}/").status_code == 200
    assert visit("sef", f"/cases/{CASE}/").status_code == 404
    with acting("pat"):
        before = AllowList.objects.get(pk=kept.pk)
        assert before.ends_at is not None
        assert before.ended_by_id == named("pat")


def test_the_review_is_asked_for_and_opens_nothing() -> None:
    with acting("pat", level=2) as by:
        AllowList.objects.create(
            owner_id=by.organisation_id, case_id=CASE, named=[named("pat"), named("sef")], ground="threat", reason="x",
            review_on=localdate() - timedelta(days=1), created_by=by,
        )  # fmt: skip
    assert "to be looked at again" in visit("pat", "/").content.decode()
    assert visit("dora", f"/cases/{CASE}/").status_code == 404


# ---- who knew ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_cass_worked_on_it")
@pytest.mark.parametrize("part", PARTS)
def test_who_was_assigned_finds_a_stub_without_name_post_day_or_number(part: str) -> None:
    shown = visit("cass", f"/cases/{CASE}/{part}")
    assert shown.status_code == 403
    page = shown.content.decode()
    assert "Not currently" in page
    assert not [word for word in (*TELLING, str(CASE), "202") if word in page.split("<main")[1].split("</main>")[0]]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("who", ["cora", "nadia"])
def test_a_partner_whose_own_case_is_linked_finds_the_stub_and_keeps_its_own(who: str) -> None:
    assert visit(who, f"/cases/{CASE}/").status_code == 403
    own = visit(who, f"/cases/{OURS}/")
    assert own.status_code == 200
    assert "Aldermoor" not in own.content.decode()
    assert "Not currently" in visit(who, f"/cases/{OURS}/why/?giver=1&category=9").content.decode()


def test_an_authority_finds_a_stub_of_a_providers_case_only_while_the_person_agrees() -> None:
    keep("cora", "ruth", by="cora", case=OURS)
    assert visit("pat", f"/cases/{OURS}/").status_code == 403
    with acting("cora") as by:
        paper = Case.objects.get(pk=OURS).participation_set.get()
        actions.withdraw(paper, route="said", by=by)
    assert visit("pat", f"/cases/{OURS}/").status_code == 404


@pytest.mark.usefixtures("_cass_worked_on_it")
def test_each_attempt_is_logged_and_shown_to_who_is_named() -> None:
    for who in ("dora", "cass", "cass"):
        visit(who, f"/cases/{CASE}/")
    visit("dora", f"/api/v1/cases/{CASE}")
    visit("ines", f"/safety/cases/{CASE}/briefings/")
    with acting("pat"):
        found = Subject.objects.filter(case=CASE, entry__kind="refused").values_list("entry__membership", flat=True)
        assert Counter(found) == Counter(map(named, ("dora", "cass", "cass", "dora", "ines")))
    assert "Tried, and was refused" in visit("pat", f"/cases/{CASE}/readers/").content.decode()
    with acting("dora"):
        assert not Subject.objects.filter(entry__kind="refused", case__isnull=False).exists()


def test_an_attempt_at_nothing_is_the_same_work_and_says_of_what() -> None:
    with acting("dora"):
        before = Subject.objects.filter(owner=0).count()
    visit("dora", f"/cases/{uuid4()}/")
    with acting("dora"):
        assert Subject.objects.filter(case__isnull=False, entry__kind="refused").count() == 0
        assert before == 0


# ---- nothing is sent into the void ------------------------------------------------------------------------------


@pytest.mark.usefixtures("kept")
def test_a_warning_is_not_sent_to_people_who_could_not_read_it() -> None:
    with acting("pat") as by, pytest.raises(Refused, match="nobody of Lantern Mentoring is among them"):
        send_notice(Case.objects.get(pk=CASE), to=Organisation.objects.get(pk=LANTERN), text="x", by=by)


def test_a_warning_reaches_who_is_named() -> None:
    keep("pat", "sef", "nadia")
    with acting("pat") as by:
        sent = send_notice(Case.objects.get(pk=CASE), to=Organisation.objects.get(pk=LANTERN), text="Careful.", by=by)
    assert "Careful." in visit("nadia", f"/safety/notices/{sent.pk}/").content.decode()


@pytest.mark.usefixtures("kept")
def test_nobody_is_assigned_who_could_not_open_it() -> None:
    with acting("pat") as by, pytest.raises(Refused, match="Name Cass Mollin first"):
        actions.assign(
            Case.objects.get(pk=CASE), worker=Membership.objects.get(pk=named("cass")), activity="custody", by=by
        )
