"""Emergency access on the pages: asked for, opened by a second person, read, ended, looked at by a third."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from concordat.cases.models import Assignment, Case, Conflict, FullRecord, Restriction, SummaryRecord
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.emergency import actions, feeds, report
from concordat.emergency.models import Request, Told
from concordat.notices.about import About

pytestmark = pytest.mark.django_db
WHY: dict[str, Any] = {"ground": "danger", "words": "She was hit, and nobody who works with her answers.", "hours": 4}


def ask(name: str = "cass", reference: str = "A-1001") -> UUID:
    with acting(name) as by:
        return actions.ask(reference=reference, **WHY, by=by).pk


def open_to(pk: UUID, by: str = "dora", hours: int = 4) -> Request:
    with acting(by, level=2) as who:
        return actions.open_case(Request.objects.get(pk=pk), hours=hours, by=who)


def sees(name: str, case: str = "case") -> bool:
    with acting(name):
        return Case.objects.filter(pk=named(case)).exists()


@pytest.mark.requirement("PP-22")
def test_two_people_open_a_case_to_a_third_of_its_organisation_until_it_is_ended() -> None:
    assert not sees("cass")
    pk = ask()
    assert not sees("cass")
    opened = open_to(pk)
    assert opened.ends_at
    assert opened.opened_at
    assert (opened.ends_at - opened.opened_at).total_seconds() == 4 * 3600
    assert sees("cass")
    with acting("cass") as by:
        assert FullRecord.objects.filter(case=named("case")).count() == 2
        actions.end(Request.objects.get(pk=pk), by=by)
    assert not sees("cass")


def test_whether_there_is_such_a_case_shows_to_nobody_who_asks() -> None:
    pages = set()
    for reference in ("A-1001", "A-9999"):
        answer = visit("cass", "/emergency/ask/", {**WHY, "reference": reference})
        assert answer.status_code == 302
        with acting("cass"):
            pk = Request.objects.get(reference=reference).pk
        main = visit("cass", f"/emergency/{pk}/").content.decode().partition("<main")[2].partition("</main>")[0]
        pages.add(re.sub(r"[\d:.+]+", "", main.replace(reference, "")))
    assert len(pages) == 1
    with acting("dora"):
        assert [one.reference for one in Request.objects.all()] == ["A-1001"]


def test_only_whoever_sees_the_case_sees_what_is_asked_for_it() -> None:
    pk = ask()
    for name, seen in (
        ("pat", True),
        ("dora", True),
        ("sef", False),
        ("adam", False),
        ("cora", False),
        ("helen", False),
    ):
        with acting(name):
            assert Request.objects.filter(pk=pk).exists() is seen, name
    assert visit("adam", f"/emergency/{pk}/").status_code == 404


@pytest.mark.requirement("PP-22")
@pytest.mark.parametrize("name", ["adam", "helen", "ines"])
def test_who_reads_no_records_asks_for_none(name: str) -> None:
    with acting(name) as by, pytest.raises(Refused):
        actions.ask(reference="A-1001", **WHY, by=by)
    with acting(name), pytest.raises(DatabaseError), transaction.atomic():
        Request.objects.create(owner_id=PRISON, asked_by_id=named(name), reference="A-1001", ground="other", words="x")


@pytest.mark.requirement("PP-22")
def test_nobody_opens_it_to_themselves_nor_without_the_second_factor() -> None:
    with acting("cora") as by:
        pk = actions.ask(reference="LM-0147", **WHY, by=by).pk
    with acting("cora", level=2) as by:
        with pytest.raises(Refused, match="Two people"):
            actions.open_case(Request.objects.get(pk=pk), hours=1, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Request.objects.filter(pk=pk).update(opened_by=by, case=named("civil_case"))
    pk = ask("max", "LM-0147")
    assert visit("cora", f"/emergency/{pk}/open/", {"hours": 4}).status_code == 403
    with acting("cora", level=1) as by:
        assert Request.objects.filter(pk=pk).update(opened_by=by, case=named("civil_case")) == 0
    assert visit("cora", f"/emergency/{pk}/open/", {"hours": 4}, level=2).status_code == 302
    assert sees("max", "civil_case")


def test_it_is_not_opened_for_longer_than_asked_and_not_prolonged() -> None:
    pk = ask()
    assert visit("dora", f"/emergency/{pk}/open/", {"hours": 5}, level=2).status_code == 422
    open_to(pk, hours=1)
    with acting("dora", level=2) as by:
        request = Request.objects.get(pk=pk)
        with pytest.raises(Refused, match="opened already"):
            actions.open_case(request, hours=4, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Request.objects.filter(pk=pk).update(hours=9, opened_by=by)
        before = request.ends_at
    with acting("dora", level=2) as by:
        Request.objects.filter(pk=pk).update(ended_by=by, ends_at="2099-01-01T00:00Z")
        ended = Request.objects.get(pk=pk).ends_at
    assert ended
    assert before
    assert ended < before


def test_a_restriction_and_a_conflict_stand_in_an_emergency_too() -> None:
    pk = ask()
    with acting("pat") as by:
        Restriction.objects.create(
            owner_id=PRISON, case_id=named("case"), membership_id=named("cass"), ground="x", created_by=by
        )
    with pytest.raises(DatabaseError, match="emergency_lifts_no_restriction"), transaction.atomic():
        open_to(pk)
    answer = visit("dora", f"/emergency/{pk}/open/", {"hours": 4}, level=2)
    assert "has shut out" in answer.content.decode()
    other = ask("max", "LM-0147")
    open_to(other, "cora")
    assert sees("max", "civil_case")
    with acting("max"):
        Conflict.objects.create(owner_id=LANTERN, membership_id=named("max"), case_id=named("civil_case"))
    assert not sees("max", "civil_case")


@pytest.mark.requirement("PP-22")
def test_it_opens_of_partners_what_the_agreements_give_and_no_more() -> None:
    open_to(ask("max", "LM-0147"), "cora")
    with acting("max"):  # no clearance, no course: nothing of the prison's
        assert not SummaryRecord.objects.exists()
        assert not Case.objects.filter(pk=named("case")).exists()
    open_to(ask(), "dora")
    with acting("cass"):  # the protocol gives Lantern's records to programme managers
        assert not Case.objects.filter(pk=named("civil_case")).exists()
        assert {one.owner_id for one in FullRecord.objects.all()} == {PRISON}


@pytest.mark.requirement("PP-22")
def test_it_is_read_and_not_changed() -> None:
    open_to(ask("max", "LM-0147"), "cora")
    about = {"owner_id": LANTERN, "case_id": named("civil_case"), "created_by_id": named("max")}
    with acting("max"), pytest.raises(DatabaseError), transaction.atomic():
        SummaryRecord.objects.create(**about, category=19, text="x", checked_by="x")
    with acting("cora"):
        SummaryRecord.objects.create(**{**about, "created_by_id": named("cora")}, category=19, text="x", checked_by="x")
    with acting("max"):
        assert SummaryRecord.objects.filter(category=19).count() == 1
        assert SummaryRecord.objects.filter(category=19).update(text="y") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Assignment.objects.create(
                case_id=named("civil_case"), owner_id=LANTERN, membership_id=named("max"), activity="custody",
                created_by_id=named("max"),
            )  # fmt: skip


@pytest.mark.requirement("PP-22")
def test_every_line_of_what_is_read_says_so_and_the_report_lists_it() -> None:
    pk = ask()
    open_to(pk)
    page = visit("cass", f"/cases/{named('case')}/records/")
    assert page.status_code == 200
    assert "read in an emergency" in visit("cass", f"/cases/{named('case')}/").content.decode()
    with acting("dora"):
        lines = report.lines(Request.objects.get(pk=pk))
    assert len(lines) >= 2
    assert any("Needs" in one.categories for one in lines)
    with acting("cass"):
        assert not report.lines(Request.objects.get(pk=pk))
    visit("pat", f"/cases/{named('case')}/records/")
    with acting("dora"):
        assert len(report.lines(Request.objects.get(pk=pk))) == len(lines)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_subject WHERE detail ->> 'emergency' = %s", [str(pk)])
            ((marked,),) = cursor.fetchall()
        assert marked >= len(lines)


@pytest.mark.requirement("PP-22")
def test_whoever_owns_the_data_is_told_at_once() -> None:
    pk = ask()
    with acting("dora") as by:
        assert About.EMERGENCY_ASKED in [one.about for one in feeds.occasions(by)]
    open_to(pk)
    for name, told in (("dora", 1), ("pat", 1), ("cora", 1), ("nadia", 0), ("adam", 0), ("omar", 0), ("otto", 0)):
        with acting(name) as by:
            found = [one for one in feeds.occasions(by) if one.about == About.EMERGENCY_OPENED]
            assert len(found) == told, name
    with acting("cora"):
        told_ = Told.objects.get()
        assert (told_.case_id, told_.by_id) == (named("civil_case"), PRISON)
        assert not Request.objects.exists()
    page = visit("cora", "/emergency/").content.decode()
    assert "Prison Service" in page
    assert "Cass Mollin" not in page


def test_an_authority_is_told_only_while_the_person_agrees() -> None:
    open_to(ask("max", "LM-0147"), "cora")
    with acting("pat"):
        assert Told.objects.count() == 1
    with acting("cora"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_participation SET withdrawn_at = ledger.clock(), withdrawn_by_route = 'said' WHERE id = %s",
            [named("participation")],
        )
    with acting("pat"):
        assert Told.objects.count() == 0


def test_a_third_person_looks_at_it_after_its_end() -> None:
    pk = ask()
    open_to(pk)
    said = {"finding": "needed", "finding_words": "She called the doctor."}
    assert "still open" in visit("pat", f"/emergency/{pk}/review/", said).content.decode()
    assert visit("cass", f"/emergency/{pk}/end/", {}).status_code == 302
    with acting("dora") as by, pytest.raises(Refused, match="third person"):
        actions.review(Request.objects.get(pk=pk), **said, by=by)
    with acting("dora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Request.objects.filter(pk=pk).update(**said, reviewed_by=by)
    with acting("pat") as by:
        assert [one.name for one in feeds.clocks(by)] == ["What Cass Mollin read in an emergency: to be looked at"]
    assert visit("pat", f"/emergency/{pk}/review/", {"finding": "needed"}).status_code == 422
    assert visit("pat", f"/emergency/{pk}/review/", said).status_code == 302
    assert "She called the doctor." in visit("cass", f"/emergency/{pk}/").content.decode()
    with acting("pat") as by:
        assert not list(feeds.clocks(by))
        assert not list(feeds.occasions(by))
