"""A quotation is seen by whoever may read both records, and goes when either goes: by agreement, choice or stop."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import localdate, now

from concordat.agreements.models import Suspension
from concordat.cases import actions as cases
from concordat.cases.models import Case, FullRecord, Participation, SummaryRecord
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.machines import machine_of
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.files.models import ParticipationFile
from concordat.files.tests.ready import on_participation
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.people.models import Scope
from concordat.quoting.actions import quote, refer_to_file
from concordat.quoting.models import Quotation
from concordat.referrals.delivery.tests import ready as delivery
from concordat.referrals.models import HeadingNote, Review

pytestmark = pytest.mark.django_db
CASE, OURS = named("case"), named("civil_case")
WORDS = "Needs, summary"


@pytest.fixture
def review() -> Review:
    """Give a review by the mentor, on which the prison's programme manager may look while the person agrees."""
    delivery.assigned_long_ago()
    return delivery.review()


def quoted(review: Review, category: Category = Category.P09, words: str = WORDS, by: str = "nadia") -> Quotation:
    with acting(by) as author:
        source = SummaryRecord.objects.get(category=category)
        return quote(Review.objects.get(pk=review.pk), source=source, words=words, by=author)


def seen(who: str) -> int:
    with acting(who):
        return Quotation.objects.count()


def page(who: str, review: Review) -> str:
    return str(visit(who, f"/delivery/reviews/{review.pk}/").content.decode())


@pytest.mark.requirement("ISP-13")
def test_whoever_reads_both_records_sees_it_and_nobody_else_sees_a_sign_of_it(review: Review) -> None:
    without = page("cora", review)
    quoted(review)
    assert WORDS in page("nadia", review)
    assert WORDS in page("pat", review)
    # The coordinator of the same organisation is not assigned, and so reads the review and not what it quotes.
    with acting("cora"):
        assert Review.objects.filter(pk=review.pk).exists()
        assert not SummaryRecord.objects.filter(owner=PRISON, category=Category.P09).exists()
    after = page("cora", review)
    assert [line for line in after.split("\n") if "csrf" not in line] == [
        line for line in without.split("\n") if "csrf" not in line
    ]
    assert {who: seen(who) for who in ("cora", "max", "paul", "faye", "otto", "omar", "dora", "cass")} == dict.fromkeys(
        ("cora", "max", "paul", "faye", "otto", "omar", "dora", "cass"), 0
    )


@pytest.mark.requirement("ISP-4")
def test_whoever_gets_the_summary_sees_no_words_of_the_full_text() -> None:
    with acting("pat") as by:
        source = FullRecord.objects.get(case=CASE, category=Category.P05)
        summary = SummaryRecord.objects.get(case=CASE, category=Category.P09)
        quote(summary, source=source, words="Offence summary", by=by)
    assert "Offence summary" in visit("pat", f"/cases/{CASE}/records/").content.decode()
    shown = visit("nadia", f"/cases/{OURS}/records/").content.decode()
    assert "Needs, summary" in shown
    assert "Offence summary" not in shown
    assert seen("nadia") == 0


@pytest.mark.requirement("ISP-24")
def test_it_goes_while_the_agreement_that_gave_the_source_is_suspended(review: Review) -> None:
    quoted(review)
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("protocol"), organisation_id=PRISON, ground="safety", created_by=by, starts_at=now(),
            ends_at=now() + timedelta(days=10),
        )  # fmt: skip
    assert seen("nadia") == 0
    assert WORDS not in page("nadia", review)


def test_it_goes_with_a_withdrawal_a_restriction_and_a_stop(review: Review) -> None:
    quoted(review, Category.P13, "Reads well")
    assert seen("nadia") == 1
    with transaction.atomic():
        with acting("pat") as by:
            asked = cases.record_request(
                Case.objects.get(pk=CASE), right="restrict", words="x", route="x", asked_on=localdate(), by=by
            )
            told = {"outcome": "granted", "answer": "x", "told": "x", "complain_to": "x"}
            cases.answer_request(asked, **told, stopped=["13"], by=by)
        assert seen("nadia") == 0
        transaction.set_rollback(True)
    with transaction.atomic():
        with acting("pat") as by:
            asked = cases.record_request(
                Case.objects.get(pk=CASE), right="object", words="x", route="x", asked_on=localdate(), by=by
            )
            cases.answer_request(asked, **told, shut_out=[str(LANTERN)], by=by)
        assert seen("nadia") == 0
        transaction.set_rollback(True)
    with acting("cora") as by:
        for paper in Participation.objects.filter(withdrawn_at=None):
            cases.withdraw(paper, route="said", by=by)
    assert seen("nadia") == 0
    assert seen("pat") == 0, "the source is the prison's own, the review is not"


