from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from concordat.agreements.models import Suspension
from concordat.cases.models import Assignment, DateRecord, Participation
from concordat.core.codes import Activity
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.people.models import Membership
from concordat.referrals.delivery import actions, rules
from concordat.referrals.models import Concern, HeadingNote, Session
from concordat.sharing.models import SafetyBriefing
from concordat.sharing.tests.words import words

from .own_link import OwnLink
from .ready import ABOUT, ago, assigned_long_ago, insert, link, record, refused_by_the_database

pytestmark = pytest.mark.django_db
ADDRESS = reverse("delivery:record_session", args=[named("link")])


@pytest.fixture(autouse=True)
def _assigned() -> None:
    assigned_long_ago()


def refused(constraint: str, **changes: Any) -> None:  # noqa: ANN401 - the fields of a session
    """Expect the rule's sentence, and the same from the database when nobody asks the rule."""
    with pytest.raises(Refused) as sentence:
        record(**changes)
    assert str(sentence.value) == rules.in_words(constraint)
    with refused_by_the_database(constraint):
        insert(**changes)


# ---- what is kept --------------------------------------------------------------------------------------------------


def test_a_session_and_its_notes_are_recorded() -> None:
    session = record(notes={"routine": "Library and sport, as planned.", "ties": "First letter posted."})

    with acting("nadia"):
        assert Session.objects.get() == session
        assert {note.heading: note.text for note in session.notes.all()} == {
            "routine": "Library and sport, as planned.", "ties": "First letter posted.",
        }  # fmt: skip


def test_recording_is_logged_without_a_word_of_it() -> None:
    session = record(notes={"routine": "Library."}, concern="A worry.")

    with acting("cora"):
        line = Subject.objects.get(entry__what="session.recorded")
    assert (line.owner, line.case, line.categories) == (LANTERN, named("civil_case"), [18])
    assert line.detail == {"session": str(session.pk), "held": True}


@pytest.mark.parametrize(("held", "fact"), [(True, "Session held"), (False, "Session not held")])
def test_the_authority_reads_the_day_and_no_more(held: bool, fact: str) -> None:  # noqa: FBT001 - a parameter of the test
    said = record(
        held=held, minutes=50 if held else None, cause="" if held else "person", concern="A worry." if held else ""
    )

    with acting("pat"):
        days = DateRecord.objects.filter(owner_id=LANTERN, category=18).values_list("fact", "on")
        assert (fact, localdate(said.starts_at)) in days
        assert not Session.objects.exists()
        assert not Concern.objects.exists()


@pytest.mark.requirement("PP-10")
def test_nothing_said_in_a_session_has_a_field() -> None:
    kept = {field.name for field in Session._meta.concrete_fields}

    assert kept == {
        "id",
        "owner",
        "case",
        "created_at",
        "created_by",
        "link",
        "worker",
        "starts_at",
        "minutes",
        "held",
        "cause",
        "entered_later",
    }
    assert HeadingNote._meta.get_field("text").max_length == 500


def test_a_session_recorded_after_the_next_working_day_is_marked() -> None:
    assert record(starts_at=ago(days=8)).entered_later
    assert not record(starts_at=ago(hours=2)).entered_later


@pytest.mark.parametrize(
    ("session", "today", "later"),
    [
        ("2026-11-20", "2026-11-23", False),  # Friday, Monday
        ("2026-11-20", "2026-11-24", True),
        ("2026-11-17", "2026-11-18", False),
        ("2026-11-17", "2026-11-19", True),
    ],
)
def test_one_working_day_is_in_time(session: str, today: str, later: bool) -> None:  # noqa: FBT001 - a parameter
    assert rules.is_entered_later(date.fromisoformat(session), date.fromisoformat(today)) is later


# ---- what has to be so before --------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.10", "PP-12")
def test_not_without_the_newest_briefing() -> None:
    with acting("pat") as by:
        fields = {**words(), "owner_id": PRISON, "case_id": named("case"), "number": 2, "created_by": by}
        SafetyBriefing.objects.create(**fields)
    record(starts_at=ago(hours=2))  # began before the change: what was done in time can be recorded

    refused("session_needs_briefing", starts_at=now(), minutes=1)


@pytest.mark.requirement("C6.10", "PP-12")
def test_not_by_a_worker_who_confirmed_nothing() -> None:
    with acting("cora") as by:
        Assignment.objects.create(
            **ABOUT, membership_id=named("cora"), activity=Activity.CUSTODY, created_by=by, starts_at=ago(days=9)
        )

    with acting("cora") as by, pytest.raises(Refused, match="safety briefing"):
        actions.record_session(link(), worker=by, starts_at=ago(hours=1), held=True, minutes=50, by=by)
    with refused_by_the_database("session_needs_briefing"):
        insert("cora")


@pytest.mark.requirement("PP-12")
def test_where_there_is_no_briefing_there_is_no_contact() -> None:
    person = OwnLink(brief=False)
    person.agree_goals()

    person.refused("session_needs_briefing")


