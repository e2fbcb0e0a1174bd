"""Another day, or a text that is not signed: what the papers give, and never what a person chose."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils.timezone import localdate, now

from concordat.access.explain import Decision
from concordat.access.question import Question
from concordat.access.suppose import first_missing, may_suppose, noon, why_if
from concordat.agreements import actions
from concordat.agreements.models import Ending, Kind, Signature, Version
from concordat.agreements.tests.ready import agreed, days
from concordat.cases.models import Assignment, Case, Participation
from concordat.core.codes import Activity, Category, Condition, Form, Purpose
from concordat.core.testing.machines import machine_of
from concordat.core.testing.visiting import visit
from concordat.demo.world import FAMILIES, LANTERN, PRISON, START, acting, named
from concordat.ledger.models import Entry
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

in_one_transaction = pytest.mark.django_db  # the others need what a request looks up on another connection

TODAY = localdate()
DAYS = [TODAY + timedelta(days=n) for n in (-400, -4, -3, -2, -1, 1, 2, 90, 181, 400)]


CIVIL = named("civil_case")
SOME = (Category.P18, Category.P19, Category.P28, Category.P09, Category.P31, Category.P20)


def question(by: Membership, category: Category = Category.P09, giver: int = 0) -> Question:
    prison = by.organisation_id == PRISON
    own = Case.objects.get(pk=named("case" if prison else "civil_case"))
    holder = Organisation.objects.get(pk=giver or (LANTERN if prison else PRISON))
    return Question(own, holder, category, by, Purpose.INTERVENTION)


def suppose(name: str, category: Category, day: date, *, giver: int = 0, version: Version | None = None) -> Decision:
    with acting(name) as by:
        found = why_if(question(by, category, giver), noon(day), version)
        assert found is not None
        return found


# ---- another day ---------------------------------------------------------------------------------------------------


@in_one_transaction
def test_up_to_a_known_end_nothing_stands_in_the_way_and_then_it_stops_at_one() -> None:
    with acting("ruth", level=2) as by:
        Ending.objects.create(
            agreement_id=named("framework"), organisation_id=LANTERN, reason="Moved", created_by=by,
            at=now() + timedelta(days=40),
        )  # fmt: skip
    before = suppose("nadia", Category.P09, TODAY + timedelta(days=30))
    after = suppose("nadia", Category.P09, TODAY + timedelta(days=50))
    assert (before.missing, before.is_open) == ("up_to_here", False)
    assert [one.state for one in before.links] == ["holds"] * 4 + ["unread"] * 2 + ["holds"]
    assert "is not looked at" in before.links[2].words  # at which place
    assert "is not looked at" in before.links[3].words  # a conflict with a case
    assert after.missing == "framework"
    assert after.links[0].supplier


@in_one_transaction
def test_a_clearance_that_will_have_lapsed_is_told() -> None:
    assert suppose("nadia", Category.P09, TODAY + timedelta(days=100)).missing == "up_to_here"
    assert suppose("nadia", Category.P09, TODAY + timedelta(days=300)).missing == "worker"


@in_one_transaction
def test_what_no_rule_names_and_what_is_closed_to_all_stay_so_on_every_day() -> None:
    assert {suppose("nadia", Category.P08, day).missing for day in DAYS[1:]} == {"rule"}
    assert {suppose("nadia", Category.P20, day).missing for day in DAYS} == {"ceiling"}


# ---- what a person chose -------------------------------------------------------------------------------------------


def withdraw() -> None:
    with acting("cora"):
        changed = Participation.objects.filter(pk=named("participation"))
        assert changed.update(withdrawn_at=now() - timedelta(days=2), withdrawn_by_route="said") == 1


def never_asked() -> UUID:
    """Return another case of the prison, whose person was never offered anything."""
    with acting("pat") as by:
        case = Case.objects.create(
            owner_id=PRISON, reference="A-1002", working_code="8R", service_purpose="Custody", child_rules=False
        )
        Assignment.objects.create(
            case=case, owner_id=PRISON, membership=by, activity=Activity.CUSTODY, created_by=by, starts_at=START
        )
        return case.pk


def answers(name: str, case: UUID, giver: int, version: Version | None = None) -> list[bytes]:
    """Ask day by day for every category, as a machine of somebody's does."""
    tried = f"&version={version.pk}" if version else ""
    machine = machine_of(name)
    asked = [f"/cases/{case}/why?giver={giver}&category={one.code}&day={day}{tried}" for day in DAYS for one in SOME]
    found = [machine.get(one) for one in asked]
    assert {one.status_code for one in found} == {200}
    return [one.content for one in found]


@in_one_transaction
@pytest.mark.requirement("C9.8")
def test_asked_day_by_day_who_withdrew_and_who_was_never_asked_are_alike_byte_for_byte() -> None:
    agreeing = answers("pat", named("case"), LANTERN)
    withdraw()
    withdrawn = answers("pat", named("case"), LANTERN)
    assert agreeing == withdrawn == answers("pat", never_asked(), LANTERN)
    assert len(set(withdrawn)) > 2  # else nothing was answered