def test_a_machine_is_told_it_as_the_pages_show_it(review: Review) -> None:
    quoted(review)
    for who, expected in (("nadia", [WORDS]), ("pat", [WORDS]), ("cora", [])):
        shown = machine_of(who, Scope.CASES).get(f"/reviews/{review.pk}").json()
        assert [one["words"] for one in shown["quotations"]] == expected, who


def test_the_owner_of_the_words_finds_in_its_log_where_they_went(review: Review) -> None:
    quoted(review)
    with acting("dora"):
        assert Subject.objects.filter(case=CASE, entry__what="record.quoted_by_another").count() == 1
    page("nadia", review)
    with acting("dora"):
        line = Subject.objects.filter(case=CASE, entry__what="delivery:review").get()
        assert line.categories == [int(Category.P09)]


def test_a_file_is_referred_to_and_not_copied(review: Review) -> None:
    on_participation()
    with acting("nadia") as by:
        source = ParticipationFile.objects.select_related("file").get()
        refer_to_file(Review.objects.get(pk=review.pk), source=source, by=by)
    assert source.file.name in page("nadia", review)
    assert source.file.name in page("cora", review)
    assert seen("pat") == 0
    assert source.file.name not in page("pat", review)


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("nadia", {"words": "What nobody wrote"}),
        ("nadia", {"of_category": 6}),
        ("nadia", {"of_owner_id": LANTERN}),
        ("nadia", {"of_case": OURS}),
        ("nadia", {"case_id": CASE}),
        ("nadia", {"owner_id": PRISON}),
        ("nadia", {"created_by_id": named("cora")}),
        ("nadia", {"source": named("case")}),
        ("nadia", {"record": named("case")}),
        ("nadia", {"from_kind": "people_membership"}),
        ("nadia", {"kind": "cases_identity"}),
        ("cora", {}),  # does not read the source
        ("pat", {}),  # the review is another organisation's
    ],
)
def test_the_database_takes_only_words_of_a_record_beneath_a_record_of_ones_own(
    review: Review, who: str, change: dict[str, object]
) -> None:
    with acting("nadia"):
        source = SummaryRecord.objects.get(category=Category.P09)
    made: dict[str, Any] = {
        "owner_id": LANTERN, "case_id": OURS, "kind": "referrals_review", "record": review.pk, "of_owner_id": PRISON,
        "of_case": CASE, "of_category": 9, "from_kind": "cases_summaryrecord", "source": source.pk, "words": WORDS,
        "created_by_id": named(who),
    }  # fmt: skip
    with acting(who), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Quotation(**{**made, **change}).save(force_insert=True)
    made["created_by_id"] = named("nadia")
    with acting("nadia"):
        with pytest.raises(IntegrityError, match="quotation_has_words_or_is_a_file"), transaction.atomic():
            Quotation(**{**made, "words": ""}).save(force_insert=True)
        Quotation(**made).save(force_insert=True)


def test_nobody_changes_it_or_takes_it_away(review: Review) -> None:
    quoted(review)
    for change in ("UPDATE quoting_quotation SET words = 'x'", "DELETE FROM quoting_quotation"):
        with acting("nadia"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


def test_words_that_do_not_stand_there_are_refused_in_words(review: Review) -> None:
    with pytest.raises(Refused, match="Copy them exactly"):
        quoted(review, words="Needs, in summary")
    with acting("pat") as by:
        source = SummaryRecord.objects.get(case=CASE, category=Category.P09)
        with pytest.raises(Refused, match="organisation that keeps the record"):
            quote(Review.objects.get(pk=review.pk), source=source, words=WORDS, by=by)


def test_it_is_put_there_on_two_pages(review: Review) -> None:
    with acting("nadia"):
        source = SummaryRecord.objects.get(category=Category.P09)
        note = HeadingNote.objects.get(review=review)
    choose = f"/quotes/review/{review.pk}/"
    address = f"{choose}from/summaryrecord/{source.pk}/"
    assert choose in page("nadia", review)
    listed = visit("nadia", choose).content.decode()
    assert address in listed
    assert f"{choose}from/headingnote/{note.pk}/" in listed
    assert WORDS in visit("nadia", address).content.decode()
    wrong = visit("nadia", address, {"words": "Needs, in summary"})
    assert wrong.status_code == 422
    assert "Needs, in summary" in wrong.content.decode()
    assert visit("nadia", address, {"words": WORDS}).status_code == 302
    assert WORDS in page("pat", review)
    assert choose not in page("pat", review)
    assert visit("pat", choose).status_code == 403
    assert visit("cora", address).status_code == 404
    assert visit("otto", choose).status_code == 404


def test_the_plan_of_the_case_shows_it_too(review: Review) -> None:
    quoted(review)
    assert WORDS in visit("nadia", f"/cases/{OURS}/plan/").content.decode()
    assert WORDS not in visit("cora", f"/cases/{OURS}/plan/").content.decode()
    assert str(Organisation.objects.get(pk=PRISON)) in page("nadia", review)
