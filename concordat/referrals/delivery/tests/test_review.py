import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.ledger.models import Entry

from .ready import assigned_long_ago, review

pytestmark = pytest.mark.django_db
LIST = reverse("delivery:reviews")


@pytest.fixture(autouse=True)
def _assigned() -> None:
    assigned_long_ago()


def test_both_sides_read_the_same_page() -> None:
    written = review(
        own_words="I sleep better.", person_differs="More sport.", provider_differs="It goes slower than planned."
    )

    for name in ("nadia", "pat"):
        page = signed_in(name).get(written.get_absolute_url()).content.decode()
        for words in ("Three weeks of four.", "I sleep better.", "More sport.", "It goes slower than planned."):
            assert words in page, (name, words)


def test_that_the_authority_read_it_stands_in_the_providers_log() -> None:
    written = review()
    signed_in("pat").get(written.get_absolute_url())

    with acting("cora"):
        line = Entry.objects.get(kind="read", what="delivery:review")
    assert line.membership == named("pat")


@pytest.mark.parametrize("name", ["max", "otto", "faye", "cass"])
def test_others_find_nothing(name: str) -> None:
    written = review()
    browser = signed_in(name)

    assert browser.get(written.get_absolute_url()).status_code == 404
    assert "No review." in browser.get(LIST).content.decode()
