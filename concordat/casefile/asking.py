"""The answer to "why can I not see this?", for oneself and, where one says who works on cases, for a colleague."""

from typing import Any

from django.utils.translation import gettext as _

from concordat.access.explain import Decision, why, why_for
from concordat.access.papers import people_in
from concordat.agreements.models import Agreement
from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.clock import now
from concordat.people.models import Membership
from concordat.people.roles import Role

from .beside import Beside

ASSIGNERS = (Role.COORDINATOR, Role.PROGRAMME_MANAGER)


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


def answer(
    beside: Beside, givers: list[Organisation], colleagues: list[Membership], asked: dict[str, Any]
) -> dict[str, Any]:
    """Return what the page shows as an answer."""
    giver = next(one for one in givers if str(one.pk) == asked["giver"])
    colleague = next((one for one in colleagues if str(one.pk) == asked.get("who")), None)
    category = asked["category"]
    given = decide(beside, giver, category, colleague)
    return {
        "given": given,
        "giver": giver,
        "category": category,
        "colleague": colleague,
        "heading": heading(given, colleague),
    }


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
