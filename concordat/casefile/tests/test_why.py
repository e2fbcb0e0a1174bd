"""The page that answers why."""

import pytest

from concordat.core.testing.visiting import visit
from concordat.demo.world import named

pytestmark = pytest.mark.django_db

CASE = named("civil_case")


def page(name: str, asked: str) -> str:
    response = visit(name, f"/cases/{CASE}/why/{asked}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_it_asks_first() -> None:
    assert "Choose what you looked for" in page("nadia", "")


def test_a_yes_is_headed_as_a_yes() -> None:
    shown = page("nadia", "?giver=1&category=9")
    assert "Why can I see this?" in shown
    assert "Yes, as a summary" in shown


def test_a_no_says_where_it_stops() -> None:
    shown = page("nadia", "?giver=1&category=8")
    assert "Why can I not see this?" in shown
    assert "Why it stops at 2" in shown
    assert shown.count("Not looked at") == 5


def test_a_coordinator_asks_for_a_mentor() -> None:
    shown = page("cora", f"?giver=1&category=9&who={named('nadia')}")
    assert "asked for Nadia Brandt" in shown
    assert "Yes, as a summary" in shown


def test_a_mentor_is_not_offered_to_ask_for_others() -> None:
    shown = page("nadia", f"?giver=1&category=9&who={named('max')}")
    assert "For whom" not in shown
    assert "asked for" not in shown


def test_what_is_no_category_is_told_at_the_field() -> None:
    assert "c-answer" not in page("nadia", "?giver=1&category=99")
    assert "c-answer" not in page("nadia", "?giver=777&category=9")
