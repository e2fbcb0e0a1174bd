import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting
from concordat.referrals.models import EndReport

from .test_write_end_report import ADDRESS, sent, suspend

pytestmark = pytest.mark.django_db


def test_the_receipt_is_shown_once_and_nothing_else() -> None:
    suspend()
    browser = signed_in("nadia")

    answer = browser.post(ADDRESS, sent(), follow=True)
    page = answer.content.decode()
    with acting("pat"):
        assert EndReport.objects.get().reference in page
    assert "Twelve meetings." not in page
    assert "Received" in page

    again = browser.get(reverse("delivery:receipt"))
    assert again.headers["Location"] == "/"
