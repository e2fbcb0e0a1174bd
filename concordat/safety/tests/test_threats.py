"""Threat files: who reads them, the steps in their hours, and what comes from an authority."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.utils.timezone import now

from concordat.cli.main import main
from concordat.core import age
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import FAMILIES, LANTERN, PEOPLE, PRISON, acting, named
from concordat.notices.about import URGENT, About
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety import clocks, feeds
from concordat.safety.actions import threats as actions
from concordat.safety.actions import wellbeing
from concordat.safety.models import Entry, Measure, Opening, Part, Terms, Threat

pytestmark = pytest.mark.django_db
SECRET = "zqsecret: a car waited at the gate"
INSIDE = {"nadia", "sara", "ruth"}


def member(name: str) -> Membership:
    return Membership.objects.get(pk=named(name))


def reported(by: str = "nadia", about: str = "nadia", authority: int | None = None) -> Threat:
    with acting(by) as author:
        return actions.report(
            worker=member(about), triage="serious", facts={Part.WHAT: SECRET, Part.WHO: ""}, by=author,
            authority=Organisation.objects.get(pk=authority) if authority else None,
        )  # fmt: skip


def keyed() -> str:
    secret, public = age.new_key()
    with acting("sara") as by:
        wellbeing.decide_terms(Terms.objects.get(), cap=12, pairing_months=6, public_key=public, by=by)
    return secret


def opened(threat: Threat, to: int = PRISON) -> Opening:
    with acting("sara") as by:
        return actions.open_to(Threat.objects.get(pk=threat.pk), to=Organisation.objects.get(pk=to), by=by)


def seen_by(threat: Threat) -> set[str]:
    found = set()
    for name in PEOPLE:
        for purpose in Purpose:
            with acting(name, purpose=purpose, level=2):
                rows = (Threat.objects.filter(pk=threat.pk), Entry.objects.filter(threat=threat.pk))
                if any(one.exists() for one in rows):
                    found.add(name)
    return found


def titles(name: str) -> list[str]:
    with acting(name) as by:
        return [str(one.title) for one in feeds.cards(by)]


# ---- who reads it --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.10")
def test_a_file_is_open_to_the_worker_the_lead_and_the_director_and_to_nobody_else() -> None:
    threat = reported()
    assert seen_by(threat) == INSIDE
    for name in sorted(set(PEOPLE) - INSIDE):
        assert visit(name, f"/protection/threats/{threat.pk}/").status_code == 404, name
        assert visit(name, f"/protection/threats/{threat.pk}/sealed/").status_code == 404, name
    page = visit("nadia", f"/protection/threats/{threat.pk}/").content.decode()
    assert SECRET in page
    assert page.index("emergency number") < page.index(SECRET)


def test_whoever_tells_for_a_colleague_adds_and_does_not_read() -> None:
    threat = reported(by="max", about="nadia")
    assert seen_by(threat) == INSIDE
    with acting("max") as by:
        Entry.objects.create(threat_id=threat.pk, part="when", words="At nine.", by=by)
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(threat_id=threat.pk, part="when", words="At nine.", by=by)
    with acting("nadia"):
        assert Entry.objects.count() == 2


@pytest.mark.requirement("C6.10")
def test_the_protection_officer_reads_only_what_the_lead_opened_and_until_it_is_taken_back() -> None:
    threat = reported()
    for name in ("nadia", "ruth", "cora"):
        with acting(name) as by:
            with pytest.raises(Refused):
                actions.open_to(threat, to=Organisation.objects.get(pk=PRISON), by=by)
            with pytest.raises(DatabaseError), transaction.atomic():
                Opening.objects.create(threat=threat, to_id=PRISON, opened_by=by)
    opening = opened(threat)
    assert seen_by(threat) == {*INSIDE, "prue"}
    with acting("prue") as by:
        assert [one.about for one in feeds.occasions(by)] == [About.THREAT_OPENED]
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.create(threat_id=threat.pk, part="when", words="x", by=by)
    assert SECRET in visit("prue", f"/protection/threats/{threat.pk}/").content.decode()
    with acting("sara") as by:
        actions.close_to(Opening.objects.select_related("threat").get(pk=opening.pk), by=by)
    assert seen_by(threat) == INSIDE


def test_a_file_is_not_opened_to_an_organisation_of_civil_society() -> None:
    threat = reported()
    for one in (FAMILIES, LANTERN):
        with pytest.raises(DatabaseError), transaction.atomic():
            opened(threat, to=one)


# ---- from an authority -----------------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.10")
def test_a_threat_from_an_authority_is_never_opened_to_one() -> None:
    keyed()
    threat = reported(authority=PRISON)
    with pytest.raises(Refused):
        opened(threat)
    with acting("sara") as by, pytest.raises(DatabaseError), transaction.atomic():
        Opening.objects.create(threat=threat, to_id=PRISON, opened_by=by)
    assert seen_by(threat) == INSIDE


@pytest.mark.requirement("C6.10")
def test_words_about_an_authority_are_stored_sealed_and_open_with_the_organisations_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refused, match="public half"):
        reported(authority=PRISON)
    secret = keyed()
    threat = reported(authority=PRISON)
    with acting("sara") as by:
        known = Threat.objects.get(pk=threat.pk)
        day = now().date()
        actions.plan(known, words="zqplan", cost="zqcost", who="organisation", starts_on=day, ends_on=day, by=by)
        rows: list[Entry | Measure] = [*Entry.objects.all(), *Measure.objects.all()]
        assert all(one.words == "" and SECRET.encode() not in bytes(one.sealed or b"") for one in rows)
        for clear in ({"words": SECRET}, {"sealed": SECRET.encode()}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Entry.objects.create(threat=known, part="who", by=by, **clear)
    page = visit("sara", f"/protection/threats/{threat.pk}/").content.decode()
    assert SECRET not in page
    answer = visit("nadia", f"/protection/threats/{threat.pk}/sealed/")
    (tmp_path / "file").write_bytes(answer.content)
    (tmp_path / "key").write_text(secret)
    assert "zqsecret" not in answer.content.decode()
    assert main(["open-threat", str(tmp_path / "file"), "--key", str(tmp_path / "key")]) == 0
    printed = capsys.readouterr().out
    assert SECRET in printed
    assert "zqplan" in printed
    assert "zqcost" in printed
    (tmp_path / "other").write_text(age.new_key()[0])
    assert main(["open-threat", str(tmp_path / "file"), "--key", str(tmp_path / "other")]) != 0
    assert len(json.loads(answer.content)["pieces"]) == 2


# ---- steps -----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("CLK-22")
def test_each_step_has_its_hours_and_the_review_comes_back_every_month() -> None:
    threat = reported()
    with acting("sara") as by:
        known = Threat.objects.get(pk=threat.pk)
        start = known.reported_at
        due = {one.name: one.due for one in clocks.steps(known)}
        hours = timedelta(hours=1)
        assert due == {"acknowledge": start + hours, "interim": start + 24 * hours, "plan": start + 72 * hours}
        actions.acknowledge(known, by=by)
        actions.step(known, part=Part.INTERIM, words="Another route.", by=by)
        day = now().date()
        measure = actions.plan(known, words="Company", cost="", who="police", starts_on=day, ends_on=day, by=by)
        planned = Measure.objects.get(pk=measure.pk).at
        known = Threat.objects.get(pk=threat.pk)
        assert [(one.name, one.due) for one in clocks.waiting(known)] == [("review", planned + timedelta(days=14))]
        actions.step(known, part=Part.REVIEW, words="It holds.", by=by)
        reviewed = Entry.objects.get(part="review").at
        (after,) = clocks.waiting(Threat.objects.get(pk=threat.pk))
        assert timedelta(days=27) < after.due - reviewed < timedelta(days=32)
        actions.close(known, words="Two doors.", by=by)
        assert not clocks.waiting(Threat.objects.get(pk=threat.pk))
        with pytest.raises(Refused):
            actions.add(Threat.objects.get(pk=threat.pk), words={"who": "x"}, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.create(threat=known, part="who", words="x", by=by)


@pytest.mark.requirement("CLK-22")
def test_the_lead_is_told_at_once_and_the_director_when_an_hour_has_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    reported()
    assert len(titles("sara")) == 3
    with acting("sara") as by:
        assert [one.about for one in feeds.occasions(by)] == [About.THREAT]
    assert {About.THREAT, About.THREAT_LATE, About.THREAT_OPENED} <= URGENT
    with acting("ruth") as by:
        assert not list(feeds.occasions(by))
    assert titles("ruth") == []
    monkeypatch.setattr(clocks, "now", lambda: now() + timedelta(minutes=61))
    with acting("ruth") as by:
        assert [one.about for one in feeds.occasions(by)] == [About.THREAT_LATE]
    assert len(titles("ruth")) == 1
    assert titles("cora") == []


def test_nobody_says_that_it_was_taken_in_hand_but_the_lead_or_the_director() -> None:
    threat = reported()
    with acting("nadia") as by:
        with pytest.raises(Refused):
            actions.acknowledge(Threat.objects.get(pk=threat.pk), by=by)
        assert not Threat.objects.filter(pk=threat.pk).update(acknowledged_at=now(), acknowledged_by=by)
    with acting("sara"), pytest.raises(DatabaseError), transaction.atomic():
        Threat.objects.filter(pk=threat.pk).update(reported_at=now() + timedelta(days=1))


def test_nothing_that_is_written_down_is_changed() -> None:
    reported()
    with acting("sara"):
        for rows in (Entry.objects.all(), Measure.objects.all()):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(words="Other words")


@pytest.mark.requirement("C6.10")
def test_no_number_stands_in_a_file() -> None:
    numbers = (models.IntegerField, models.FloatField, models.DecimalField, models.JSONField)
    for model in (Threat, Entry, Measure, Opening):
        assert [one.name for one in model._meta.get_fields() if isinstance(one, numbers)] == []


@pytest.mark.requirement("C6.10")
def test_a_threat_is_reported_and_worked_on_by_the_pages() -> None:
    typed: dict[str, Any] = {"worker": str(named("nadia")), "triage": "online", "authority": "", "what": SECRET}
    assert visit("nadia", "/protection/threats/report/", typed).status_code == 302
    with acting("nadia"):
        threat = Threat.objects.get()
    base = f"/protection/threats/{threat.pk}/"
    dates = {"starts_on_day": 1, "starts_on_month": 3, "starts_on_year": 2027, "ends_on_day": 1, "ends_on_month": 4,
             "ends_on_year": 2027}  # fmt: skip
    for step, data in (
        ("acknowledge/", {}), ("interim/", {"words": "Another route"}), ("grid/", {"threats": "They know the car."}),
        ("plan/", {"words": "Company", "who": "police", "cost": "None", **dates}), ("review/", {"words": "It holds"}),
        ("open/", {"to": str(PRISON)}), ("close/", {"words": "Two doors"}),
    ):  # fmt: skip
        assert visit("sara", base + step, data).status_code == 302, step
    page = visit("sara", base).content.decode()
    for words in ("Another route", "They know the car.", "Company", "It holds", "Two doors"):
        assert words in page
    assert visit("nadia", "/protection/threats/report/", {"triage": "online"}).status_code == 422
