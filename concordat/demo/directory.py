"""The services that the organisations of the country offer, as the directory shows them."""

from dataclasses import dataclass
from typing import Any

from concordat.agreements.models import Agreement
from concordat.core.codes import Activity, Purpose
from concordat.organisations.models import Place
from concordat.referrals.asking import actions
from concordat.referrals.models import Service

from .country import Country, named

ADULTS, EVERYBODY = ["young", "adult"], ["under_18", "young", "adult"]
PURPOSES = {Activity.CUSTODY: Purpose.INTERVENTION, Activity.REINTEGRATION: Purpose.REINTEGRATION}


@dataclass(frozen=True)
class Offer:
    """A service: by whom and under which terms it is offered, where, and how it is described."""

    key: str
    by: str
    terms: str
    activity: Activity
    places: tuple[str, ...]
    described: dict[str, Any]


OFFERS = (
    Offer("mentoring", "cora", "lantern_aldermoor", Activity.CUSTODY, ("aldermoor",), {
        "name": "Mentoring in custody", "needs": ["mentoring"], "target": "behaviour",
        "description": "An hour a week with the same mentor, for as long as it is wanted.",
        "method": "A steady relationship: the mentor asks about the week that was and the next one.",
        "languages": ["English", "French", "Arabic"], "sexes": ["male"], "age_groups": ADULTS, "capacity": 14,
        "free_places": "few",
    }),
    Offer("bay", "cora", "lantern_kestrel", Activity.CUSTODY, ("kestrel_bay",), {
        "name": "Mentoring at Kestrel Bay", "needs": ["mentoring"], "target": "behaviour",
        "description": "The same as at Aldermoor, also for people on remand. Nothing about the accusation.",
        "method": "A steady relationship with somebody who decides nothing.",
        "languages": ["English"], "sexes": ["male"], "age_groups": ADULTS, "capacity": 6,
    }),
    Offer("young", "cora", "lantern_saltmarsh", Activity.CUSTODY, ("saltmarsh",), {
        "name": "Mentoring for young people", "needs": ["mentoring", "education"], "target": "skills",
        "description": "An hour a week in the workshop or the garden, with a second adult within sight.",
        "method": "Learning by making something together; who finishes one thing begins the next.",
        "languages": ["English", "French"], "sexes": ["male", "female", "other"], "age_groups": EVERYBODY,
        "capacity": 5,
    }),
    Offer("family", "faye", "families_thornfield", Activity.CUSTODY, ("thornfield",), {
        "name": "Letters, calls and visits", "needs": ["family"], "target": "ties",
        "description": "Help with the first letter, with quarrels, and with visits of children.",
        "method": "Contact is prepared and talked over; relatives are met outside, and only if they want it.",
        "languages": ["English", "Spanish", "Arabic"], "sexes": ["female"], "age_groups": ADULTS, "capacity": 10,
    }),
    Offer("table", "ilse", "table_aldermoor", Activity.CUSTODY, ("aldermoor",), {
        "name": "Evenings of questions", "needs": ["faith"], "target": "attitudes",
        "description": "A circle of people of several beliefs and of none. Questions are put, nobody is converted.",
        "method": "Dialogue: who has heard a good answer from the other side finds it harder to hate.",
        "languages": ["English", "French"], "sexes": ["male"], "age_groups": ADULTS, "capacity": 12,
    }),
    Offer("room", "mara", "harbour_terms", Activity.REINTEGRATION, ("bay_office", "vellin_office"), {
        "name": "A room and the first hundred days", "needs": ["housing", "work"], "target": "skills",
        "description": "A room, and somebody who goes along to the first appointments.",
        "method": "A roof first, then papers, then work.",
        "languages": ["English", "Arabic"], "sexes": ["male", "female", "other"], "age_groups": ADULTS, "capacity": 7,
        "free_places": "none",
    }),
)  # fmt: skip


def offer_all(country: Country, agreements: dict[str, Agreement]) -> dict[str, Service]:
    """Put every service into the directory, the week after its terms were signed."""
    return {offer.key: _offer(country, offer, agreements[offer.terms]) for offer in OFFERS}


def _offer(country: Country, offer: Offer, terms: Agreement) -> Service:
    places = Place.objects.filter(pk__in=map(named, offer.places))
    with country.acting(offer.by, 228, "15:00", purpose=PURPOSES[offer.activity]) as by:
        return actions.offer_service(
            terms=terms, places=places, by=by, free_places_on=country.days.day(4), **offer.described
        )
