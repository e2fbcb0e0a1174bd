"""Load the country, or load it anew: found it as the owner, tell its past as its people, open the door last of all.

What people do runs as the application, under the policies, in one transaction. The door comes last, so that a load
that broke off is recognised and begun anew.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from concordat.agreements.models import Agreement
from concordat.core.errors import Refused

from . import calendars, caseload, directory, founding
from .backdating import backdate
from .clock import Days
from .country import Country
from .emptying import Holds, empty, look
from .journey import Journey
from .owner import as_owner
from .papers import afterwards, draw_up, safety
from .papers.listed import PAPERS
from .stories import PLANS, STORIES, Told

SENTENCES = {
    "off": "The demonstration is off. It runs on this machine only: set CONCORDAT_DEMO=1, and name no other host.",
    "there": "The demonstration country is loaded already. `concordat demo --reset` empties it and loads it anew.",
    "else": "This database holds something that is not the demonstration’s, so nothing was changed.",
}


def load(*, reset: bool = False, today: date | None = None) -> None:
    """Load the country into an empty database; with `reset`, into its own. `today` is the day that it counts from."""
    if not settings.DEMO:
        raise Refused(SENTENCES["off"])
    days = Days(today or localdate())
    begin(days, reset=reset)
    with transaction.atomic():
        told = tell(Country(days, reserved()))
    with as_owner() as owner:
        backdate(owner, days, told.journeys.values())
    founding.open_the_door(days)


def begin(days: Days, *, reset: bool) -> None:
    """Look at what is there, empty it where that is allowed, and found the country."""
    with as_owner() as owner:
        found = look(owner)
        if found is Holds.ELSE:
            raise Refused(SENTENCES["else"])
        if found is Holds.COUNTRY and not reset:
            raise Refused(SENTENCES["there"])
        if found is not Holds.NOTHING:
            empty(owner)
        founding.found(owner, days)


def reserved() -> set[str]:
    """Return the working codes of the stories' people, on both sides."""
    codes = {code for story in STORIES for code in story.codes.values()}
    return codes | {plan.own[1] for story in STORIES for plan in story.plans if plan.own}


def tell(country: Country) -> Told:
    """Tell the past in its order: agreements, caseloads, services, everybody's way, and what came of it."""
    agreements = draw_up_all(country)
    calendars.set_all(country)
    safety.allow(country, safety.MANY)
    codes = {reference: code for story in STORIES for reference, code in story.codes.items()}
    cases = caseload.load(country, codes)
    services = directory.offer_all(country, agreements)
    plans = [plan for story in STORIES for plan in story.plans] + list(PLANS)
    journeys = {
        plan.reference: Journey(country, plan, cases[plan.reference], services[plan.service]).travel() for plan in plans
    }
    told = Told(country, journeys, agreements)
    for story in STORIES:
        story.then(told)
    afterwards.happen(country, agreements)
    safety.happen(country)
    return told


def draw_up_all(country: Country) -> dict[str, Agreement]:
    """Draw up every agreement, those above before those below."""
    known: dict[str, Agreement] = {}
    for paper in PAPERS:
        known[paper.key] = draw_up(country, paper, known)
    return known


__all__ = ["Journey", "load"]
