"""The page of an agreement: parties, picture, words and what they do, states, a reason at every button that is off."""

import pytest
from django.urls import reverse

from concordat.agreements import actions
from concordat.agreements.catalogue import CATALOGUE
from concordat.agreements.effects import WRITERS, effects
from concordat.agreements.given import giving
from concordat.agreements.models import Agreement, Kind, Version
from concordat.core.codes import Category
from concordat.core.parts import Cell
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.organisations.models import Organisation

from . import ready

pytestmark = pytest.mark.django_db


def page_of(name: str, pk: object) -> str:
    return signed_in(name).get(reverse("agreements:detail", args=[pk])).content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("helen", 200), ("nadia", 200), ("otto", 404), ("faye", 404), ("paul", 404)]
)
def test_who_finds_it(name: str, status: int) -> None:
    assert signed_in(name).get(reverse("agreements:detail", args=[named("terms")])).status_code == status


def test_others_learn_nothing_from_the_answer() -> None:
    """What is hidden is answered like what does not exist."""
    browser = signed_in("otto")
    hidden = browser.get(reverse("agreements:detail", args=[named("terms")])).content
    missing = browser.get(reverse("agreements:detail", args=[named("nothing")])).content
    assert hidden.replace(str(named("terms")).encode(), b"") == missing.replace(str(named("nothing")).encode(), b"")


@pytest.mark.requirement("MOU-1")
def test_the_facts_about_independence_stand_beside_the_names() -> None:
    page = page_of("nadia", named("protocol"))
    assert "Legal form: Association" in page
    assert "Not stated: Appointed or controlled by; Income from public authorities" in page


def test_it_says_who_signed() -> None:
    page = page_of("nadia", named("protocol"))
    assert "Signed by Helen Marsh, Accountable officer" in page
    assert "Signed by Ruth Okar, Director" in page


def test_a_button_that_is_off_says_why() -> None:
    version = ready.proposed_framework()
    page = page_of("pat", version.agreement_id)
    assert "Sign version 1" in page
    assert "Only an authorised signatory can do this. At Prison Service that is: Helen Marsh" in page
    assert "It is not in force; there is nothing to suspend." in page


def test_a_suspension_is_on_top_with_who_why_and_until_when() -> None:
    with acting("ruth", level=2) as by:
        actions.suspend(
            ready.agreed("protocol"), ground="data", explanation="A lost key", days=3, making_up="Two more days", by=by
        )
    page = page_of("pat", named("protocol"))
    assert "By Lantern Mentoring, until" in page
    assert "Personal data were exposed: “A lost key” To make up for it: “Two more days”" in page


def test_what_falls_with_its_framework_says_so() -> None:
    with acting("ruth", level=2) as by:
        actions.suspend(ready.agreed("framework"), ground="data", explanation="A lost key", days=3, by=by)
    assert "The framework agreement above it is suspended." in page_of("nadia", named("terms"))


def test_an_end_says_who_and_why() -> None:
    with acting("ruth", level=2) as by:
        actions.end(ready.agreed("terms"), reason="The money is gone", by=by)
    page = page_of("pat", named("terms"))
    assert "Lantern Mentoring ended it" in page
    assert "The money is gone" in page


def test_a_newer_proposal_is_pointed_at() -> None:
    with acting("ruth") as by:
        version = actions.new_version(Agreement.objects.get(pk=named("protocol")), by=by)
        ready_text(version)
        actions.set_days(version, **ready.days(), by=by)
        actions.propose(version, by=by)
    page = page_of("helen", named("protocol"))
    assert "See what it would change" in page
    assert "Sign version 2" in page


def ready_text(version: Version) -> None:
    """Give a copy of a text of the world the clauses that it lacks."""
    for entry in CATALOGUE[Kind.PROTOCOL]:
        answers = {**entry.defaults(), **ready.PROTOCOL_ANSWERS.get(entry.code, {})}
        if entry.code == "ISP-2":
            answers["purposes"] = ["intervention"]
        actions.set_clause(
            version, code=entry.code, wording=str(entry.wording), parameters=answers, by=version.drafted_by
        )


def test_what_is_signed_is_shown_whole_answers_as_well_as_words() -> None:
    with acting("helen") as by:
        version = ready.terms(by, ready.agreed("framework"))
    page = page_of("helen", version.agreement_id)
    for words in (
        "Talking, week by week",
        "Somebody stays",
        "Adults in custody",
        "in line of sight",
        "Room 4",
        "0, because a foundation pays",
    ):
        assert words in page


def test_the_accountable_officer_is_named() -> None:
    version = ready.proposed_framework()
    assert "Helen Marsh answers for every measure" in page_of("nadia", version.agreement_id)


# ---- what is computed ----------------------------------------------------------------------------------------------


def test_a_cell_is_the_widest_rule_unless_it_is_forbidden_or_closed() -> None:
    with acting("helen") as by:
        version = ready.protocol(by, ready.agreed("framework"))
        prison, lantern = (Organisation.objects.get(pk=pk) for pk in (PRISON, LANTERN))
        actions.add_prohibition(version, owner=prison, category=Category.P05, by=by)
        gives = giving(version.agreement, Version.objects.get(pk=version.pk))
        assert gives.cell(prison, Category.P07) == Cell("full")
        assert gives.cell(prison, Category.P13) == Cell("summary", "while the person agrees")
        assert gives.cell(prison, Category.P05) == Cell("none")
        assert gives.cell(lantern, Category.P20) == Cell("never")
        assert gives.cell(lantern, Category.P07) == Cell("none")


def test_effects_follow_the_answers() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-25", by, max_days=3, grounds=["safety"], notice_days=0)
        said = [f"{one.kind} {one.what}: {one.how}" for one in effects(version, version.clauses.get(code="MOU-25"), [])]
    assert "gives Signatories may suspend: for at most 3 days; Danger to a person's safety" in said
    assert not any("Notice before ending" in one for one in said)


@pytest.mark.parametrize(
    "make",
    [
        ready.framework,
        lambda by: ready.protocol(by, ready.agreed("framework")),
        lambda by: ready.terms(by, ready.agreed("framework")),
    ],
)
def test_each_clause_that_does_something_says_what(make: object) -> None:
    with acting("helen") as by:
        version = make(by)  # type: ignore[operator]
        rules = list(version.sharingrules.select_related("owner", "recipient"))
        silent = [one.code for one in version.clauses.all() if one.code in WRITERS and not effects(version, one, rules)]
    assert silent == []
