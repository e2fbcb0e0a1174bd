"""The answer to "why can I not see this?", for oneself and, where one says who works on cases, for a colleague."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.access import suppose
from concordat.access.explain import Decision, why, why_for
from concordat.access.papers import people_in
from concordat.access.question import Question
from concordat.agreements.models import Agreement, Version
from concordat.agreements.sides import titled
from concordat.core.codes import Category
from concordat.core.wording import long_day
from concordat.organisations.models import Organisation
from concordat.people.clock import now
from concordat.people.models import Membership
from concordat.people.roles import Role

from .beside import Beside

ASSIGNERS = (Role.COORDINATOR, Role.PROGRAMME_MANAGER)


@dataclass(frozen=True)
class People:
    """About whom, for whom and with which texts that are not signed yet somebody may ask."""

    givers: list[Organisation]
    colleagues: list[Membership]
    versions: list[Version]


def people(beside: Beside) -> People:
    return People(givers(beside), colleagues(beside), suppose.may_suppose(beside.by))


def givers(beside: Beside) -> list[Organisation]:
    """Return whom one may ask about: the partners of this case first, then others with whom there is an agreement."""
    shared = Agreement.objects.values_list("party_a", "party_b")
    numbers = {number for pair in shared for number in pair} - {beside.by.organisation_id}
    known = [one.pk for one in beside.partners]
    others = Organisation.objects.filter(pk__in=numbers).exclude(pk__in=known)
    return [*beside.partners, *others]


def colleagues(beside: Beside) -> list[Membership]:
    """Return for whom else one may ask: nobody, or one's own organisation's people."""
    if not beside.by.has(*ASSIGNERS):
        return []
    everybody = people_in([beside.by.organisation], *Role, at=now("default"))
    return [one for one in everybody if one.pk != beside.by.pk]


def answer(beside: Beside, people: People, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows as an answer."""
    giver = next(one for one in people.givers if str(one.pk) == asked["giver"])
    colleague = next((one for one in people.colleagues if str(one.pk) == asked.get("who")), None)
    version = next((one for one in people.versions if str(one.pk) == asked.get("version")), None)
    category, day = asked["category"], asked.get("day") or localdate()
    supposed = version is not None or day != localdate()
    given = (
        suppose_so(beside, giver, category, colleague, day, version)
        if supposed
        else decide(beside, giver, category, colleague)
    )
    return {
        "given": given,
        "giver": giver,
        "category": category,
        "colleague": colleague,
        "heading": _("What do the agreements and papers give?") if supposed else heading(given, colleague),
        "supposed": supposed_words(day, version) if supposed else "",
    }


def supposed_words(day: date, version: Version | None) -> str:
    """Say for which day, and with which text, it is answered."""
    names = {"day": long_day(day), "text": titled(version) if version else ""}
    if version:
        return _("As if both had signed “%(text)s”, on %(day)s or when that begins") % names
    return _("On %(day)s, at noon") % names


def suppose_so(  # noqa: PLR0917 - one question
    beside: Beside,
    giver: Organisation,
    category: Category,
    colleague: Membership | None,
    day: date,
    version: Version | None,
) -> Decision | None:
    """Return what the papers give on a day or with a text; no case and no person is looked at."""
    question = Question(
        beside.case, giver, category, colleague or beside.by, beside.purpose, for_other=colleague is not None
    )
    return suppose.why_if(question, beside.at if day == localdate() else suppose.noon(day), version)


def decide(beside: Beside, giver: Organisation, category: Category, colleague: Membership | None) -> Decision | None:
    """Return the decision; nothing where one may not ask for somebody else."""
    if colleague:
        return why_for(colleague, beside.case, giver, category, purpose=beside.purpose)
    return why(beside.case, giver, category, by=beside.by, purpose=beside.purpose)


def heading(given: Decision | None, colleague: Membership | None) -> str:
    """Put the question as somebody would ask it."""
    is_open = given is not None and given.is_open
    if colleague:
        return _("Why can they see this?") if is_open else _("Why can they not see this?")
    return _("Why can I see this?") if is_open else _("Why can I not see this?")
