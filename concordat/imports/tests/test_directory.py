"""A directory comes in as HSDS, waits for its coordinator, and goes out as the same offers."""

import json
from pathlib import Path
from typing import Any

import pytest

from concordat.core.errors import Refused
from concordat.core.testing.filling import send
from concordat.core.testing.visiting import visit
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, acting, named
from concordat.imports import directory
from concordat.imports.feeds import cards
from concordat.imports.models import Offer
from concordat.organisations.models import Place
from concordat.referrals.asking.actions import close_service
from concordat.referrals.asking.forms import described
from concordat.referrals.asking.terms import papers
from concordat.referrals.asking.views.directory import all_places
from concordat.referrals.hsds.tests.test_reading import EXAMPLE, changed, written
from concordat.referrals.models import Service

pytestmark = pytest.mark.django_db

COMPLETED = {
    "method": "Weekly talks", "target": "behaviour", "needs": ["mentoring"], "sexes": ["male"],
    "age_groups": ["young"], "capacity": 4, "free_places": "some",
}  # fmt: skip


def exported() -> dict[str, Any]:
    found: dict[str, Any] = visit("cora", "/api/v1/hsds/services").json()
    return found


def staged(body: object) -> list[Offer]:
    with acting("cora") as by:
        return directory.stage_directory(written(body), by=by)


def confirmed(offer: Offer, **changes: Any) -> Service:  # noqa: ANN401 - handed on
    """Confirm an offer as its form is filled in, with what the file leaves open."""
    with acting("cora") as by:
        known = papers()
        places = list(Place.objects.filter(pk__in=all_places(known)))
        initial = directory.initial_of(offer, known, places)
        said = {**COMPLETED, **{name: value for name, value in initial.items() if value}, **changes}
        languages = [one.strip() for one in str(said.pop("languages")).split(",")]
        terms = next(one for one in known.in_force if one.pk == said.pop("terms"))
        at = [place for place in places if place.pk in said.pop("places")]
        return directory.confirm(offer, by=by, terms=terms, places=at, languages=languages, **said)


# ---- out and in again ------------------------------------------------------------------------------------------------


def test_what_goes_out_comes_in_as_the_same_offers() -> None:
    before = exported()
    with acting("cora"):
        own = {str(one.pk): described(one) for one in Service.objects.filter(organisation=LANTERN, closed_at=None)}
    assert own
    services = [one for one in before["contents"] if one["id"] in own]
    with acting("cora"):
        for one in Service.objects.filter(organisation=LANTERN):
            one.name, one.needs, one.capacity, one.languages = "Something else", ["work"], 1, ["Latin"]
            one.save(update_fields=["name", "needs", "capacity", "languages"])
    assert exported() != before
    for offer in staged({"contents": services}):
        confirmed(offer)
    assert exported() == before
    with acting("cora"):
        assert {str(one.pk): described(one) for one in Service.objects.filter(organisation=LANTERN)} == own


def test_a_service_that_is_not_there_is_made_anew_under_its_identifier_and_known_again() -> None:
    (offer,) = staged(
        changed(
            service_at_locations=[{"location": {"id": "x", "location_type": "physical", "name": "ALDERMOOR PRISON"}}]
        )
    )
    service = confirmed(offer)
    assert (str(service.pk), service.name, service.languages) == (EXAMPLE["id"], "Community Counselling", ["Urdu"])
    with acting("cora"):
        assert [one.place_id for one in service.places.all()] == [named("aldermoor")]
    (again,) = staged(changed(name="Counselling"))
    with acting("cora"):
        assert directory.service_of(again) == service


def test_an_identifier_of_somebody_elses_service_never_means_theirs() -> None:
    with acting("cora"):
        assert Service.objects.get(pk=named("service")).organisation_id == LANTERN
    with acting("faye") as by:
        assert by.organisation_id != LANTERN
        (offer,) = directory.stage_directory(written(changed(id=str(named("service")))), by=by)
        assert directory.service_of(offer) is None


# ---- staged, confirmed, left out -------------------------------------------------------------------------------------


def test_nothing_stands_in_the_directory_before_somebody_confirms_it() -> None:
    before = exported()
    staged(EXAMPLE)
    assert exported() == before
    with acting("cora") as by:
        assert any("1 service of a file to confirm" in card.title for card in cards(by))
    page = visit("cora", "/").content.decode()
    assert "Nothing of it stands in the directory before somebody confirms it." in page
    assert "/imports/services/" in page


