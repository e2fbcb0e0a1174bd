"""Boundary reports: seen by whoever told and by the lead; a partner's integrity officer gets the least of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from concordat.cases.models import Assignment, Case
from concordat.core.codes import Purpose
from concordat.core.days import add_working_days
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import FAMILIES, LANTERN, PEOPLE, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.notices.about import About
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety import feeds, listing
from concordat.safety.actions import boundary as actions
from concordat.safety.models import BoundaryReport, Pairing, PassedOn

pytestmark = pytest.mark.django_db
SECRET = "zqsecret: he wants me to carry a letter"
LEAST = "Somebody at one of your places tries to have letters carried out."


def reported(by: str = "nadia", kind: str = "contraband") -> BoundaryReport:
    with acting(by) as author:
        return actions.report(kind=kind, words=SECRET, happened_on=localdate(), by=author)


def passed(report: BoundaryReport, to: int = PRISON, **changes: Any) -> PassedOn:  # noqa: ANN401 - fields of the action
    with acting("sara") as by:
        known = BoundaryReport.objects.get(pk=report.pk)
        said = {"ground": "contraband", "text": LEAST, **changes}
        return actions.pass_on(known, to=Organisation.objects.get(pk=to), **said, by=by)


def page_of(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


def seen_by(report: BoundaryReport) -> set[str]:
    """Return who of everybody reads the report, at the highest level and for each purpose."""
    found = set()
    for name in PEOPLE:
        for purpose in Purpose:
            with acting(name, purpose=purpose, level=2):
                if BoundaryReport.objects.filter(pk=report.pk).exists():
                    found.add(name)
    return found


@pytest.mark.requirement("C6.2")
def test_whoever_told_is_not_visible_to_accounts_of_the_prison_and_a_task_for_the_lead_is_made() -> None:
    day = localdate()
    typed = {"kind": "favour", "words": SECRET, "happened_on_day": day.day, "happened_on_month": day.month,
             "happened_on_year": day.year}  # fmt: skip
    page = page_of("nadia", "/protection/report/")
    assert "never misconduct" in page
    assert visit("nadia", "/protection/report/", typed).status_code == 302
    with acting("nadia"):
        report = BoundaryReport.objects.get()
    assert seen_by(report) == {"nadia", "sara"}
    for name in sorted(set(PEOPLE) - {"nadia", "sara"}):
        assert visit(name, f"/protection/report/{report.pk}/").status_code == 404, name
        assert "Nadia" not in page_of(name, "/protection/"), name
    with acting("sara") as by:
        (card,) = feeds.cards(by)
        assert localdate(card.due) == report.look_by == add_working_days(day, 3)  # type: ignore[arg-type]
        assert [one.about for one in feeds.occasions(by)] == [About.BOUNDARY]
    with acting("ruth") as by:
        assert not list(feeds.cards(by))


@pytest.mark.requirement("C6.2")
def test_the_log_shows_no_coordinator_who_told() -> None:
    reported()
    for name in ("cora", "pat", "dora", "ruth", "helen"):
        with acting(name):
            told = [one for one in Subject.objects.select_related("entry") if "boundary" in one.entry.what]
            assert told == [], name


def test_the_lead_answers_and_whoever_told_reads_it() -> None:
    report = reported()
    assert visit("cora", f"/protection/report/{report.pk}/look/", {"answer": "x"}).status_code == 404
    assert visit("sara", f"/protection/report/{report.pk}/look/", {"answer": "Thank you. We talk."}).status_code == 302
    assert "Thank you. We talk." in page_of("nadia", f"/protection/report/{report.pk}/")
    with acting("sara") as by:
        assert not list(feeds.cards(by))
        with pytest.raises(Refused):
            actions.look(BoundaryReport.objects.get(pk=report.pk), answer="Other words", by=by)
        assert not BoundaryReport.objects.filter(pk=report.pk).update(answer="Other words")
    with acting("nadia"), pytest.raises(DatabaseError), transaction.atomic():
        BoundaryReport.objects.filter(pk=report.pk).update(words="Other words")


def test_what_the_lead_reports_comes_to_the_director_and_nobody_answers_themselves() -> None:
    report = reported(by="sara")
    assert seen_by(report) == {"sara", "ruth"}
    with acting("sara") as by, pytest.raises(Refused):
        actions.look(report, answer="It is nothing.", by=by)
    with acting("sara") as by:
        changed = BoundaryReport.objects.filter(pk=report.pk)
        assert not changed.update(answer="x", looked_at=now(), looked_by=by)
    with acting("ruth") as by:
        assert len(list(feeds.cards(by))) == 1


@pytest.mark.requirement("C6.2")
def test_above_the_threshold_the_integrity_officer_reads_the_least_and_nobody_else_at_the_prison_anything() -> None:
    report = reported()
    found = passed(report)
    page = page_of("gus", f"/protection/passed-on/{found.pk}/")
    assert LEAST in page
    for hidden in (SECRET, "Nadia", str(report.pk), "Sara"):
        assert hidden not in page
    assert seen_by(report) == {"nadia", "sara"}
    for name in sorted(set(PEOPLE) - {"nadia", "sara", "gus"}):
        with acting(name, purpose=Purpose.ADMINISTRATION, level=2):
            assert not PassedOn.objects.filter(pk=found.pk).exists(), name
        assert LEAST not in page_of(name, "/protection/"), name
    assert visit("gus", f"/protection/passed-on/{found.pk}/", {}).status_code == 200
    with acting("gus") as by:
        assert not list(feeds.cards(by))
    assert LEAST in page_of("nadia", f"/protection/report/{report.pk}/")  # nothing passes behind the worker's back


@pytest.mark.parametrize("change", [{"ground": "curiosity"}, {"text": ""}, {"to": FAMILIES}, {"to": LANTERN}])
def test_nothing_is_passed_on_without_a_listed_ground_or_to_anybody_but_a_partner_authority(
    change: dict[str, Any],
) -> None:
    report = reported()
    with pytest.raises(DatabaseError), transaction.atomic():
        passed(report, **change)


@pytest.mark.parametrize("name", ["nadia", "cora", "ruth"])
def test_only_the_lead_passes_on(name: str) -> None:
    report = reported()
    with acting(name) as by:
        with pytest.raises(Refused):
            actions.pass_on(report, to=Organisation.objects.get(pk=PRISON), ground="safety", text="x", by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            PassedOn.objects.create(report=report, owner_id=LANTERN, to_id=PRISON, ground="safety", text="x")


def test_nobody_reports_for_an_authority_or_in_the_name_of_another() -> None:
    with acting("cass") as by:
        with pytest.raises(Refused):
            actions.report(kind="gift", words="x", happened_on=localdate(), by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            _put(owner=PRISON, reporter="cass")
    with acting("nadia"), pytest.raises(DatabaseError), transaction.atomic():
        _put(owner=LANTERN, reporter="max")


def _put(*, owner: int, reporter: str) -> None:
    BoundaryReport.objects.create(
        owner_id=owner,
        reporter_id=named(reporter),
        kind="gift",
        words="x",
        happened_on=localdate(),
        look_by=localdate(),
    )


@pytest.mark.requirement("C6.2")
def test_there_is_no_field_for_blame() -> None:
    fields = {one.name for one in BoundaryReport._meta.get_fields()}
    assert fields == {
        "id", "owner", "reporter", "kind", "words", "happened_on", "reported_at", "look_by", "looked_at", "looked_by",
        "answer", "passed_on",
    }  # fmt: skip


def worked(name: str, days: int) -> None:
    """Have somebody have worked on the case of the world for so long."""
    with acting("cora") as by:
        Assignment.objects.filter(membership=named(name), ends_at=None).update(ends_at=now())
        Assignment.objects.create(
            owner_id=LANTERN, case_id=named("civil_case"), membership_id=named(name), activity="custody",
            starts_at=now() - timedelta(days=days), created_by=by,
        )  # fmt: skip


@pytest.mark.requirement("C6.2")
def test_long_lone_pairings_are_listed_for_the_lead_without_saying_which_person() -> None:
    worked("nadia", 150)
    with acting("sara") as by:
        assert not listing.lone_pairings(by)
    worked("nadia", 200)
    with acting("sara") as by:
        ((worker, persons, since),) = listing.lone_pairings(by)
        assert (worker.pk, persons) == (named("nadia"), 1)
        assert since < now() - timedelta(days=199)
    with acting("nadia"):
        code = Case.objects.get(pk=named("civil_case")).working_code
    page = page_of("sara", "/protection/workers/")
    assert "Say what comes of it" in page
    assert f">{code}<" not in page
    assert str(named("civil_case")) not in page
    for name in ("cora", "nadia", "pat"):
        with acting(name) as by:
            assert not listing.lone_pairings(by), name
    worked("cora", 10)
    with acting("sara") as by:
        assert not listing.lone_pairings(by)  # a second worker is there


def test_a_pairing_that_was_looked_at_comes_back_on_its_day() -> None:
    worked("nadia", 200)
    with acting("sara") as by:
        nadia = Membership.objects.get(pk=named("nadia"))
        actions.look_at_pairings(nadia, answer="goes_on", again_on=localdate() + timedelta(days=30), by=by)
        assert not listing.lone_pairings(by)


def test_what_comes_of_a_pairing_is_the_leads_word() -> None:
    ahead = localdate() + timedelta(days=90)
    with acting("sara") as by:
        nadia = Membership.objects.get(pk=named("nadia"))
        actions.look_at_pairings(nadia, answer="second", again_on=ahead, by=by)
        with pytest.raises(Refused):
            actions.look_at_pairings(nadia, answer="second", again_on=localdate(), by=by)
        with pytest.raises(Refused):
            actions.look_at_pairings(by, answer="second", again_on=ahead, by=by)
    for name in ("nadia", "cora", "ruth", "pat"):
        with acting(name):
            assert not Pairing.objects.exists(), name
