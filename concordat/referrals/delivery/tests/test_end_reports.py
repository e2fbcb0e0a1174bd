import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concordat.core.testing.visitor import signed_in

from .own_link import OwnLink
from .ready import report

pytestmark = pytest.mark.django_db
LIST = reverse("delivery:end_reports")


def test_the_list_asks_a_fixed_number_of_questions(own_link: OwnLink) -> None:
    report()
    browser = signed_in("cora")
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    own_link.end()
    with CaptureQueriesContext(connection) as two:
        browser.get(LIST)

    assert len(two) == len(one)