@pytest.mark.requirement("C6.8")
@pytest.mark.parametrize("missing", ["the person", "the referrer", "the provider"])
def test_not_before_goals_are_signed_by_all(missing: str, own_link: OwnLink) -> None:
    own_link.agree_goals(without=missing)

    own_link.refused("session_needs_signed_goals")


@pytest.mark.requirement("C6.8")
@pytest.mark.parametrize("how", ["signed", "declined"])
def test_a_person_signs_or_declines_and_it_can_begin(how: str, own_link: OwnLink) -> None:
    own_link.agree_goals(person=how)

    assert own_link.record().held


def test_not_without_the_persons_agreement() -> None:
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(withdrawn_at=now(), withdrawn_by_route="said")

    record(starts_at=ago(hours=2))  # it was held while the person agreed
    refused("session_needs_participation", starts_at=now(), minutes=1)


def test_not_under_terms_that_are_suspended() -> None:
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("terms"),
            organisation_id=PRISON,
            ground="safety",
            explanation="A threat.",
            created_by=by,
            starts_at=ago(minutes=30),
            ends_at=now() + timedelta(days=3),
        )

    record(starts_at=ago(hours=2))
    refused("session_needs_terms_in_force", starts_at=ago(minutes=10), minutes=5)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"starts_at": now() + timedelta(hours=1)}, "session_is_not_in_the_future"),
        ({"starts_at": now() - timedelta(days=61)}, "session_is_of_an_assigned_worker"),
    ],
)
def test_not_ahead_and_not_before_the_assignment(changes: dict[str, Any], constraint: str) -> None:
    refused(constraint, **changes)
    refused(constraint, **changes, held=False, minutes=None, cause="transport")


@pytest.mark.parametrize("minutes", [-10, 0, 10, 49])
def test_one_at_the_same_time(minutes: int) -> None:
    record(starts_at=ago(hours=3))

    refused("session_is_one_at_a_time", starts_at=ago(hours=3) + timedelta(minutes=minutes))


def test_one_after_the_other_is_fine() -> None:
    record(starts_at=ago(hours=3))
    assert record(starts_at=ago(hours=3) + timedelta(minutes=50)).held


def test_a_session_not_held_needs_no_briefing_and_has_a_cause() -> None:
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(withdrawn_at=now(), withdrawn_by_route="said")

    assert record(held=False, minutes=None, cause="prison", starts_at=now()).cause == "prison"
    with refused_by_the_database("session_is_held_or_has_a_cause"):
        insert(held=False, minutes=None, cause="")
    with refused_by_the_database("session_is_held_or_has_a_cause"):
        insert(held=False, minutes=None, cause="he did not feel like it"[:10])


# ---- who -----------------------------------------------------------------------------------------------------------


def test_a_coordinator_records_for_a_worker() -> None:
    with acting("cora") as by:
        nadia = Membership.objects.get(pk=named("nadia"))
        session = actions.record_session(link(), worker=nadia, starts_at=ago(hours=1), held=True, minutes=50, by=by)

    assert (session.worker_id, session.created_by_id) == (named("nadia"), named("cora"))


@pytest.mark.parametrize("name", ["ruth", "pat"])
def test_other_posts_record_nothing(name: str) -> None:
    with acting("nadia"):
        of, nadia = link(), Membership.objects.get(pk=named("nadia"))
    with acting(name) as by, pytest.raises(Refused, match="Only a worker or a coordinator of Lantern Mentoring"):
        actions.record_session(of, worker=nadia, starts_at=ago(hours=1), held=True, minutes=50, by=by)


@pytest.mark.parametrize("name", ["max", "faye", "pat", "otto", "ruth"])
def test_the_database_takes_a_session_from_nobody_else(name: str) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        insert(name, worker_id=named("nadia"), worker=Membership(pk=named("nadia")))