def test_a_file_that_comes_twice_waits_once_and_one_that_is_not_active_does_not_wait() -> None:
    staged(EXAMPLE)
    staged([changed(name="Newer"), changed(id="other", status="defunct")])
    with acting("cora"):
        assert [one.name for one in Offer.objects.all()] == ["Newer"]
    with pytest.raises(Refused, match="No service in this file is active"):
        staged(changed(status="inactive"))


def test_what_is_decided_is_decided_once() -> None:
    (offer,) = staged(EXAMPLE)
    with acting("cora") as by:
        directory.discard(offer, by=by)
        with pytest.raises(Refused, match="was decided on already"):
            directory.discard(offer, by=by)
    with acting("cora"):
        assert not Service.objects.filter(pk=EXAMPLE["id"]).exists()


def test_only_who_may_offer_brings_in_services_and_nobody_elses_are_seen() -> None:
    staged(EXAMPLE)
    for name in ("nadia", "pat", "ines"):
        with acting(name) as by:
            assert not Offer.objects.exists()
            with pytest.raises(Refused, match="coordinator or the director"):
                directory.stage_directory(written(EXAMPLE), by=by)


def test_the_pages_lead_from_the_file_to_the_directory(tmp_path: Path) -> None:
    cora = signed_in("cora")
    path = tmp_path / "services.json"
    path.write_bytes(written(changed(service_at_locations=[{"location": {"name": "Aldermoor Prison"}}])))
    with path.open("rb") as file:
        answer = cora.post("/imports/services/new/", {"file": file})
    assert answer.headers["Location"] == "/imports/services/"
    with acting("cora"):
        offer = Offer.objects.get()
    assert "Community Counselling" in cora.get("/imports/services/").content.decode()
    page = cora.get(f"/imports/services/{offer.pk}/").content.decode()
    assert 'value="Community Counselling"' in page
    assert "Places that the file names:" in page
    data = {**COMPLETED, "name": "Counselling", "languages": "Urdu", "terms": str(named("terms")),
            "places": [str(named("aldermoor"))]}  # fmt: skip
    confirmed = send(cora, f"/imports/services/{offer.pk}/", data)
    assert confirmed.headers["Location"] == f"/referrals/services/{EXAMPLE['id']}/"
    assert cora.get(f"/imports/services/{offer.pk}/").headers["Location"] == f"/referrals/services/{EXAMPLE['id']}/"
    assert signed_in("pat").get(f"/imports/services/{offer.pk}/").status_code == 404
    assert signed_in("pat").post(f"/imports/services/{offer.pk}/discard/").status_code == 404


def test_a_file_that_is_none_is_refused_on_its_page(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_bytes(b"%PDF")
    with path.open("rb") as file:
        answer = signed_in("cora").post("/imports/services/new/", {"file": file})
    assert (answer.status_code, "no directory of services" in answer.content.decode()) == (422, True)


# ---- the interface ---------------------------------------------------------------------------------------------------


def test_the_root_and_the_pages_have_the_shape_of_the_specification() -> None:
    assert visit("nadia", "/api/v1/hsds/").json()["version"] == "3.0"
    page = visit("nadia", "/api/v1/hsds/services?per_page=1&page=1").json()
    assert set(page) == {
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"
    }  # fmt: skip
    assert (page["page_number"], page["size"], page["first_page"], page["empty"]) == (1, 1, True, False)
    (service,) = page["contents"]
    assert {"id", "name", "status", "description", "organization", "languages", "service_at_locations"} <= set(service)
    assert {"id", "name", "description"} <= set(service["organization"])
    assert {"id", "location_type"} <= set(service["service_at_locations"][0]["location"])
    assert visit("nadia", f"/api/v1/hsds/services/{service['id']}").json() == service
    last = visit("nadia", f"/api/v1/hsds/services?per_page=1&page={page['total_pages'] + 5}").json()
    assert (last["page_number"], last["last_page"]) == (page["total_pages"], True)


def test_a_service_that_is_closed_is_inactive_and_no_longer_listed() -> None:
    with acting("cora") as by:
        close_service(Service.objects.get(pk=named("service")), by=by)
    assert visit("nadia", f"/api/v1/hsds/services/{named('service')}").json()["status"] == "inactive"
    assert str(named("service")) not in json.dumps(exported())
