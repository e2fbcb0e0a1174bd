import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in

from .test_send_notice import TEXT, send

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sharing:notices")


def test_the_receiver_finds_and_reads_it() -> None:
    notice = send()
    browser = signed_in("nadia")

    assert notice.get_absolute_url() in browser.get(ADDRESS).content.decode()
    page = browser.get(notice.get_absolute_url()).content.decode()
    assert TEXT in page
    assert "555 0142" in page


@pytest.mark.parametrize("name", ["max", "faye", "otto"])
def test_others_find_nothing(name: str) -> None:
    notice = send()
    browser = signed_in(name)

    assert browser.get(notice.get_absolute_url()).status_code == 404
    assert TEXT not in browser.get(ADDRESS).content.decode()
