"""What the person says against a record: seen with the record, in its form, by whoever sees it; never taken away."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from concordat.cases import actions
from concordat.cases.models import Disagreement, FullRecord, Participation, Placement, SummaryRecord
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.machines import Machine, token_of
from concordat.core.testing.visiting import visit
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.people.models import Scope

pytestmark = pytest.mark.django_db
CASE, OURS = named("case"), named("civil_case")
WORDS = "I can read, nobody asked me."


def say(
    kind: type[Any], words: str = WORDS, *, category: Category | None = Category.P09, by: str = "pat"
) -> Disagreement:
    with acting(by) as author:
        narrowed = {"category": category} if category else {}
        row = kind.objects.get(case=CASE, **narrowed)
        return actions.disagree(row, words=words, said_on=localdate(), written_in="en", by=author)


def page(who: str, address: str) -> str:
    return str(visit(who, address).content.decode())


@pytest.mark.requirement("ISP-18")
def test_it_stands_before_the_record_for_the_owner_and_for_a_partner_who_reads_it() -> None:
    say(SummaryRecord)
    for who, case in (("pat", CASE), ("nadia", OURS)):
        shown = page(who, f"/cases/{case}/records/")
        assert shown.count(WORDS) == 1
        assert 0 < shown.index("The person disagrees") < shown.index(WORDS) < shown.index("Needs, summary")
        assert "by Pat Vell, Prison Service." in shown


def test_a_reader_of_the_summary_is_not_told_what_stands_against_the_full_text() -> None:
    say(FullRecord, "The part about my brother is wrong.")
    assert "my brother" in page("pat", f"/cases/{CASE}/records/")
    for address in (f"/cases/{OURS}/records/", f"/cases/{OURS}/", f"/cases/{OURS}/plan/"):
        shown = page("nadia", address)
        assert "my brother" not in shown
        assert "The person disagrees" not in shown
    with acting("nadia"):
        assert not Disagreement.objects.exists()


@pytest.mark.parametrize("who", ["dora", "ines", "sef", "cass", "adam", "paul", "otto", "omar", "faye"])
def test_whoever_does_not_read_the_record_does_not_read_it(who: str) -> None:
    say(SummaryRecord)
    with acting(who):
        assert not SummaryRecord.objects.filter(category=Category.P09).exists()
        assert not Disagreement.objects.exists()


def test_it_goes_with_the_record_when_the_record_goes() -> None:
    say(SummaryRecord, category=Category.P13)
    with acting("nadia"):
        assert Disagreement.objects.count() == 1
    with acting("cora") as by:
        actions.withdraw(Participation.objects.get(), route="said", by=by)
    with acting("nadia"):
        assert not Disagreement.objects.exists()
    with acting("pat"):
        assert Disagreement.objects.count() == 1


def test_a_second_one_stands_after_the_first_and_neither_can_be_changed() -> None:
    say(SummaryRecord)
    say(SummaryRecord, "And I write.")
    shown = page("pat", f"/cases/{CASE}/records/")
    assert shown.index(WORDS) < shown.index("And I write.")
    for change in ("UPDATE cases_disagreement SET words = 'x'", "DELETE FROM cases_disagreement"):
        with acting("pat"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("nadia", {}),  # reads the record of another organisation
        ("pat", {"created_by_id": named("cass")}),
        ("pat", {"case_id": OURS}),
        ("pat", {"kind": "cases_fullrecord"}),
        ("pat", {"record": named("case")}),
    ],
)
def test_the_database_takes_it_from_an_officer_of_the_owner_about_a_record_that_they_read(
    who: str, change: dict[str, object]
) -> None:
    with acting(who) as by:
        row = SummaryRecord.objects.get(category=Category.P09)
        made = {"owner_id": PRISON, "case_id": CASE, "kind": "cases_summaryrecord", "record": row.pk, "created_by": by}
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Disagreement(**{**made, **change}, words="x", said_on=localdate()).save(force_insert=True)
        if who == "pat":
            Disagreement(**made, words="x", said_on=localdate()).save(force_insert=True)


def test_it_is_entered_on_a_page_and_stands_in_the_log() -> None:
    with acting("pat"):
        row = SummaryRecord.objects.get(category=Category.P09)
    address = f"/cases/{CASE}/disagree/summaryrecord/{row.pk}/"
    assert address in page("pat", f"/cases/{CASE}/records/")
    assert "Needs, summary" in page("pat", address)
    today = localdate()
    said = {
        "words": WORDS,
        "written_in": "en",
        "said_on_day": today.day,
        "said_on_month": today.month,
        "said_on_year": today.year,
    }
    assert visit("pat", address, {**said, "words": ""}).status_code == 422
    late = today + timedelta(days=40)
    ahead = {**said, "said_on_day": late.day, "said_on_month": late.month, "said_on_year": late.year}
    refused = visit("pat", address, ahead)
    assert refused.status_code == 422
    assert WORDS in refused.content.decode()
    assert visit("pat", address, said).status_code == 302
    with acting("dora"):
        assert Subject.objects.filter(case=CASE, entry__what="record.disagreed").count() == 1
    assert visit("nadia", address).status_code == 404
    assert visit("pat", f"/cases/{CASE}/disagree/membership/{row.pk}/").status_code == 404


def test_a_partner_does_not_enter_it() -> None:
    with acting("nadia") as by:
        row = SummaryRecord.objects.get(category=Category.P09)
        with pytest.raises(Refused, match="keeps the record"):
            actions.disagree(row, words="x", said_on=localdate(), written_in="", by=by)


def test_what_is_said_against_the_place_stands_on_the_first_page_and_in_the_list_of_cases() -> None:
    say(Placement, "I was never in Aldermoor.", category=None)
    for who, case in (("pat", CASE), ("nadia", OURS)):
        assert "I was never in Aldermoor." in page(who, f"/cases/{case}/")
    taken = visit("pat", "/cases/list/", {"taken_for": "meeting"}).content.decode()
    assert "I was never in Aldermoor." in taken


def test_a_machine_is_told_it_with_the_record() -> None:
    say(SummaryRecord)
    shown = Machine(token_of("pat", Scope.CASES).key).get(f"/cases/{CASE}/records").json()
    with_words = [one for one in shown if one["disagreements"]]
    assert [one["text"] for one in with_words] == ["Needs, summary"]
    assert with_words[0]["disagreements"][0]["words"] == WORDS
