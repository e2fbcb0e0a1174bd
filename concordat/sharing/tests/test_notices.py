import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concordat.core.testing.visitor import signed_in

from .test_send_notice import send

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sharing:notices")


def test_the_list_asks_a_fixed_number_of_questions() -> None:
    send()
    browser = signed_in("nadia")
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        browser.get(ADDRESS)
    send()
    send("sef")
    with CaptureQueriesContext(connection) as three:
        browser.get(ADDRESS)

    assert len(three) == len(one)
