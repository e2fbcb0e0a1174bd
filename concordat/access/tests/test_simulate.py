"""What signing would do, tried out: the same as signing does, counts of one's own only, and nothing left behind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404
from django.utils.timezone import now

from concordat.access.simulation import simulate
from concordat.agreements import actions
from concordat.agreements.models import Agreement, Signature, Version
from concordat.agreements.opening import Count, Opening
from concordat.agreements.tests import ready
from concordat.cases.models import Assignment, Case, Participation, Placement, Restriction, SummaryRecord
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, START, acting, named
from concordat.ledger.models import Entry
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership
from concordat.people.roles import Role

pytestmark = pytest.mark.django_db

Change = Callable[[Version, Membership], Any]
FORMS = [str(one) for one in Form]
CONDITIONS = [str(one) for one in Condition]


def drafted(name: str, change: Change, by: Membership) -> Version:
    """Draft a new version of one of the world's agreements, in which something is different."""
    version = actions.new_version(ready.agreed(name), by=by)
    change(version, by)
    return version


def widen(version: Version, _by: Membership) -> None:
    version.sharingrules.filter(category=Category.P09).update(form=Form.FULL)


def narrow(version: Version, _by: Membership) -> None:
    version.sharingrules.filter(category__in=[Category.P02, Category.P06]).update(form=Form.DATE)


def condition(version: Version, _by: Membership) -> None:
    version.sharingrules.filter(category=Category.P06).update(condition=Condition.PARTICIPATION)


def forbid(version: Version, by: Membership) -> None:
    actions.add_prohibition(version, owner=Organisation.objects.get(pk=PRISON), category=Category.P09, by=by)


def give_closed(version: Version, by: Membership) -> None:
    """Give what stands above every agreement: nothing may open."""
    actions.add_rule(
        version, owner=Organisation.objects.get(pk=PRISON), category=Category.P25, form=Form.FULL,
        purpose=Purpose.INTERVENTION, role=Role.FACILITATOR, condition=Condition.NONE, basis="Act, s. 7", by=by,
    )  # fmt: skip


def give_nothing(version: Version, _by: Membership) -> None:
    version.sharingrules.all().delete()


def keys_of(name: str) -> set[tuple[int, str, str]]:
    """Return what the rules in force give somebody of the world: key, form and condition."""
    found = set()
    with acting(name), connection.cursor() as cursor:
        for form in FORMS:
            for needed in CONDITIONS:
                cursor.execute("SELECT unnest(access.keys(%s, %s))", [form, needed])
                found |= {(key, form, needed) for (key,) in cursor.fetchall()}
    return found


def cells(found: Opening, way: str, *, role: str, taker: int) -> set[tuple[int, str, str]]:
    return {
        (one.giver * 64 + one.category, one.form, one.condition)
        for one in found.cells
        if getattr(one, way) and one.role == role and one.taker == taker
    }


@pytest.mark.parametrize("change", [widen, narrow, condition, forbid, give_closed, give_nothing])
@pytest.mark.parametrize(
    ("reader", "role", "taker"), [("nadia", Role.FACILITATOR, LANTERN), ("pat", Role.PROGRAMME_MANAGER, PRISON)]
)
def test_it_says_what_signing_then_does(change: Change, reader: str, role: Role, taker: int) -> None:
    """The keys that the database compiles after the real signatures differ from those before in exactly these cells."""
    before = keys_of(reader)
    with acting("helen") as by:
        version = drafted("protocol", change, by)
        found = simulate(version, by=by)
        ready.freeze(version, by)
    assert keys_of(reader) == before
    ready.sign(version, "helen", "ruth")
    after = keys_of(reader)
    assert cells(found, "opens", role=role, taker=taker) == after - before
    assert cells(found, "ceases", role=role, taker=taker) == before - after


def test_at_least_one_of_the_changes_does_something() -> None:
    """Else the comparison above would compare nothing."""
    with acting("helen") as by:
        found = simulate(drafted("protocol", widen, by), by=by)
    assert cells(found, "opens", role=Role.FACILITATOR, taker=LANTERN) == {(PRISON * 64 + 9, "full", "none")}
    assert not any(one.ceases for one in found.cells)


def test_terms_at_another_place_open_it_there() -> None:
    def add_place(version: Version, by: Membership) -> None:
        actions.set_places(version, places=Place.objects.filter(organisation=PRISON), by=by)

    with acting("helen") as by:
        found = simulate(drafted("terms", add_place, by), by=by)
    assert {one.place for one in found.cells if one.opens} == {named("kestrel")}
    assert {one.taker for one in found.cells if one.opens} == {LANTERN, PRISON}


def test_a_version_that_begins_later_opens_later() -> None:
    def later(version: Version, by: Membership) -> None:
        widen(version, by)
        days = ready.days()
        actions.set_days(version, first_day=days["last_day"], last_day=days["last_day"].replace(year=2099), by=by)

    with acting("helen") as by:
        version = drafted("protocol", later, by)
        found = simulate(version, by=by)
    (wider,) = {one.opens for one in found.cells if one.opens and one.category == Category.P09 and one.form == "full"}
    assert wider[0][0] == version.starts_at == found.begins


# ---- counts --------------------------------------------------------------------------------------------------------


