import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.ledger.models import Entry

from .ready import report

pytestmark = pytest.mark.django_db
LIST = reverse("delivery:end_reports")


def test_both_sides_read_the_same_words() -> None:
    written = report(onward="The sports club asks for him.")

    for name in ("pat", "cora"):
        page = signed_in(name).get(written.get_absolute_url()).content.decode()
        for words in (
            "Twelve meetings.",
            "A weekly routine",
            "Partly achieved.",
            "Most weeks there was a routine.",
            "The sports club",
        ):
            assert words in page, (name, words)
        assert "Person 7Q" in page


def test_that_the_authority_read_it_stands_in_the_providers_log() -> None:
    written = report()
    signed_in("pat").get(written.get_absolute_url())

    with acting("cora"):
        assert Entry.objects.get(kind="read", what="delivery:end_report").membership == named("pat")


@pytest.mark.parametrize("name", ["nadia", "max", "otto", "faye", "cass", "dora"])
def test_others_find_nothing(name: str) -> None:
    written = report()
    browser = signed_in(name)

    assert browser.get(written.get_absolute_url()).status_code == 404
    assert "No end report." in browser.get(LIST).content.decode()