@in_one_transaction
def test_the_page_shows_on_no_day_when_somebody_withdrew() -> None:
    def shown() -> list[str]:
        pages = [visit("nadia", f"/cases/{CIVIL}/why/?giver=1&category=13&day={day}") for day in DAYS]
        return [str(one.content.decode()).split("<main")[1].split("</main")[0] for one in pages]

    before = shown()
    assert all("Not looked at for another day" in one for one in before[1:5])
    withdraw()
    assert shown() == before


# ---- a text that is not signed -------------------------------------------------------------------------------------


def with_post(name: str, *roles: Role) -> None:
    with acting("adam", level=2):
        assert Membership.objects.filter(pk=named(name)).update(roles=[str(one) for one in roles]) == 1


def draft_for_pat() -> Version:
    """Have the prison draft for itself what Lantern has not agreed: attendance and needs, whatever the person says."""
    with_post("pat", Role.PROGRAMME_MANAGER, Role.PARTNERSHIP_OFFICER)
    with acting("pat") as by:
        version = actions.new_version(agreed("protocol"), by=by)
        for category in (Category.P18, Category.P09):
            actions.add_rule(
                version, owner=Organisation.objects.get(pk=LANTERN), category=category, form=Form.DATE,
                purpose=Purpose.INTERVENTION, role=Role.PROGRAMME_MANAGER, condition=Condition.NONE, basis="Act, s. 7",
                by=by,
            )  # fmt: skip
        return version


@in_one_transaction
def test_if_a_draft_were_signed_is_answered_and_nothing_is_left_but_a_line_of_ones_own() -> None:
    version = draft_for_pat()
    assert suppose("pat", Category.P09, TODAY, giver=LANTERN).missing == "rule"
    assert suppose("pat", Category.P09, TODAY, giver=LANTERN, version=version).missing == "up_to_here"
    assert suppose("pat", Category.P09, TODAY, giver=LANTERN).missing == "rule"
    with acting("dora"):
        assert Entry.objects.filter(what="agreement.simulated").count() == 1
    with acting("cora"):
        assert not Entry.objects.filter(what="agreement.simulated").exists()
    with acting("helen"):
        assert not Signature.objects.filter(version=version.pk).exists()
        assert Version.objects.get(pk=version.pk).proposed_at is None


def test_a_draft_of_one_side_is_no_way_to_learn_what_a_person_chose(own_database: str) -> None:
    assert own_database
    version = draft_for_pat()
    agreeing = answers("pat", named("case"), LANTERN, version)
    withdraw()
    assert (
        agreeing == answers("pat", named("case"), LANTERN, version) == answers("pat", never_asked(), LANTERN, version)
    )


@in_one_transaction
def test_only_who_sees_a_draft_and_may_try_it_out_asks_so() -> None:
    with acting("ruth") as by:
        theirs = actions.new_version(agreed("protocol"), by=by)
    with_post("pat", Role.PROGRAMME_MANAGER, Role.PARTNERSHIP_OFFICER)
    with acting("pat") as by:
        assert may_suppose(by) == []
        assert first_missing(question(by), now(), theirs.pk) is None
    for asked in (theirs.pk, uuid4()):
        answer = machine_of("pat").get(f"/cases/{named('case')}/why?giver={LANTERN}&category=P09&version={asked}")
        assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")
    mine = draft_for_pat()
    with_post("pat", Role.PROGRAMME_MANAGER)
    with acting("pat") as by:
        assert may_suppose(by) == []
        assert first_missing(question(by), now(), mine.pk) is None


def test_a_text_with_somebody_else_is_told_at_the_field(own_database: str) -> None:
    assert own_database
    version = draft_for_pat()
    own = visit("pat", f"/cases/{named('case')}/why/?giver={LANTERN}&category=9&version={version.pk}")
    assert "As if both had signed" in own.content.decode()
    with acting("pat") as by:
        other = actions.draft(
            kind=Kind.FRAMEWORK, title="With families", other=Organisation.objects.get(pk=FAMILIES), by=by, **days()
        )
    found = visit("pat", f"/cases/{named('case')}/why/?giver={LANTERN}&category=9&version={other.pk}")
    assert "This text is with another organisation." in found.content.decode()


@in_one_transaction
def test_for_a_colleague_it_is_asked_by_who_says_who_works_on_cases() -> None:
    day = TODAY + timedelta(days=300)
    page = visit("cora", f"/cases/{CIVIL}/why/?giver=1&category=9&day={day}&who={named('nadia')}").content.decode()
    assert "missing on their side" in page
    with acting("nadia") as by:
        asked = replace(question(by), by=Membership.objects.get(pk=named("cora")))
        assert first_missing(asked, now(), None) is None


@in_one_transaction
def test_a_day_beyond_every_agreement_is_no_answer() -> None:
    page = visit("nadia", f"/cases/{CIVIL}/why/?giver=1&category=9&day=2090-01-01").content.decode()
    assert "at most 5 years ahead" in page
    assert "c-answer" not in page
