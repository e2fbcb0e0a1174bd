"""The page that says what a version would open, beside the text."""

import pytest
from django.urls import reverse

from concordat.agreements import actions
from concordat.agreements.models import Version
from concordat.core.codes import Category, Form
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named

from . import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def wider() -> Version:
    """Return a draft in which the mentor reads needs in full and no more what affects the session."""
    with acting("helen") as by:
        version = actions.new_version(ready.agreed("protocol"), by=by)
        version.sharingrules.filter(category=Category.P09).update(form=Form.FULL)
        version.sharingrules.filter(category=Category.P06).delete()
        return version


def page_of(name: str, version: Version) -> str:
    answer = signed_in(name).get(reverse("agreements:opens", args=[version.agreement_id, version.number]))
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_draft_shows_what_would_open_and_close(wider: Version) -> None:
    page = page_of("helen", wider)
    assert "2 things open. 2 things close." in page
    assert "Widens" in page
    assert "In full, always" in page
    assert "Aldermoor Prison" in page
    assert "to the end of 31 December 2099" in page
    assert "Prison Service gives to Lantern Mentoring: " in page, "the picture in words"


def test_each_side_reads_of_its_own(wider: Version) -> None:
    assert "fewer than 10" in page_of("helen", wider)
    with acting("helen") as by:
        ready.freeze(wider, by)
    page = page_of("ruth", wider)
    assert "Nothing of yours opens or closes." in page
    assert "Only records of Lantern Mentoring are counted" in page


def test_a_draft_of_the_other_party_is_not_found(wider: Version) -> None:
    there = reverse("agreements:opens", args=[wider.agreement_id, wider.number])
    nowhere = reverse("agreements:opens", args=[wider.agreement_id, 77])
    found = [signed_in("ruth").get(url) for url in (there, nowhere)]
    assert [one.status_code for one in found] == [404, 404]


def test_where_something_is_missing_nothing_opens_and_the_page_says_why() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
    page = page_of("helen", version)
    assert "Signing opens nothing and closes nothing." in page
    assert "this text waits for it" in page


def test_the_way_there_stands_beside_the_text(wider: Version) -> None:
    there = reverse("agreements:opens", args=[wider.agreement_id, wider.number])
    browser = signed_in("helen", level=2)
    for view in ("edit", "check", "version"):
        address = reverse(f"agreements:{view}", args=[wider.agreement_id, wider.number])
        assert there in browser.get(address).content.decode(), view
    with acting("helen") as by:
        ready.freeze(wider, by)
    assert there in browser.get(reverse("agreements:sign", args=[wider.agreement_id, wider.number])).content.decode()


def test_who_does_not_deal_with_partners_is_told_so(wider: Version) -> None:
    answer = signed_in("pat").get(reverse("agreements:opens", args=[wider.agreement_id, wider.number]))
    assert answer.status_code == 422
    assert "This is for a partnership officer, a director or an authorised signatory." in answer.content.decode()
    page = signed_in("pat").get(reverse("agreements:detail", args=[named("protocol")])).content.decode()
    assert "See what it would open" not in page
