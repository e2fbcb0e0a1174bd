from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.cases.models import Case
from concordat.core.errors import Refused
from concordat.core.refusals import name_of
from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Entry, Subject
from concordat.sharing import actions, rules
from concordat.sharing.models import ClosedCheck, SafetyBriefing

from .words import SAFE, typed, words, write

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sharing:write_briefing", args=[named("case")])


@pytest.mark.requirement("PP-12")
@pytest.mark.parametrize("name", ["pat", "sef"])
def test_programme_and_security_manager_write_the_next_version(name: str) -> None:
    with acting(name) as by:
        briefing = actions.write_briefing(Case.objects.get(pk=named("case")), by=by, **words())

    assert (briefing.number, briefing.created_by_id) == (2, named(name))


def test_writing_is_logged_without_a_word_of_it() -> None:
    briefing = write()

    with acting("pat"):
        line = Subject.objects.get(entry__what="briefing.written")
    assert (line.owner, line.case, line.categories) == (PRISON, named("case"), [7])
    assert line.detail == {"briefing": str(briefing.pk)}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cass", "Only a programme manager or a security manager"),
        ("cora", "Only the authority"),
        ("nadia", "Only the authority"),
    ],
)
def test_nobody_else_writes_one(name: str, sentence: str) -> None:
    with acting("pat"):
        case = Case.objects.get(pk=named("case"))
    with acting(name) as by, pytest.raises(Refused, match=sentence):
        actions.write_briefing(case, by=by, **words())


def insert(name: str, **changes: object) -> None:
    """Write a version past the rules, as the application role does it in SQL."""
    fields = {
        "owner_id": PRISON,
        "case_id": named("case"),
        "number": 2,
        "created_by_id": named(name),
        **words(**changes),
    }
    with acting(name), transaction.atomic():
        SafetyBriefing.objects.create(**fields)


@pytest.mark.parametrize("name", ["cass", "nadia", "cora", "dora", "otto"])
def test_the_database_lets_nobody_else_write_one(name: str) -> None:
    with pytest.raises(DatabaseError, match="row-level security"):
        insert(name)


@pytest.mark.requirement("PP-4")
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"how_to_meet": ""}, "briefing_says_how_to_meet"),
        ({"health": ""}, "briefing_is_not_left_blank"),
        ({"what_changed": ""}, "briefing_says_what_changed"),
        ({"closed_check_by": ""}, "closed_material_was_checked_by_a_post"),
        ({"closed_check_by": "source 14 says"}, "closed_material_was_checked_by_a_post"),
        ({"closed_check_on": localdate() + timedelta(days=3)}, "closed_material_was_checked_before"),
    ],
)
def test_what_is_missing_is_refused_by_the_rule_and_by_the_database(
    changes: dict[str, object], constraint: str
) -> None:
    with pytest.raises(Refused) as refused:
        write(**changes)
    assert str(refused.value) == rules.in_words(constraint)

    with pytest.raises(IntegrityError) as stopped:
        insert("pat", **changes)
    assert name_of(stopped.value) == constraint


@pytest.mark.parametrize("number", [1, 3])
def test_a_version_follows_the_newest(number: int) -> None:
    with pytest.raises(IntegrityError):
        insert("pat", number=number)


def test_an_empty_heading_is_declared() -> None:
    assert write(health="", nothing_to_add=True).health == ""


@pytest.mark.requirement("PP-4")
def test_nothing_of_closed_material_is_kept_but_a_post_and_a_day() -> None:
    kept = {field.name: field for field in SafetyBriefing._meta.concrete_fields if field.name.startswith("closed")}

    assert set(kept) == {"closed_check_by", "closed_check_on"}
    assert kept["closed_check_by"].choices == ClosedCheck.choices


@pytest.mark.parametrize("name", ["pat", "sef"])
def test_what_was_written_is_not_changed(name: str) -> None:
    with acting(name), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        SafetyBriefing.objects.filter(pk=named("briefing")).update(how_to_meet="Anywhere.")


def test_the_page_begins_with_the_words_of_the_newest() -> None:
    page = signed_in("pat").get(ADDRESS).content.decode()

    assert "Write version 2 of the safety briefing" in page
    assert "Room 4, escort to the door." in page


def test_the_page_keeps_what_was_typed_and_links_to_what_is_missing() -> None:
    answer = signed_in("pat").post(ADDRESS, typed(health="", what_changed=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things to put right" in page
    assert '<a href="#id_nothing_to_add">' in page
    assert '<a href="#id_what_changed">' in page
    assert SAFE["keep_apart"] in page


def test_the_page_writes_it() -> None:
    browser = signed_in("sef")
    answer = send(browser, ADDRESS, typed())

    with acting("pat"):
        newest = SafetyBriefing.objects.get(number=2)
        assert Entry.objects.get(what="briefing.written").membership == named("sef")
    assert answer.headers["Location"] == reverse("sharing:briefing", args=[newest.pk])


def test_who_may_not_see_the_case_finds_no_page() -> None:
    assert signed_in("otto").get(ADDRESS).status_code == 404
