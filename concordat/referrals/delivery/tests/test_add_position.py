import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.referrals.delivery import actions
from concordat.referrals.models import Position, Review

from .ready import assigned_long_ago, refused_by_the_database, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> Review:
    assigned_long_ago()
    return review(provider_differs="It goes slower than planned.")


def test_the_referrer_writes_its_own_beside_the_others(written: Review) -> None:
    with acting("pat") as by:
        actions.add_position(written, party="referrer", text="It goes as planned.", by=by)

    with acting("nadia"):
        assert [one.party for one in written.positions.all()] == ["provider", "referrer"]


@pytest.mark.parametrize(("name", "party"), [("pat", "person"), ("pat", "provider"), ("nadia", "referrer")])
def test_nobody_writes_for_the_other_side(written: Review, name: str, party: str) -> None:
    organisation = PRISON if name == "pat" else LANTERN
    with acting(name) as by:
        with pytest.raises(Refused, match="Each party writes its own view"):
            actions.add_position(written, party=party, text="Theirs.", by=by)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Position.objects.create(
                review=written, party=party, text="Theirs.", organisation_id=organisation, membership=by
            )


def test_a_view_is_written_once_and_by_nobody_changed(written: Review) -> None:
    with acting("nadia") as by:
        with pytest.raises(Refused, match="nobody edits it"):
            actions.add_position(written, party="provider", text="Rather so.", by=by)
        with refused_by_the_database("position_is_one_for_each_party"):
            Position.objects.create(
                review=written, party="provider", text="So.", organisation_id=LANTERN, membership=by
            )
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Position.objects.update(text="Rather so.")


@pytest.mark.parametrize("name", ["otto", "max", "dora"])
def test_who_may_not_read_the_review_adds_nothing(written: Review, name: str) -> None:
    with acting(name) as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Position.objects.create(
            review=written, party="referrer", text="Hm.", organisation_id=by.organisation_id, membership_id=named(name)
        )


def test_the_page_adds_it(written: Review) -> None:
    address = reverse("delivery:add_position", args=[written.pk])
    browser = signed_in("pat")
    assert browser.post(address, {"text": ""}).status_code == 422
    browser.post(address, {"text": "It goes as planned."})

    page = browser.get(written.get_absolute_url()).content.decode()
    assert "It goes as planned." in page
    assert "It goes slower than planned." in page
    assert "nobody edits it" in page  # the button is off, and says why
