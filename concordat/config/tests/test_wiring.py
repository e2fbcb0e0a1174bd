"""The wiring: what is listed can be asked, and the navigation leads somewhere."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from concordat.cases.asked import Asked
from concordat.cases.models import Case
from concordat.core.testing.visiting import visit
from concordat.core.wiring import wired
from concordat.demo.world import PEOPLE, acting, named

pytestmark = pytest.mark.django_db

FOR_CASES = ("CASE_EVENTS", "CASE_DATES", "CASE_NOTICES", "CASE_ACTIONS")


@pytest.mark.parametrize("who", PEOPLE)
def test_every_function_answers_everybody(who: str) -> None:
    """A post that has nothing to do with a room gets nothing from it, and no error."""
    with acting(who) as by:
        for name in ("TODAY_CARDS", "TODAY_CLOCKS"):
            for give in wired(name):
                assert list(give(by)) is not None
        for give in wired("TODAY_NEWS"):
            assert list(give(by, now() - timedelta(days=7))) is not None


@pytest.mark.parametrize(
    ("who", "case"), [("nadia", "civil_case"), ("cora", "civil_case"), ("pat", "case"), ("dora", "case")]
)
def test_every_function_answers_for_a_case(who: str, case: str) -> None:
    with acting(who) as by:
        asked = Asked(Case.objects.select_related("owner").get(pk=named(case)), by, [named(case)])
        for name in FOR_CASES:
            for give in wired(name):
                assert list(give(asked)) is not None


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("nadia", ["Today", "Cases", "Agreements", "Search"]),
        ("pat", ["Today", "Cases", "Referrals", "Agreements", "Search"]),
        ("helen", ["Today", "Agreements", "Log"]),
        ("adam", ["Today", "Agreements", "Log", "People"]),
    ],
)
def test_the_navigation_shows_what_a_post_has_to_do_with(who: str, words: list[str]) -> None:
    shown = visit(who, "/").content.decode()
    entries = shown[shown.index('class="c-nav__list"') : shown.index("</ul>")]
    found = [part.split("<")[0] for part in entries.split('class="c-nav__link"')[1:]]
    assert [one.split(">")[1] for one in found] == words
