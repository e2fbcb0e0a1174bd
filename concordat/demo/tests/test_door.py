"""Everybody of the country comes in with one click and finds pages that work."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from concordat.demo.country import WORKERS
from concordat.organisations.models import Organisation

MAIN = (
    "today:today", "cases:index", "agreements:index", "referrals:index", "referrals:services", "delivery:reviews",
    "delivery:end_reports", "sharing:notices", "people:members", "people:account",
)  # fmt: skip


@pytest.mark.parametrize("key", WORKERS)
def test_each_comes_in_and_finds_the_main_pages(key: str, through_the_door: Callable[[str], Client]) -> None:
    browser = through_the_door(key)
    answers = {name: browser.get(reverse(name)).status_code for name in MAIN}
    assert {name: status for name, status in answers.items() if status != 200} == {}
    today = browser.get(reverse("today:today")).content.decode()
    organisation = Organisation.objects.using("signin").get(pk=WORKERS[key].organisation)
    assert organisation.name in today.replace("&#x27;", "'")


def test_the_door_tells_everybodys_story(country: str) -> None:
    page = Client(headers={"host": "localhost"}).get("/demo-door/").content.decode()
    for worker in WORKERS.values():
        assert worker.name in page
