import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.sharing import actions

from .words import write

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sharing:briefings", args=[named("case")])


def test_every_version_with_what_changed_and_who_confirmed_it() -> None:
    write(what_changed="Person 5D is new.")
    page = signed_in("pat").get(ADDRESS).content.decode()

    assert "Version 2" in page
    assert "Person 5D is new." in page
    assert "Nadia Brandt, Lantern Mentoring" in page
    assert "Nobody yet" in page


def test_the_list_asks_a_fixed_number_of_questions() -> None:
    browser = signed_in("pat")
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        browser.get(ADDRESS)
    for _number in range(2):
        briefing = write()
        with acting("nadia") as by:
            actions.acknowledge(actions.open_briefing(briefing, by=by), by=by)
    with CaptureQueriesContext(connection) as three:
        browser.get(ADDRESS)

    assert len(three) == len(one)


def test_where_reading_and_writing_are_off_the_page_says_why() -> None:
    page = signed_in("dora").get(ADDRESS).content.decode()

    assert "No safety briefing is open to you." in page
    assert "Only a programme manager or a security manager" in page


def test_a_stranger_finds_nothing() -> None:
    assert signed_in("otto").get(ADDRESS).status_code == 404
