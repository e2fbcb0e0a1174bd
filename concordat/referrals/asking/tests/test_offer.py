"""What is offered, where and under which terms."""

import pytest

from concordat.agreements.models import Agreement
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, acting, named
from concordat.organisations.models import Place
from concordat.referrals.asking import actions
from concordat.referrals.models import Service, ServicePlace

from .making import database_refuses, end_terms, hidden_from_writing, lapse_terms, suspend_terms

pytestmark = pytest.mark.django_db

DESCRIBED = {
    "name": "Carpentry",
    "description": "",
    "method": "Working beside a carpenter.",
    "needs": ["work"],
    "target": "skills",
    "languages": ["Marenian"],
    "sexes": ["male"],
    "age_groups": ["adult"],
    "capacity": 6,
    "free_places": "some",
}


def offer(name: str = "cora", **changed: object) -> Service:
    with acting(name) as by:
        places = [Place.objects.get(pk=named(one)) for one in changed.pop("places", ["aldermoor"])]  # type: ignore[attr-defined]
        terms = Agreement.objects.get(pk=named("terms"))
        return actions.offer_service(terms=terms, places=places, by=by, **{**DESCRIBED, **changed})


def test_a_coordinator_offers_a_service_under_terms_in_force() -> None:
    service = offer()
    assert (service.organisation_id, service.activity) == (LANTERN, "custody")
    with acting("pat"):
        assert [str(one.place) for one in service.places.all()] == ["Aldermoor Prison"]


def test_a_mentor_may_not_offer() -> None:
    with pytest.raises(Refused, match="A coordinator or the director"):
        offer("nadia")
    with acting("nadia"), hidden_from_writing():
        Service.objects.create(organisation_id=LANTERN, terms_id=named("terms"), **DESCRIBED)


@pytest.mark.requirement("C6.7")
@pytest.mark.parametrize(("field", "sentence", "constraint"), [
    ("target", "what the service is about", "service_declares_its_target"),
    ("method", "which method", "service_declares_its_method"),
])  # fmt: skip
def test_a_service_declares_its_target_and_method(field: str, sentence: str, constraint: str) -> None:
    with pytest.raises(Refused, match=sentence):
        offer(**{field: ""})
    with acting("cora"), database_refuses(constraint):
        Service.objects.create(organisation_id=LANTERN, terms_id=named("terms"), **{**DESCRIBED, field: ""})


@pytest.mark.requirement("C6.14")
@pytest.mark.parametrize(("over", "sentence"), [
    (lapse_terms, r"“Mentoring at Aldermoor Prison” lapsed on .*Helen Marsh \(Prison Service\)"),
    (end_terms, r"were ended on .*Ruth Okar \(Lantern Mentoring\) can agree on new ones"),
    (suspend_terms, "are suspended until"),
])  # fmt: skip
def test_nothing_is_offered_under_terms_that_are_over(over: object, sentence: str) -> None:
    over()  # type: ignore[operator]
    with pytest.raises(Refused, match=sentence):
        offer()
    with acting("cora"):
        service = Service.objects.create(organisation_id=LANTERN, terms_id=named("terms"), **DESCRIBED)
        with database_refuses("service_place_has_terms_in_force"):
            ServicePlace.objects.create(service=service, place_id=named("aldermoor"))


def test_terms_that_do_not_cover_a_place_are_named() -> None:
    with pytest.raises(Refused, match="do not cover Kestrel Bay Prison"):
        offer(places=["aldermoor", "kestrel"])


@pytest.mark.requirement("C6.9")
def test_a_place_that_is_no_longer_named_is_not_served_and_no_reason_is_asked() -> None:
    with acting("cora") as by:
        service = Service.objects.get(pk=named("service"))
        terms = Agreement.objects.get(pk=named("terms"))
        with pytest.raises(Refused, match="at least one place"):
            actions.edit_service(service, terms=terms, places=[], by=by, **DESCRIBED)
        actions.close_service(service, by=by)
    with acting("pat"):
        assert Service.objects.get(pk=named("service")).closed_at


def test_another_organisation_cannot_change_it() -> None:
    with acting("otto") as by:
        service = Service.objects.get(pk=named("service"))
        with pytest.raises(Refused, match="Only Lantern Mentoring"):
            actions.close_service(service, by=by)
        assert Service.objects.filter(pk=service.pk).update(name="Ours now") == 0
        with hidden_from_writing():
            ServicePlace.objects.create(service=service, place_id=named("kestrel"))