def test_what_was_recorded_is_not_changed() -> None:
    record(notes={"routine": "Library."}, concern="A worry.")
    for model, change in ((Session, {"minutes": 10}), (HeadingNote, {"text": "No."}), (Concern, {"text": "None."})):
        with acting("nadia"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.update(**change)


# ---- notes and concern ---------------------------------------------------------------------------------------------


@pytest.mark.requirement("C6.7")
def test_only_headings_that_the_person_chose() -> None:
    with pytest.raises(Refused) as sentence:
        record(notes={"wellbeing": "Sleeps badly."})
    assert str(sentence.value) == rules.in_words("heading_was_chosen_by_the_person")

    session = record()
    with acting("nadia") as by, refused_by_the_database("heading_was_chosen_by_the_person"):
        HeadingNote.objects.create(**ABOUT, created_by=by, session=session, heading="wellbeing", text="Sleeps badly.")


@pytest.mark.requirement("C6.7")
def test_outlook_only_where_a_goal_is_about_attitudes(own_link: OwnLink) -> None:
    own_link.agree_goals()
    assert "outlook" not in own_link.headings()
    with acting("nadia") as by, refused_by_the_database("heading_was_chosen_by_the_person"):
        HeadingNote.objects.create(
            **own_link.about, created_by=by, session=own_link.record(), heading="outlook", text="Thinks otherwise now."
        )


@pytest.mark.requirement("C6.7")
def test_outlook_is_offered_with_a_goal_about_attitudes(own_link: OwnLink) -> None:
    own_link.agree_goals(target="attitudes")

    assert "outlook" in own_link.headings()
    session = own_link.record(notes={"outlook": "Asks questions about the paper."})
    with acting("nadia"):
        assert session.notes.get().heading == "outlook"


def test_a_concern_stays_whatever_an_agreement_gives(give_everything: None) -> None:
    record(concern="He spoke of debts.", told="Cora Lind")

    with acting("cora"):
        assert Concern.objects.get().text == "He spoke of debts."
    with acting("pat"):
        assert Session.objects.exists()  # the rule gives attendance in full ...
        assert not Concern.objects.exists()  # ... and a worry it cannot give


# ---- the page ------------------------------------------------------------------------------------------------------


def typed(**changes: object) -> dict[str, object]:
    """Return what a browser sends."""
    at = ago(hours=2)
    sent: dict[str, object] = {
        "day_day": at.day,
        "day_month": at.month,
        "day_year": at.year,
        "time": f"{at:%H:%M}",
        "held": "yes",
        "minutes": "50",
        "cause": "",
        "concern": "no",
        "note_routine": "Library and sport.",
    }
    return {**sent, **changes}


def test_the_page_offers_the_agreed_headings_and_no_other() -> None:
    page = signed_in("nadia").get(ADDRESS).content.decode()

    assert 'name="note_routine"' in page
    assert 'name="note_ties"' in page
    assert page.count('name="note_') == 2
    assert "Person 7Q" in page
    assert "Sandoval" not in page


def test_the_page_says_who_reads_it() -> None:
    page = signed_in("nadia").get(ADDRESS).content.decode()

    assert "That it was held or not, and the day, while the person agrees." in page
    assert "The notes, while the person agrees." in page


def test_the_page_records() -> None:
    answer = signed_in("nadia").post(ADDRESS, typed())

    assert answer.headers["Location"] == reverse("delivery:sessions", args=[named("link")])
    with acting("nadia"):
        assert Session.objects.get().notes.get().text == "Library and sport."


def test_a_coordinator_says_whose_session_it_was_where_there_is_a_choice() -> None:
    browser = signed_in("cora")
    assert 'name="worker"' not in browser.get(ADDRESS).content.decode()
    with acting("cora") as by:
        Assignment.objects.create(
            **ABOUT, membership_id=named("cora"), activity=Activity.CUSTODY, created_by=by, starts_at=ago(days=9)
        )

    assert 'name="worker"' in browser.get(ADDRESS).content.decode()
    assert '<a href="#id_worker">Choose whose session it was</a>' in browser.post(ADDRESS, typed()).content.decode()
    browser.post(ADDRESS, typed(worker=str(named("nadia"))))
    with acting("cora"):
        assert Session.objects.get().worker_id == named("nadia")


def test_what_is_wrong_is_linked_and_everything_typed_stays() -> None:
    answer = signed_in("nadia").post(
        ADDRESS, typed(minutes="", note_routine="x" * 538, concern="yes", concern_text="", told="Cora Lind")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 things to put right" in page
    for field in ("minutes", "note_routine", "concern_text"):
        assert f'<a href="#id_{field}">' in page
    assert "by 38 characters" in page
    assert "x" * 538 in page
    assert 'value="Cora Lind"' in page
    assert f"{ago(hours=2):%H:%M}" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held": ""}, "held_0"),
        ({"held": "no", "minutes": "", "note_routine": ""}, "cause"),
        ({"held": "no", "minutes": "50", "cause": "prison", "note_routine": ""}, "minutes"),
        ({"held": "no", "minutes": "", "cause": "prison"}, "note_routine"),
        ({"cause": "prison"}, "cause"),
        ({"time": "quarter past"}, "time"),
        ({"day_day": "31", "day_month": "2"}, "day_day"),
        ({"concern_text": "A worry."}, "concern_0"),
        ({"minutes": "601"}, "minutes"),
    ],
)
def test_a_contradiction_is_asked_back(changes: dict[str, object], field: str) -> None:
    page = signed_in("nadia").post(ADDRESS, typed(**changes)).content.decode()
    assert f'<a href="#id_{field}">' in page


def test_what_the_rules_refuse_is_said_above_the_form() -> None:
    browser = signed_in("nadia")
    browser.post(ADDRESS, typed())
    answer = browser.post(ADDRESS, typed())

    assert answer.status_code == 422
    assert rules.in_words("session_is_one_at_a_time") in answer.content.decode()
    assert "Library and sport." in answer.content.decode()


def test_before_a_session_can_be_held_the_page_says_what_is_missing() -> None:
    with acting("pat") as by:
        fields = {**words(), "owner_id": PRISON, "case_id": named("case"), "number": 2, "created_by": by}
        SafetyBriefing.objects.create(**fields)

    page = signed_in("nadia").get(ADDRESS).content.decode()

    assert rules.in_words("session_needs_briefing") in page


@pytest.mark.parametrize("name", ["max", "pat", "otto"])
def test_who_does_not_work_on_the_case_finds_no_page(name: str) -> None:
    assert signed_in(name).get(ADDRESS).status_code == 404
