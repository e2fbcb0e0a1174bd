from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.core.testing.visitor import signed_in

from .ready import assigned_long_ago, review

pytestmark = pytest.mark.django_db
LIST = reverse("delivery:reviews")


@pytest.fixture(autouse=True)
def _assigned() -> None:
    assigned_long_ago()


def test_the_list_names_the_person_by_ones_own_case_and_asks_a_fixed_number_of_questions() -> None:
    review()
    browser = signed_in("pat")
    assert "7Q" in browser.get(LIST).content.decode()
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    for days in (3, 5):
        review(held_on=localdate() - timedelta(days=days))
    with CaptureQueriesContext(connection) as three:
        browser.get(LIST)

    assert len(three) == len(one)
