"""From draft to proposal: who may write, what is frozen, and that the check number is that of the whole text."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.agreements import actions, rules
from concordat.agreements.document import canonical, check_number
from concordat.agreements.models import Agreement, Clause, SharingRule, Version
from concordat.core.codes import Category, Form
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import FAMILIES, LANTERN, PRISON, acting, named
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from . import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def helen() -> Iterator[Membership]:
    with acting("helen") as by:
        yield by


@pytest.mark.parametrize("name", ["pat", "adam", "nadia", "cora", "omar"])
def test_only_those_who_deal_with_partners_draft(name: str) -> None:
    with acting(name) as by, pytest.raises(Refused, match="partnership officer"):
        ready.framework(by, other=PRISON if name in ("nadia", "cora") else FAMILIES)


def test_an_organisation_does_not_agree_with_itself(helen: Membership) -> None:
    with pytest.raises(Refused, match="another organisation"):
        ready.framework(helen, other=PRISON)


def test_nobody_drafts_under_the_framework_of_others() -> None:
    with acting("helen"):
        frame = ready.agreed("framework")
    with acting("otto") as by, pytest.raises(Refused, match="Only the parties"):
        ready.protocol(by, frame)


def test_a_draft_is_hidden_from_the_other_party_until_it_is_proposed(helen: Membership) -> None:
    version = ready.framework(helen, other=LANTERN)
    with acting("ruth"):
        assert not Version.objects.filter(pk=version.pk).exists()
        assert not Clause.objects.filter(version=version).exists()
    with acting("helen") as by:
        actions.propose(version, by=by)
    with acting("ruth"):
        assert Version.objects.get(pk=version.pk).hash == version.hash


@pytest.mark.requirement("MOU-27")
def test_the_check_number_is_that_of_everything_that_has_an_effect(helen: Membership) -> None:
    version = ready.protocol(helen, ready.agreed("framework"))
    actions.propose(version, by=helen)
    whole = json.loads(version.document)
    assert version.hash == check_number(version.document)
    assert {one["code"] for one in whole["clauses"]} == {f"ISP-{number}" for number in range(1, 26)}
    assert len(whole["rules"]) == version.sharingrules.count()
    assert [one["side"] for one in whole["agreement"]["parties"]] == ["authority", "civil"]
    assert canonical(Version.objects.get(pk=version.pk)) == version.document


CHANGES: dict[str, Callable[[Version, Membership], object]] = {
    "words": lambda version, by: actions.set_clause(version, code="ISP-1", wording="Else", parameters={}, by=by),
    "answer": lambda version, by: ready.answer(version, "ISP-16", by, months=1),
    "form": lambda version, _by: version.sharingrules.filter(category=Category.P30).update(form=Form.FULL),
    "role": lambda version, _by: version.sharingrules.filter(category=Category.P30).update(role="case_officer"),
    "rule": lambda version, by: actions.remove_part(version.sharingrules.filter(category=Category.P30)[0], by=by),
    "prohibition": lambda version, by: actions.add_prohibition(
        version, owner=Organisation.objects.get(pk=LANTERN), category=Category.P13, by=by
    ),
    "days": lambda version, by: actions.set_days(version, **ready.days(100), by=by),
    "team": lambda version, by: actions.set_days(version, **ready.days(), whole_team_of=[LANTERN], by=by),
}  # fmt: skip


@pytest.mark.requirement("MOU-27")
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_gives_another_check_number(change: str, helen: Membership) -> None:
    version = ready.protocol(helen, ready.agreed("framework"))
    before = canonical(Version.objects.get(pk=version.pk))
    CHANGES[change](version, helen)
    assert canonical(Version.objects.get(pk=version.pk)) != before


def test_terms_put_places_needs_and_payments_into_the_text(helen: Membership) -> None:
    whole = json.loads(canonical(ready.terms(helen, ready.agreed("framework"))))
    assert [one["name"] for one in whole["places"]] == ["Aldermoor Prison"]
    assert whole["requirements"] == [{"organisation": LANTERN, "clearance": "basic", "trainings": ["induction"]}]
    assert whole["funding"][0]["reason"] == "0, because a foundation pays"


def test_what_the_check_rejects_is_not_proposed(helen: Membership) -> None:
    version = ready.framework(helen)
    ready.answer(version, "MOU-6", helen, publication="approval")
    ready.answer(version, "MOU-25", helen, max_days=99)
    with pytest.raises(Refused, match="2 things to put right"):
        actions.propose(version, by=helen)
    assert Version.objects.get(pk=version.pk).proposed_at is None


def test_what_is_over_is_not_proposed(helen: Membership) -> None:
    version = ready.framework(helen)
    today = localdate()
    actions.set_days(
        version, first_day=today.replace(year=today.year - 1), last_day=today.replace(year=today.year - 1), by=helen
    )
    with pytest.raises(Refused, match="already over"):
        actions.propose(version, by=helen)


def test_the_last_day_is_not_before_the_first(helen: Membership) -> None:
    with pytest.raises(Refused, match="before the first"):
        actions.set_days(ready.framework(helen), **ready.days(-1), by=helen)


UNTOUCHED = [
    "UPDATE agreements_clause SET wording = 'else' WHERE version_id = %s",
    "DELETE FROM agreements_clause WHERE version_id = %s",
    "UPDATE agreements_sharingrule SET form = 'full' WHERE version_id = %s",
    "DELETE FROM agreements_sharingrule WHERE version_id = %s",
    "UPDATE agreements_version SET last_day = '2099-01-01' WHERE id = %s",
    "UPDATE agreements_version SET document = 'else', hash = 'else' WHERE id = %s",
]
REFUSED = [
    """INSERT INTO agreements_clause (id, version_id, code, position, wording, parameters)
       VALUES (gen_random_uuid(), %s, 'ISP-99', 99, 'else', '{}')""",
    """INSERT INTO agreements_termsplace (id, version_id, place_id)
       SELECT gen_random_uuid(), %s, id FROM organisations_place LIMIT 1""",
]


@pytest.mark.requirement("MOU-27")
@pytest.mark.parametrize("statement", UNTOUCHED)
def test_a_proposed_text_does_not_change_through_sql(statement: str, helen: Membership) -> None:
    """As the application's role: the policy finds no row that it may change."""
    version = actions.propose(ready.protocol(helen, ready.agreed("framework")), by=helen)
    before = canonical(Version.objects.get(pk=version.pk))
    with connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])
        assert cursor.rowcount == 0
    assert canonical(Version.objects.get(pk=version.pk)) == before