def cases_at(place: str, number: int, *, children: int = 0) -> None:
    """Have the prison hold this many more cases at a place, each with one summary of needs."""
    with acting("pat") as by:
        for at in range(number):
            case = Case.objects.create(
                owner_id=PRISON, reference=f"X-{place}-{at}", working_code=f"{at}X", service_purpose="Mentoring",
                child_rules=at < children,
            )  # fmt: skip
            about: dict[str, Any] = {"owner_id": PRISON, "case": case, "created_by": by}
            Placement.objects.create(**about, place_id=named(place), starts_at=START)
            SummaryRecord.objects.create(**about, category=Category.P12, text="Fasts", checked_by="Pat Vell")


def give_belief(version: Version, by: Membership) -> None:
    for owner, taker_role in ((PRISON, Role.FACILITATOR), (LANTERN, Role.PROGRAMME_MANAGER)):
        actions.add_rule(
            version, owner=Organisation.objects.get(pk=owner), category=Category.P12, form=Form.SUMMARY,
            purpose=Purpose.INTERVENTION, role=taker_role, condition=Condition.PARTICIPATION, basis="Act, s. 7", by=by,
        )  # fmt: skip


def counts(found: Opening) -> dict[tuple[str, int | None], Count]:
    return {(one.way, one.category): one for one in found.counts}


def test_each_side_gets_counts_of_its_own_records_only() -> None:
    cases_at("aldermoor", 23, children=14)
    cases_at("kestrel", 40)
    with acting("helen") as by:
        version = drafted("protocol", give_belief, by)
        own = counts(simulate(version, by=by))
        ready.freeze(version, by)
    assert own["opens", int(Category.P12)] == Count("opens", 12, 20, 20, 10)
    with acting("ruth") as by:
        assert simulate(version, by=by).counts == ()


@pytest.mark.parametrize(("number", "shown"), [(9, 0), (10, 10), (19, 10), (20, 20)])
def test_fewer_than_ten_and_what_lies_between_tens_stay_unknown(number: int, shown: int) -> None:
    """With the second place in the terms or without it: the difference of two answers tells of no small group."""
    cases_at("aldermoor", number)
    with acting("helen") as by:
        found = counts(simulate(drafted("protocol", give_belief, by), by=by))
    assert (found["opens", 12].records, found["opens", 12].cases, found["opens", 12].children) == (shown, shown, 0)


def test_no_count_depends_on_a_persons_choice_or_on_the_other_sides_staff() -> None:
    cases_at("aldermoor", 12)
    with acting("helen") as by:
        version = drafted("protocol", give_belief, by)
        before = simulate(version, by=by)
    with acting("nadia"):
        assert (
            Participation.objects.filter(pk=named("participation")).update(
                withdrawn_at=now(), withdrawn_by_route="slip"
            )
            == 1
        )
    with acting("cora"):
        Assignment.objects.filter(case_id=named("civil_case")).update(ends_at=START)
    with acting("helen") as by:
        assert simulate(version, by=by).counts == before.counts


def test_what_is_restricted_for_the_asker_is_not_counted() -> None:
    cases_at("aldermoor", 10)
    with acting("helen") as by:
        version = drafted("protocol", give_belief, by)
        assert counts(simulate(version, by=by))["opens", 12].cases == 10
    with acting("pat") as by:
        case = Case.objects.get(reference="X-aldermoor-0")
        Restriction.objects.create(case=case, owner_id=PRISON, membership_id=named("helen"), created_by=by)
    with acting("helen") as by:
        assert counts(simulate(version, by=by))["opens", 12].cases == 0


# ---- nothing is left -----------------------------------------------------------------------------------------------


def test_nothing_is_left_but_one_line_in_ones_own_log() -> None:
    with acting("helen") as by:
        version = drafted("protocol", widen, by)
    with acting("dora"):
        lines = Entry.objects.count()
    with acting("helen") as by:
        simulate(version, by=by)
        version.refresh_from_db()
        assert (version.proposed_at, version.hash, version.document) == (None, "", "")
        assert not Signature.objects.filter(version=version).exists()
    with acting("dora"):
        assert Entry.objects.count() == lines + 1
        assert Entry.objects.latest("at").what == "agreement.simulated"
    with acting("cora"):
        assert not Entry.objects.filter(what="agreement.simulated").exists()


# ---- who may -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "sentence"), [("pat", "partnership officer"), ("otto", "Only the parties")])
def test_it_is_for_those_who_deal_with_partners(name: str, sentence: str) -> None:
    with acting("helen") as by:
        version = drafted("protocol", widen, by)
    with acting(name) as by, pytest.raises(Refused, match=sentence):
        simulate(version, by=by)


def test_a_draft_of_the_other_party_is_not_found_by_the_database_either() -> None:
    with acting("helen") as by:
        version = drafted("protocol", widen, by)
    with acting("ruth") as by, pytest.raises(Http404):
        simulate(version, by=by)


def test_what_is_signed_need_not_be_tried_out() -> None:
    with acting("helen") as by, pytest.raises(Refused, match="Both parties have signed"):
        simulate(Agreement.objects.get(pk=named("protocol")).versions.get(), by=by)


PARTS = ["sign_for_a_moment(gen_random_uuid(), gen_random_uuid())", "count_own('[]')", "cells_between(1, 3)"]


@pytest.mark.parametrize("part", PARTS)
def test_its_parts_are_not_the_applications(part: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting("helen"), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(f"SELECT access.{part}")


def test_the_switch_for_counting_opens_nothing_to_the_application() -> None:
    with acting("helen"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_summaryrecord")
        before = cursor.fetchone()
        cursor.execute("SELECT set_config('concordat.counting', 'on', true)")
        cursor.execute("SELECT count(*) FROM cases_summaryrecord")
        assert cursor.fetchone() == before == (0,)
