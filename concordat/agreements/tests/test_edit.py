"""Writing a draft through its pages, without JavaScript: from nothing to a proposed text."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.agreements.models import Agreement, Kind, SharingRule, Version
from concordat.core.codes import Category
from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import FAMILIES, LANTERN, acting, named

from . import ready

pytestmark = pytest.mark.django_db


def day(name: str, years: int = 0) -> dict[str, str]:
    today = localdate()
    return {f"{name}_day": "1", f"{name}_month": "1", f"{name}_year": str(today.year + years)}


def url(view: str, version: Version, *more: object) -> str:
    return reverse(f"agreements:{view}", args=[version.agreement_id, version.number, *more])


def newest() -> Version:
    with acting("helen"):
        return Version.objects.select_related("agreement").latest("agreement__created_at", "number")


@pytest.fixture
def helen() -> Client:
    return signed_in("helen", level=2)


@pytest.fixture
def protocol() -> Version:
    with acting("helen") as by:
        return ready.protocol(by, ready.agreed("framework"))


@pytest.fixture
def terms() -> Version:
    with acting("helen") as by:
        return ready.terms(by, ready.agreed("framework"))


def test_it_begins_with_what_is_to_be_agreed(helen: Client) -> None:
    answer = helen.post(reverse("agreements:new"), {"kind": "terms"})
    assert answer["Location"] == reverse("agreements:new_kind", args=["terms"])
    assert helen.post(reverse("agreements:new"), {}).status_code == 422
    assert helen.get(reverse("agreements:new_kind", args=["else"])).status_code == 404


def test_a_framework_is_started(helen: Client) -> None:
    given = {"title": "With families", "other": FAMILIES, "objectives": ["families"], "time_zone": "Europe/Berlin"}
    answer = helen.post(
        reverse("agreements:new_kind", args=["framework"]), {**given, **day("first_day"), **day("last_day", 2)}
    )
    made = newest()
    assert answer["Location"] == url("edit", made)
    assert (made.agreement.kind, made.agreement.time_zone) == (Kind.FRAMEWORK, "Europe/Berlin")
    with acting("helen"):
        assert made.clauses.get(code="MOU-2").parameters["objectives"] == ["families"]
        assert made.clauses.count() == 27


@pytest.mark.parametrize(("kind", "more"), [("protocol", {}), ("terms", {"activity": "custody"})])
def test_what_stands_below_a_framework_is_started(helen: Client, kind: str, more: dict[str, str]) -> None:
    given = {"title": "Below", "framework": str(named("framework")), "time_zone": "UTC", **more}
    answer = helen.post(
        reverse("agreements:new_kind", args=[kind]), {**given, **day("first_day"), **day("last_day", 2)}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert newest().agreement.party_b_id == LANTERN


def test_days_in_the_wrong_order_are_told_at_the_field(helen: Client) -> None:
    given = {"title": "Below", "framework": str(named("framework")), "time_zone": "UTC"}
    answer = helen.post(
        reverse("agreements:new_kind", args=["protocol"]), {**given, **day("first_day"), **day("last_day", -2)}
    )
    assert answer.status_code == 422
    assert "The last day lies before the first" in answer.content.decode()


@pytest.mark.parametrize("view", ["new", "new_kind"])
def test_who_cannot_draft_is_told_so(view: str) -> None:
    answer = signed_in("pat").get(reverse(f"agreements:{view}", args=["terms"] if view == "new_kind" else []))
    assert answer.status_code == 422
    assert "drafted by a partnership officer" in answer.content.decode()


def test_the_draft_shows_what_is_missing(helen: Client, protocol: Version) -> None:
    typed = {"wording": "Looked at together.", "answer_review_months": "12"}
    send(helen, url("edit_clause", protocol, "ISP-23"), typed)
    page = helen.get(url("edit", protocol)).content.decode()
    assert "The check finds 1 thing to put right." in page
    assert "The check found 1 thing to put right." in page, "beside the button that is off"
    page = helen.get(url("check", protocol)).content.decode()
    assert "Clause 23, Checking the effect on rights: Nothing is said about" in page


@pytest.mark.parametrize("view", ["edit", "check", "edit_days", "add_rule", "fill_rules", "add_prohibition", "propose"])
def test_the_other_party_does_not_find_a_draft(protocol: Version, view: str) -> None:
    assert signed_in("ruth", level=2).get(url(view, protocol)).status_code == 404
    assert "drafted by a partnership officer" in signed_in("pat").get(url(view, protocol)).content.decode()


def test_a_clause_is_written_with_its_answers(helen: Client, protocol: Version) -> None:
    answers = {"answer_purposes": ["intervention", "supervision"], "answer_excluded": ["intelligence", "scoring"]}
    send(helen, url("edit_clause", protocol, "ISP-2"), {"wording": "For two purposes.", **answers})
    with acting("helen"):
        clause = protocol.clauses.get(code="ISP-2")
    assert clause.wording == "For two purposes."
    assert clause.parameters == {"purposes": ["intervention", "supervision"], "excluded": ["intelligence", "scoring"]}


def test_answers_keep_their_shape(helen: Client) -> None:
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
    send(
        helen,
        url("edit_clause", version, "MOU-12"),
        {"wording": "x", "answer_indemnity": "a", "answer_insurances": "One\r\n\r\n Two "},
    )
    send(
        helen,
        url("edit_clause", version, "MOU-25"),
        {"wording": "x", "answer_grounds": ["law"], "answer_max_days": "3", "answer_notice_days": ""},
    )
    send(helen, url("edit_clause", version, "MOU-3"), {"wording": "x"})
    with acting("helen"):
        found = {code: version.clauses.get(code=code).parameters for code in ("MOU-12", "MOU-25", "MOU-3")}
    assert found["MOU-12"] == {"indemnity": "a", "insurances": ["One", "Two"], "kept_back": ""}
    assert found["MOU-25"] == {"grounds": ["law"], "max_days": 3, "notice_days": None}
    assert found["MOU-3"] == {"accepted": False}


@pytest.mark.requirement("MOU-5", "PP-6")
def test_nobody_of_civil_society_can_be_chosen_as_accountable(helen: Client) -> None:
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
    page = helen.get(url("edit_clause", version, "MOU-5")).content.decode()
    assert "Helen Marsh, Accountable officer, Prison Service" in page
    assert "Ruth Okar" not in page
    answer = send(helen, url("edit_clause", version, "MOU-5"), {"wording": "x", "answer_officer": str(named("ruth"))})
    assert answer.status_code == 422


def test_a_number_beyond_its_limits_is_told_at_the_field(helen: Client, terms: Version) -> None:
    answer = send(
        helen, url("edit_clause", terms, "TRM-12"), {"wording": "x", "answer_grounds": ["law"], "answer_max_days": "30"}
    )
    assert answer.status_code == 422
    assert "less than or equal to 14" in answer.content.decode()


def test_a_clause_can_be_left_out_and_taken_in_again(helen: Client, protocol: Version) -> None:
    assert helen.post(url("remove_clause", protocol, "ISP-21")).status_code == 302
    assert "Not in this draft" in helen.get(url("edit", protocol)).content.decode()
    assert helen.post(url("remove_clause", protocol, "ISP-2")).status_code == 422
    send(helen, url("edit_clause", protocol, "ISP-21"), {"wording": "Large groups only.", "answer_smallest": "12"})
    with acting("helen"):
        assert protocol.clauses.get(code="ISP-21").parameters == {"smallest": 12, "kept_back": ""}


def test_a_rule_is_added_changed_and_taken_out(helen: Client, protocol: Version) -> None:
    rule = {
        "form": "summary",
        "purpose": "intervention",
        "role": "case_officer",
        "condition": "participation",
        "basis": "Act, s. 1",
    }
    answer = helen.post(url("add_rule", protocol), {"owner": LANTERN, "category": 13, **rule, **day("last_day", 1)})
    assert answer.status_code == 302, answer.content.decode()
    with acting("helen"):
        made = SharingRule.objects.get(version=protocol, role="case_officer")
        assert (made.recipient_id, made.starts_at) == (1, None)
        assert made.ends_at is not None
    send(helen, url("edit_rule", protocol, made.pk), {**rule, "form": "date"})
    with acting("helen"):
        changed = SharingRule.objects.get(pk=made.pk)
    assert (changed.form, changed.ends_at) == ("date", None)
    helen.post(url("remove_part", protocol, made.pk))
    with acting("helen"):
        assert not SharingRule.objects.filter(pk=made.pk).exists()


@pytest.mark.requirement("ISP-10")
@pytest.mark.parametrize("category", [Category.P20, Category.P25, Category.P26, Category.P29, Category.P33])
def test_what_is_closed_is_not_on_offer(helen: Client, protocol: Version, category: Category) -> None:
    rule = {
        "form": "summary",
        "purpose": "intervention",
        "role": "case_officer",
        "condition": "none",
        "basis": "Act, s. 1",
    }
    assert (
        helen.post(url("add_rule", protocol), {"owner": LANTERN, "category": int(category), **rule}).status_code == 422
    )


def test_a_rule_of_another_version_is_not_reached_under_this_one(
    helen: Client, protocol: Version, terms: Version
) -> None:
    with acting("helen"):
        rule = protocol.sharingrules.all()[0]
    assert helen.get(url("edit_rule", terms, rule.pk)).status_code == 404
    assert helen.post(url("remove_part", terms, rule.pk)).status_code == 404


def test_something_is_never_given(helen: Client, protocol: Version) -> None:
    helen.post(url("add_prohibition", protocol), {"owner": 1, "category": 5})
    page = helen.get(url("edit", protocol)).content.decode()
    assert "Offence summary, from Prison Service to Lantern Mentoring" in page


def test_the_table_starts_from_a_template(helen: Client) -> None:
    given = {"title": "Below", "framework": str(named("framework")), "time_zone": "UTC"}
    helen.post(reverse("agreements:new_kind", args=["protocol"]), {**given, **day("first_day"), **day("last_day", 2)})
    made = newest()
    helen.post(url("fill_rules", made), {"template": "custody", "basis": "Prison Act, s. 7"})
    with acting("helen"):
        assert made.sharingrules.count() == 2 * 18 + 7


def test_places_needs_and_payments_are_set(helen: Client, terms: Version) -> None:
    send(helen, url("edit_places", terms), {"places": [str(named("kestrel"))]})
    send(helen, url("edit_requirement", terms, LANTERN), {"clearance": "enhanced", "trainings": "induction\nmentoring"})
    helen.post(
        url("add_payment", terms), {"amount": "1200.50", "currency": "EUR", "reason": "Spring", **day("due_on", 1)}
    )
    with acting("helen"):
        assert [one.place_id for one in terms.termsplaces.all()] == [named("kestrel")]
        assert [one.trainings for one in terms.termsrequirements.all()] == [["induction", "mentoring"]]
        assert sorted(str(one.amount) for one in terms.fundinglines.all()) == ["0.00", "1200.50"]
        spring = terms.fundinglines.get(reason="Spring")
    helen.post(url("remove_part", terms, spring.pk))
    with acting("helen"):
        assert terms.fundinglines.count() == 1
    assert helen.get(url("edit_requirement", terms, FAMILIES)).status_code == 404


def test_the_days_are_changed(helen: Client, terms: Version) -> None:
    send(helen, url("edit_days", terms), {**day("first_day"), **day("last_day", 3), "whole_team_of": [LANTERN]})
    with acting("helen"):
        found = Version.objects.get(pk=terms.pk)
    assert (found.last_day.year, found.whole_team_of) == (localdate().year + 3, [LANTERN])


def test_a_text_is_proposed_after_one_more_question(helen: Client, terms: Version) -> None:
    page = helen.get(url("propose", terms)).content.decode()
    assert "It binds nobody, you included, until the signatories of both parties have signed." in page
    helen.post(url("propose", terms))
    with acting("ruth"):
        assert Version.objects.get(pk=terms.pk).hash
    assert helen.get(url("edit", terms)).status_code == 422


def test_what_the_check_rejects_cannot_be_proposed(helen: Client, terms: Version) -> None:
    send(helen, url("edit_places", terms), {})
    for answer in (helen.get(url("propose", terms)), helen.post(url("propose", terms))):
        assert answer.status_code == 422
        assert "The check found 1 thing to put right." in answer.content.decode()


def test_a_new_version_is_started_from_the_agreement(helen: Client) -> None:
    answer = helen.post(reverse("agreements:new_version", args=[named("terms")]))
    assert answer["Location"].endswith("/versions/3/edit/")
    assert helen.get(reverse("agreements:new_version", args=[named("terms")])).status_code == 405
    with acting("helen"):
        assert Agreement.objects.get(pk=named("terms")).versions.count() == 2