@pytest.mark.requirement("MOU-27")
@pytest.mark.parametrize("statement", REFUSED)
def test_nothing_is_added_to_a_proposed_text_through_sql(statement: str, helen: Membership) -> None:
    version = actions.propose(ready.protocol(helen, ready.agreed("framework")), by=helen)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])


def test_a_proposed_text_is_not_edited_through_the_application(helen: Membership) -> None:
    version = actions.propose(ready.framework(helen), by=helen)
    with pytest.raises(Refused, match="does not change any more"):
        ready.answer(version, "MOU-16", helen, answer_days=10)


def test_the_draft_of_the_other_party_is_not_edited(helen: Membership) -> None:
    version = ready.framework(helen, other=LANTERN)
    clause = version.clauses.get(code="MOU-4")
    with acting("ruth") as ruth:
        assert "belongs to" in (rules.refuse_edit(ruth, version) or "")
        changed = Clause.objects.filter(pk=clause.pk).update(wording="else")
    assert changed == 0


# ---- versions ------------------------------------------------------------------------------------------------------


def test_a_new_version_is_a_copy_of_the_last_one_that_i_can_see(helen: Membership) -> None:
    first = actions.propose(ready.protocol(helen, ready.agreed("framework")), by=helen)
    with acting("ruth") as ruth:
        copy = actions.new_version(Agreement.objects.get(pk=first.agreement_id), by=ruth)
        assert copy.drafted_for_id == LANTERN
        assert copy.sharingrules.count() == SharingRule.objects.filter(version=first).count() > 0
        assert copy.clauses.count() == Clause.objects.filter(version=first).count() == 25
        assert set(copy.clauses.values_list("id")).isdisjoint(first.clauses.values_list("id"))


