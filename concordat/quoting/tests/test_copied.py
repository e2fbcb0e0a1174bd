"""What is pasted from a record that not everybody may read who will read the text is refused, in every form."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from concordat.cases.models import Case, FullRecord, Heading, SummaryRecord
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.quoting.copying import LENGTH, folded, shares_passage
from concordat.referrals.asking.actions import draft
from concordat.referrals.delivery.tests import ready as delivery
from concordat.referrals.models import Review, Service
from concordat.sharing.actions import send_notice, write_briefing

pytestmark = pytest.mark.django_db
CASE = named("case")
PASSAGE = (
    "After the visit of his brother he did not leave the cell for three days, and asked the landing officer twice "
    "whether the letter from Kestrel Bay had come."
)
SHORT = PASSAGE[:60]


def write(form: type[Any], category: Category, *, by: str = "pat") -> None:
    """Have the prison keep the passage in a record of its own."""
    with acting(by) as author:
        said: dict[str, Any] = {"owner_id": PRISON, "case_id": CASE, "created_by": author, "category": category}
        said |= {"title": "Needs"} if form is FullRecord else {"checked_by": "Pat Vell"}
        form.objects.create(**said, text=f"Seen in May. {PASSAGE} Nothing since.")


def brief(**changes: object) -> object:
    text = {
        "how_to_meet": "Room 4.", "nothing_to_add": True, "what_changed": "New room", "written_in": "en",
        "closed_check_by": "security_manager", "closed_check_on": localdate(), **changes,
    }  # fmt: skip
    with acting("pat") as by:
        return write_briefing(Case.objects.get(pk=CASE), by=by, **text)


@pytest.mark.requirement("ISP-13")
def test_a_passage_of_what_another_organisation_gave_is_refused_in_a_review_and_a_note() -> None:
    delivery.assigned_long_ago()
    write(SummaryRecord, Category.P09)
    with pytest.raises(Refused, match=r"“Needs”.*then quote the record"):
        delivery.review(own_words=f"He says it like this: {PASSAGE}")
    with pytest.raises(Refused, match="your own words"):
        delivery.record(notes={Heading.ROUTINE: PASSAGE})
    with pytest.raises(Refused, match="quote"):
        delivery.report(summary=PASSAGE)
    delivery.review(own_words=SHORT)


def test_other_spaces_quotes_and_letters_make_no_difference() -> None:
    delivery.assigned_long_ago()
    write(SummaryRecord, Category.P09)
    with pytest.raises(Refused, match="word for word"):
        delivery.review(own_words=PASSAGE.upper().replace(" ", "\n").replace(",", " –"))


def test_a_full_text_is_not_pasted_into_what_partners_read() -> None:
    write(FullRecord, Category.P09)
    with acting("pat") as by:
        case, service = Case.objects.get(pk=CASE), Service.objects.get(pk=named("service"))
        with pytest.raises(Refused, match="word for word"):
            draft(case, service=service, need="mentoring", text=PASSAGE, desired_outcomes=["A routine"], by=by)
        draft(case, service=service, need="mentoring", text=SHORT, desired_outcomes=["A routine"], by=by)
        with pytest.raises(Refused, match="what they need to know"):
            send_notice(case, to=Organisation.objects.get(pk=LANTERN), text=PASSAGE, by=by)
    with pytest.raises(Refused, match="word for word"):
        brief(how_to_meet=PASSAGE)


def test_what_comes_with_the_same_rule_may_be_said_again() -> None:
    write(FullRecord, Category.P07)
    assert brief(how_to_meet=PASSAGE)
    assert brief(how_to_meet=PASSAGE, items="None.")


def test_notes_go_into_a_review_and_a_review_into_the_end_report() -> None:
    delivery.assigned_long_ago()
    delivery.record(notes={Heading.ROUTINE: f"In May: {PASSAGE}"[:450]})
    assert isinstance(delivery.review(own_words=PASSAGE), Review)
    delivery.report(summary=PASSAGE)


def test_a_concern_may_repeat_anything_for_it_stays_and_must_not_be_held_up() -> None:
    delivery.assigned_long_ago()
    write(SummaryRecord, Category.P09)
    delivery.record(concern=PASSAGE)
    worry = "He said goodbye to everybody on the landing and gave away his radio, his books and the photo of his son."
    delivery.record(starts_at=delivery.ago(hours=2), concern=worry)
    with pytest.raises(Refused, match="Safeguarding concern"):
        delivery.record(starts_at=delivery.ago(hours=3), notes={Heading.ROUTINE: worry})


def test_what_the_writer_may_not_read_is_not_told_to_them() -> None:
    delivery.assigned_long_ago()
    write(FullRecord, Category.P09)  # nadia gets needs as a summary
    delivery.review(own_words=PASSAGE)


def test_comparing_is_no_read_and_a_match_is() -> None:
    delivery.assigned_long_ago()
    write(SummaryRecord, Category.P09)
    day = localdate() - timedelta(days=1)
    typed = {
        "held_on_day": day.day, "held_on_month": day.month, "held_on_year": day.year, "own_words": PASSAGE,
        "written_in": "en",
    }  # fmt: skip
    address = f"/delivery/{named('link')}/reviews/write/"
    refused = visit("nadia", address, typed)
    assert refused.status_code == 422
    assert PASSAGE in refused.content.decode()
    with acting("dora"):
        lines = Subject.objects.filter(case=CASE, entry__what="delivery:write_review")
        assert [one.categories for one in lines] == [[int(Category.P09)]]
    assert visit("nadia", address, {**typed, "own_words": SHORT}).status_code == 302
    with acting("dora"):
        assert lines.count() == 1


words = st.text(alphabet="abc", max_size=300)


@given(words, words, st.text(alphabet="abc", min_size=LENGTH, max_size=120))
def test_a_passage_in_common_is_found_wherever_it_stands(before: str, after: str, passage: str) -> None:
    assert shares_passage(before + passage + after, after + passage + before)


@given(st.text(alphabet="abcd", max_size=200), st.text(alphabet="abcd", max_size=200))
def test_it_is_found_exactly_when_it_is_there(one: str, other: str) -> None:
    windows = {one[at : at + LENGTH] for at in range(len(one) - LENGTH + 1)}
    there = any(other[at : at + LENGTH] in windows for at in range(len(other) - LENGTH + 1))
    assert shares_passage(one, other) == there


def test_folding_leaves_letters_and_digits() -> None:
    assert folded("“Room 4”,\n الغرفة ٤") == "room4الغرفة٤"
