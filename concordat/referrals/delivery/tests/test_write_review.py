from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from concordat.cases.models import Participation
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.ledger.models import Subject
from concordat.referrals.delivery import rules
from concordat.referrals.models import HeadingNote, Review

from .ready import ABOUT, assigned_long_ago, link, refused_by_the_database, review

pytestmark = pytest.mark.django_db
ADDRESS = reverse("delivery:write_review", args=[named("link")])


@pytest.fixture(autouse=True)
def _assigned() -> None:
    assigned_long_ago()


def test_a_review_holds_progress_own_words_and_the_next_date() -> None:
    written = review(own_words="I sleep better on Mondays.", person_differs="More sport, less talk.")

    assert written.next_due == localdate() + timedelta(weeks=12)
    with acting("nadia"):
        assert {note.heading: note.text for note in written.notes.all()} == {"routine": "Three weeks of four."}
        assert [(one.party, one.text) for one in written.positions.all()] == [("person", "More sport, less talk.")]


def test_the_next_one_is_due_twelve_weeks_after_the_last() -> None:
    with acting("nadia"):
        assert rules.review_due(link()) == localdate(link().starts_at) + timedelta(weeks=12)
    review(held_on=localdate() - timedelta(days=14))
    with acting("nadia"):
        assert rules.review_due(link()) == localdate() + timedelta(days=70)


def test_the_authority_reads_it_while_the_person_agrees() -> None:
    written = review(own_words="I sleep better.")

    with acting("pat"):
        assert Review.objects.get().own_words == "I sleep better."
        assert written.notes.get().text == "Three weeks of four."
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(withdrawn_at=now(), withdrawn_by_route="said")
    with acting("pat"):
        assert not Review.objects.exists()
        assert not HeadingNote.objects.exists()


def test_writing_is_logged_without_a_word_of_it() -> None:
    written = review()
    with acting("cora"):
        assert Subject.objects.get(entry__what="review.written").detail == {"review": str(written.pk)}


@pytest.mark.requirement("C6.7")
def test_progress_only_under_headings_that_the_person_chose() -> None:
    with pytest.raises(Refused, match="did not agree"):
        review(notes={"wellbeing": "Sleeps badly."})


@pytest.mark.parametrize(("days", "constraint"), [(3, "review_is_not_in_the_future"), (0, "review_is_one_a_day")])
def test_not_ahead_and_not_twice(days: int, constraint: str) -> None:
    review()
    held_on = localdate() + timedelta(days=days)

    with pytest.raises(Refused) as sentence:
        review(held_on=held_on)
    assert str(sentence.value) == rules.in_words(constraint)
    with acting("nadia") as by, refused_by_the_database(constraint):
        Review.objects.create(
            **ABOUT, created_by=by, link_id=named("link"), held_on=held_on, next_due=held_on + timedelta(weeks=12)
        )


def test_nothing_is_reviewed_after_a_withdrawal() -> None:
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(withdrawn_at=now(), withdrawn_by_route="said")

    with pytest.raises(Refused) as sentence:
        review(notes={}, own_words="Words.")
    assert str(sentence.value) == rules.in_words("review_needs_participation")
    with acting("nadia") as by, refused_by_the_database("review_needs_participation"):
        Review.objects.create(
            **ABOUT,
            created_by=by,
            link_id=named("link"),
            held_on=localdate(),
            next_due=localdate() + timedelta(weeks=12),
        )


def test_the_page_writes_it() -> None:
    today = localdate()
    sent = {
        "held_on_day": today.day,
        "held_on_month": today.month,
        "held_on_year": today.year,
        "note_ties": "Writes each week.",
        "own_words": "My sister answers.",
    }
    answer = signed_in("nadia").post(ADDRESS, sent)

    with acting("nadia"):
        assert answer.headers["Location"] == Review.objects.get().get_absolute_url()


def test_an_empty_review_is_asked_back_with_everything_typed() -> None:
    answer = signed_in("nadia").post(
        ADDRESS, {"held_on_day": "1", "held_on_month": "2", "held_on_year": "", "person_differs": "All of it."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_held_on_day">' in page
    assert "All of it." in page


def test_the_page_shows_the_goals_that_it_is_about() -> None:
    assert "Keep a weekly routine" in signed_in("nadia").get(ADDRESS).content.decode()
