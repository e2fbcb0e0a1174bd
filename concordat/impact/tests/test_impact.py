"""Assessments: of the table that was there, decided by another, and nothing more told than the outcome."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate, now

from concordat.agreements import actions as papers
from concordat.agreements.models import Agreement, SharingRule, Version
from concordat.agreements.tests import ready
from concordat.agreements.tests.judging import problems, rejected
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.impact import actions, feeds
from concordat.impact.models import Advice, Assessment, Outcome, Risk
from concordat.organisations.models import Organisation

pytestmark = pytest.mark.django_db
SECRET = "zqsecret: whoever comes on Fridays can be told apart"
WORDS = "I would leave out the place of work."
MEASURE = "The list carries working codes alone."
TEXTS = dict.fromkeys(actions.TEXTS, SECRET)
RISK = {"what": SECRET, "expected": "possible", "lasting": "lasts", "measure": MEASURE, "post": "programme_manager"}


def begun(version: str = "protocol:1", by: str = "pat") -> Assessment:
    with acting(by) as author:
        made = actions.begin(Version.objects.get(pk=named(version)), by=author, **TEXTS)
        return actions.state_risk(made, by=author, **RISK)


def fresh(assessment: Assessment) -> Assessment:
    return Assessment.objects.select_related("agreement", "version").get(pk=assessment.pk)


def advised(assessment: Assessment | None = None) -> Assessment:
    assessment = assessment or begun()
    with acting("dora") as by:
        return actions.advise(fresh(assessment), speaker="officer", words=WORDS, by=by)


def decided(assessment: Assessment | None = None, **changes: Any) -> Assessment:  # noqa: ANN401 - the fields of the action
    assessment = advised(assessment)
    said = {"decision": "measures", "reasons": "It helps.", "review_on": localdate() + timedelta(days=100), **changes}
    with acting("helen") as by:
        return actions.decide(fresh(assessment), **said, by=by)


def told(assessment: Assessment | None = None) -> Assessment:
    assessment = assessment or decided()
    with acting("dora") as by:
        return actions.tell(fresh(assessment), by=by)


def page(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


def titles(name: str) -> list[str]:
    with acting(name) as by:
        return [str(one.title) for one in feeds.cards(by)]


@pytest.mark.requirement("ISP-23")
def test_it_is_begun_on_the_page_of_the_protocol_and_of_the_table_that_is_there() -> None:
    agreement = page("pat", f"/agreements/{named('protocol')}/")
    address = f"/impact/of/{named('protocol:1')}/"
    assert address in agreement
    assert "Safety briefing" in page("pat", address)
    answer = visit("pat", address, TEXTS)
    assert answer.status_code == 302
    with acting("pat"):
        made = Assessment.objects.get()
        rules = SharingRule.objects.filter(version=named("protocol:1"))
        assert len(made.cells) == rules.count()
        assert [1, Category.P07, "full", "intervention", "coordinator", "none"] in made.cells
    shown = page("pat", f"/impact/{made.pk}/")
    assert SECRET in shown
    assert "Safety briefing" in shown


@pytest.mark.parametrize("name", ["cass", "sef", "adam", "nadia", "cora", "ruth", "otto", "omar"])
def test_it_is_read_by_those_who_answer_for_it_in_the_organisation_that_wrote_it(name: str) -> None:
    made = told()
    assert visit(name, f"/impact/{made.pk}/").status_code == 404
    assert visit(name, f"/impact/{made.pk}/assessment.pdf").status_code == 404
    assert made.reference not in page(name, "/impact/") or name in {"cora", "ruth"}
    assert SECRET not in page(name, "/impact/")
    with acting(name):
        assert not Risk.objects.exists()
        assert not Advice.objects.exists()


@pytest.mark.requirement("ISP-23")
def test_the_officers_words_are_their_own_and_stay() -> None:
    made = begun()
    with acting("pat") as by, pytest.raises(Refused, match="in their own words"):
        actions.advise(fresh(made), speaker="officer", words="All is well.", by=by)
    with acting("pat") as by, pytest.raises(DatabaseError), transaction.atomic():
        Advice.objects.create(assessment=made, owner_id=PRISON, speaker="officer", words="All is well.", by=by)
    advised(made)
    for sql in ("UPDATE impact_advice SET words = 'fine'", "DELETE FROM impact_advice"):
        for name in ("dora", "helen"):
            with acting(name), pytest.raises(DatabaseError, match="permission"), transaction.atomic():
                connection.cursor().execute(sql)
    assert WORDS in page("pat", f"/impact/{made.pk}/")


@pytest.mark.requirement("ISP-23")
def test_somebody_other_than_the_author_decides_once_the_officer_has_spoken() -> None:
    made = begun("protocol:1", by="helen")
    said: dict[str, Any] = {"decision": "go", "reasons": "It helps.", "review_on": localdate() + timedelta(days=100)}
    with acting("pat") as by, pytest.raises(Refused, match="has not spoken"):
        actions.decide(fresh(made), **said, by=by)
    advised(made)
    with acting("helen") as by, pytest.raises(Refused, match="other than its author"):
        actions.decide(fresh(made), **said, by=by)
    with acting("dora") as by, pytest.raises(Refused, match="Whoever advises does not decide"):
        actions.decide(fresh(made), **said, by=by)
    with acting("pat") as by:
        assert actions.decide(fresh(made), **said, by=by).allows


def write(made: Assessment, sql: str) -> None:
    assert "%s" in sql
    connection.cursor().execute(sql, [made.pk])


def test_the_database_refuses_the_same_decisions() -> None:
    made = begun("protocol:1", by="helen")
    sql = """UPDATE impact_assessment SET decision = 'go', reasons = 'x', decided_at = now(),
             review_on = current_date + 30, decided_by_id = access.my_membership() WHERE id = %s"""
    with acting("pat"), pytest.raises(DatabaseError, match="nobody advised"), transaction.atomic():
        write(made, sql)
    advised(made)
    with acting("helen"), pytest.raises(DatabaseError, match="decided_by_another"), transaction.atomic():
        write(made, sql)
    with acting("dora"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        write(made, sql)
    with acting("pat"), pytest.raises(DatabaseError, match="within a year"), transaction.atomic():
        write(made, sql.replace("+ 30", "+ 400"))


def test_what_is_changed_after_the_advice_needs_advice_again() -> None:
    made = advised()
    with acting("pat") as by:
        actions.change(fresh(made), by=by, **{**TEXTS, "family": "Another thought."})
    with pytest.raises(Refused, match="has not spoken since"):
        decide_as_helen(made)
    advised(made)
    with acting("pat") as by:
        actions.change_risk(Risk.objects.select_related("assessment").get(), by=by, **{**RISK, "measure": "None."})
    with pytest.raises(Refused, match="has not spoken since"):
        decide_as_helen(made)


def decide_as_helen(made: Assessment) -> None:
    with acting("helen") as by:
        day = localdate() + timedelta(days=9)
        actions.decide(fresh(made), decision="go", reasons="It helps.", review_on=day, by=by)


def test_what_was_decided_stays_and_a_new_version_begins_with_its_words() -> None:
    made = decided()
    with acting("pat") as by:
        with pytest.raises(Refused, match="stays as it is"):
            actions.change(fresh(made), by=by, **TEXTS)
        with pytest.raises(Refused, match="stays as it is"):
            actions.remove_risk(Risk.objects.select_related("assessment").get(), by=by)
    with acting("pat"), transaction.atomic():
        assert Assessment.objects.filter(pk=made.pk).update(aim="other") == 0
        assert Risk.objects.filter(assessment=made).update(measure="other") == 0
    assert visit("pat", f"/impact/{made.pk}/anew/", {}).status_code == 302
    with acting("pat"):
        again = Assessment.objects.get(supersedes=made)
        assert (again.reference, again.number, again.family, again.decision) == (made.reference, 2, SECRET, "")
        assert [one.measure for one in again.risks.all()] == [MEASURE]
        assert fresh(made).decision == "measures"
    assert "There is version 2 of it." in page("pat", f"/impact/{made.pk}/")


def test_the_partner_reads_what_it_is_told_and_no_more() -> None:
    made = decided()
    with acting("cora"):
        assert not Outcome.objects.exists()
    told(made)
    with acting("cora") as by:
        assert list(feeds.news(by, now() - timedelta(days=1)))
        outcome = Outcome.objects.get()
        assert (outcome.decision, outcome.measures, outcome.to_id) == ("measures", [MEASURE], LANTERN)
    shown = page("cora", f"/impact/told/{outcome.pk}/")
    assert "Go ahead, with the measures" in shown
    assert MEASURE in shown
    assert SECRET not in shown
    assert WORDS not in shown
    assert visit("nadia", f"/impact/told/{outcome.pk}/").status_code == 404
    assert visit("otto", f"/impact/told/{outcome.pk}/").status_code == 404


def test_what_the_partner_is_told_is_written_by_the_database() -> None:
    made = decided()
    with acting("pat") as by:
        Outcome.objects.create(
            assessment=made, owner_id=PRISON, to_id=6, agreement_id=made.agreement_id, reference="IA-XXXXXX",
            decision="go", review_on=localdate(), measures=["Everything is safe."], told_by=by,
        )  # fmt: skip
    with acting("cora"):
        held = Outcome.objects.get()
        assert (held.reference, held.decision, held.measures) == (made.reference, "measures", [MEASURE])


# ---- the check of a protocol ---------------------------------------------------------------------------------------


def draft() -> Version:
    """Draft a protocol of the prison service that gives an offence summary."""
    with acting("helen") as by:
        version = ready.protocol(by, Agreement.objects.get(pk=named("framework")))
        papers.add_rule(
            version, owner=Organisation.objects.get(pk=PRISON), category=Category.P05, form="summary",
            purpose="intervention", role="facilitator", condition="participation", basis="Prison Act, s. 7", by=by,
        )  # fmt: skip
        return version


def of_draft(version: Version) -> Assessment:
    with acting("pat") as by:
        made = actions.begin(Version.objects.select_related("agreement").get(pk=version.pk), by=by, **TEXTS)
        return actions.state_risk(made, by=by, **RISK)


def name(version: Version, number: str, place: str = "") -> None:
    with acting("helen") as by:
        ready.answer(version, "ISP-23", by, dpia=number, dpia_place=place)


def refused(version: Version) -> str:
    with acting("helen"):
        assert set(rejected(version)) <= {"ISP-23"}
        return problems(version) if rejected(version) else ""


@pytest.mark.requirement("ISP-23")
def test_special_kinds_need_an_assessment_that_says_yes_to_this_very_table() -> None:
    version = draft()
    name(version, "DPIA-7")
    assert "needs an assessment that can be found" in refused(version)
    name(version, "DPIA-7", "With Dora Quill, in the register")
    assert refused(version) == ""
    name(version, "IA-AAAAAA")
    assert "No assessment with this number" in refused(version)
    made = of_draft(version)
    name(version, made.reference)
    assert "No assessment with this number" in refused(version)
    decided(made)
    assert refused(version) == ""
    with acting("helen") as by:
        papers.add_prohibition(version, owner=Organisation.objects.get(pk=PRISON), category=Category.P13, by=by)
    assert "not the one that was assessed" in refused(version)


@pytest.mark.requirement("ISP-23")
def test_an_assessment_that_says_no_lets_nothing_be_proposed() -> None:
    version = draft()
    made = of_draft(version)
    decided(made, decision="stop")
    name(version, made.reference)
    assert "do not share in this way" in refused(version)


def test_a_draft_that_the_partner_does_not_know_is_not_told_of() -> None:
    version = draft()
    made = of_draft(version)
    decided(made)
    with pytest.raises(Refused, match="does not know this draft"):
        told(made)
    with acting("pat") as by, pytest.raises(DatabaseError, match="does not know the draft"), transaction.atomic():
        Outcome.objects.create(
            assessment=made, owner_id=PRISON, to_id=LANTERN, agreement_id=made.agreement_id, reference="IA-XXXXXX",
            decision="go", review_on=localdate(), told_by=by,
        )  # fmt: skip


# ---- looked at again -----------------------------------------------------------------------------------------------


def next_version(*, other_table: bool) -> Version:
    """Propose a second version of the protocol, with the same table of rules or another."""
    with acting("helen") as by:
        version = papers.new_version(Agreement.objects.get(pk=named("protocol")), by=by)
        if other_table:
            SharingRule.objects.filter(version=version, category=Category.P13).delete()
        return ready.freeze(version, by)


@pytest.mark.requirement("ISP-23")
def test_another_table_of_rules_makes_it_due_on_today_and_on_the_page() -> None:
    made = decided()
    wanted = f"Look again at assessment {made.reference}"
    next_version(other_table=False)
    assert wanted not in titles("dora")
    assert "gives something else" not in page("pat", f"/agreements/{named('protocol')}/")


@pytest.mark.requirement("ISP-23")
def test_another_table_of_rules_is_said_to_those_who_answer_for_it() -> None:
    made = decided()
    version = next_version(other_table=True)
    for who in ("dora", "pat", "helen"):
        assert f"Look again at assessment {made.reference}" in titles(who)
    assert titles("cass") == []
    assert f"Version {version.number} gives something else" in page("pat", f"/agreements/{named('protocol')}/")


def test_it_waits_for_the_officer_and_then_for_somebody_who_decides() -> None:
    made = begun()
    assert [one for one in titles("dora") if made.reference in one and one.startswith("Advise on")]
    assert titles("helen") == []
    advised(made)
    assert titles("dora") == []
    assert [one for one in titles("helen") if made.reference in one and one.startswith("Decide on")]
    assert titles("pat") == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_it_leaves_as_a_file(kind: str) -> None:
    made = decided()
    answer = visit("dora", f"/impact/{made.pk}/assessment.{kind}")
    assert answer.status_code == 200
    assert answer.content[:2] in {b"%P", b"PK"}
