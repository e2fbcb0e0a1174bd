"""Who has read a case: one line for each request, seen by the owner of what was read; and the sheet for the person."""

import pytest

from concordat.core.codes import Category
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Entry, Subject

pytestmark = pytest.mark.django_db

OF_LANTERN, OF_PRISON = named("civil_case"), named("case")
PARTS = ("", "plan/", "sessions/", "records/", "readers/", "readers/sheet/", "why/?giver=1&category=9")


def lines(name: str) -> list[Entry]:
    with acting(name):
        return list(Entry.objects.filter(kind="read").order_by("at"))


@pytest.mark.requirement("PP-3")
@pytest.mark.parametrize("part", PARTS)
def test_every_page_writes_one_line_of_what_it_read(part: str) -> None:
    before = {one.pk for one in lines("cora")}
    visit("nadia", f"/cases/{OF_LANTERN}/{part}")
    (new,) = [one for one in lines("cora") if one.pk not in before]
    assert new.membership == named("nadia")
    assert new.what.startswith("cases:")
    assert str(OF_LANTERN) not in new.what
    assert new.purpose == ("administration" if part.startswith("readers/") else "intervention")


@pytest.mark.requirement("PP-3")
def test_one_line_names_all_whose_records_were_read_and_each_owner_sees_its_own() -> None:
    visit("nadia", f"/cases/{OF_LANTERN}/records/")
    with acting("pat"):
        (seen,) = Subject.objects.filter(entry__what="cases:records")
        assert (seen.owner, seen.case) == (PRISON, OF_PRISON)
        assert {Category.P01, Category.P09, Category.P13} <= set(seen.categories)
    with acting("cora"):
        (own,) = Subject.objects.filter(entry__what="cases:records")
        assert (own.owner, own.case) == (LANTERN, OF_LANTERN)
        assert own.entry_id == seen.entry_id


@pytest.mark.requirement("PP-3")
def test_the_owner_reads_which_organisation_who_what_and_what_for() -> None:
    visit("nadia", f"/cases/{OF_LANTERN}/records/")
    shown = visit("pat", f"/cases/{OF_PRISON}/readers/").content.decode()
    for words in ("Lantern Mentoring", "Nadia Brandt, Mentor", "Needs", "to deliver or follow a service in custody"):
        assert words in shown


def test_the_list_is_narrowed_to_other_organisations_and_to_days() -> None:
    visit("nadia", f"/cases/{OF_LANTERN}/records/")
    visit("pat", f"/cases/{OF_PRISON}/records/")
    others = visit("pat", f"/cases/{OF_PRISON}/readers/?who=others").content.decode()
    assert "Nadia Brandt, Mentor" in others
    assert "Pat Vell, Programme manager" not in others
    long_ago = visit("pat", f"/cases/{OF_PRISON}/readers/?start=2020-01-01&end=2020-12-31").content.decode()
    assert "Nobody, in this time." in long_ago


@pytest.mark.requirement("PP-19")
def test_the_sheet_for_the_person_names_organisations_days_and_kinds_and_no_staff() -> None:
    visit("nadia", f"/cases/{OF_LANTERN}/records/")
    visit("pat", f"/cases/{OF_PRISON}/records/")
    shown = visit("pat", f"/cases/{OF_PRISON}/readers/sheet/").content.decode()
    sheet = shown[shown.index('<article class="c-print') :]
    for words in (
        "Who has seen my data",
        "Lantern Mentoring",
        "Needs",
        "This organisation keeps the record",
        "complain",
    ):
        assert words in sheet
    for name in ("Nadia", "Brandt", "Cora", "Pat Vell", "Sandoval"):
        assert name not in sheet


def test_the_code_of_a_sheet_stands_in_the_log() -> None:
    shown = visit("pat", f"/cases/{OF_PRISON}/readers/sheet/").content.decode()
    with acting("pat"):
        (printed,) = Subject.objects.filter(entry__what="case.readers_printed")
    assert printed.detail["code"] in shown


def test_a_worker_of_the_case_reads_its_log_and_a_colleague_does_not() -> None:
    visit("nadia", f"/cases/{OF_LANTERN}/")
    with acting("nadia"):
        assert Subject.objects.filter(case=OF_LANTERN).exists()
    with acting("max"):
        assert not Subject.objects.exists()