def test_numbers_do_not_tell_of_a_hidden_draft() -> None:
    """The first party counts in odd numbers, the second in even ones, whether or not the other one writes too."""
    with acting("helen") as helen:
        hidden = actions.new_version(ready.agreed("terms"), by=helen)
    with acting("ruth") as ruth:
        own = actions.new_version(ready.agreed("terms"), by=ruth)
    assert (hidden.number, own.number) == (3, 2)


def test_there_is_one_draft_at_a_time(helen: Membership) -> None:
    terms = ready.agreed("terms")
    actions.new_version(terms, by=helen)
    with pytest.raises(Refused, match="already a draft"):
        actions.new_version(Agreement.objects.get(pk=terms.pk), by=helen)


def test_an_older_draft_is_not_proposed_over_a_newer_proposal() -> None:
    first = ready.proposed_framework()
    with acting("ruth") as ruth:
        older = actions.new_version(Agreement.objects.get(pk=first.agreement_id), by=ruth)
    with acting("helen") as helen:
        newer = actions.new_version(Agreement.objects.get(pk=first.agreement_id), by=helen)
        actions.propose(newer, by=helen)
    with acting("ruth") as ruth, pytest.raises(Refused, match="newer version was proposed"):
        actions.propose(older, by=ruth)


def test_a_mandatory_clause_is_not_removed_and_another_one_is(helen: Membership) -> None:
    version = ready.framework(helen)
    with pytest.raises(Refused, match="cannot be left out"):
        actions.remove_clause(version, code="MOU-25", by=helen)
    actions.remove_clause(version, code="MOU-20", by=helen)
    assert not version.clauses.filter(code="MOU-20").exists()
    actions.set_clause(version, code="MOU-20", wording="Each keeps its own.", parameters={}, by=helen)
    assert version.clauses.get(code="MOU-20").position == 20


def test_a_template_does_not_double_rules(helen: Membership) -> None:
    version = ready.protocol(helen, ready.agreed("framework"))
    count = version.sharingrules.count()
    actions.fill_rules(version, template="custody", basis="Prison Act", by=helen)
    assert version.sharingrules.count() == count
    mentor = SharingRule.objects.filter(version=version, role="facilitator", category=Category.P07)
    assert [one.form for one in mentor] == [Form.FULL]


@pytest.mark.requirement("ISP-7", "PP-11")
def test_the_template_gives_attendance_and_progress_only_while_the_person_agrees(helen: Membership) -> None:
    version = ready.protocol(helen, ready.agreed("framework"))
    back = version.sharingrules.filter(recipient=PRISON, category__in=[Category.P18, Category.P19])
    assert {one.condition for one in back} == {"participation"}


def test_the_other_party_knows_nothing_of_a_draft_before_it_is_proposed() -> None:
    with acting("helen") as by:
        drafted = ready.framework(by, other=LANTERN)
        assert Agreement.objects.filter(pk=drafted.agreement_id).exists()
    page = reverse("agreements:detail", args=[drafted.agreement_id])
    with acting("ruth"):
        assert not Agreement.objects.filter(pk=drafted.agreement_id).exists()
    assert signed_in("ruth").get(page).status_code == 404
    with acting("helen") as by:
        actions.propose(drafted, by=by)
    with acting("ruth"):
        assert Agreement.objects.filter(pk=drafted.agreement_id).exists()
    assert signed_in("ruth").get(page).status_code == 200


def test_the_text_in_force_stays_open_while_the_other_party_drafts_a_new_one() -> None:
    with acting("helen") as by:
        actions.new_version(ready.agreed("protocol"), by=by)
    with acting("ruth"):
        assert Agreement.objects.get(pk=named("protocol")).versions.count() == 1
