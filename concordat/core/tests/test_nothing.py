"""What found nothing leaves on a full step, whether something is hidden there or not."""

import time
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from concordat.core import nothing
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import named

pytestmark = pytest.mark.django_db

STEP = 0.05


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note for how long answers are held instead of holding them."""
    noted: list[float] = []
    monkeypatch.setattr(settings, "NOTHING_STEP_MS", STEP * 1000)
    monkeypatch.setattr(time, "sleep", noted.append)
    return noted


@pytest.mark.parametrize(("took", "left"), [(0.01, 0.04), (0.05, 0.0), (0.051, 0.049), (0.12, 0.03)])
def test_a_wait_ends_on_a_full_step(took: float, left: float) -> None:
    assert nothing.until_next_step(took, STEP) == pytest.approx(left)


def test_no_step_is_no_wait() -> None:
    assert nothing.until_next_step(0.01, 0) == 0


def test_what_is_hidden_and_what_is_not_there_are_both_held(waits: list[float]) -> None:
    stranger = signed_in("otto")
    for case in (named("case"), uuid4()):
        stranger.get(reverse("cases:detail", args=[case]))
    assert len(waits) == 2
    assert all(0 < wait <= STEP for wait in waits)


def test_a_search_without_result_is_held_and_one_with_a_result_is_not(waits: list[float]) -> None:
    pat = signed_in("pat")
    for text, held in (("nobody at all", 1), ("A-1001", 0)):
        waits.clear()
        page = pat.post(reverse("search:search"), {"text": text})
        assert (len(waits), bool(page.context["found"])) == (held, not held), text


def test_strangers_and_pages_that_show_something_are_not_held(waits: list[float]) -> None:
    Client().get("/no-such-page/")
    signed_in("pat").get(reverse("cases:detail", args=[named("case")]))
    assert waits == []
