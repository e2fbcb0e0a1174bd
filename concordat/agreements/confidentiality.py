"""The sentence that the word "confidential" never stands without: kept by whom, towards whom, with which exceptions.

It is made from the protocol in force (ISP-9), never written by hand, so it promises no more than holds here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from concordat.core.wording import enumerated
from concordat.organisations.models import Organisation

from .models import Agreement, Kind, Version
from .status import status, with_everything

LIMITS, CONTACTS = "ISP-9", "ISP-1"


@dataclass(frozen=True)
class Promise:
    """What two organisations promise each other about what passes between them."""

    partner: Organisation
    agreement: Agreement
    exceptions: list[str]
    contact: str


def exceptions(protocol: Version | None) -> list[str]:
    """Return when something is told all the same: as agreed, and as no agreement can change."""
    return [*agreed_exceptions(protocol), *lasting_exceptions()]


def agreed_exceptions(protocol: Version | None) -> Iterable[str]:
    """Say at which thresholds the parties speak."""
    answers = answers_of(protocol, LIMITS)
    thresholds = answers.get("warnings") or []
    if "harm" in thresholds:
        yield _("Somebody could come to serious harm soon.")
    if "safeguarding" in thresholds:
        yield _("A child or an adult is at risk.")
    if crimes := answers.get("crimes"):
        yield _("The law orders that these crimes are reported: %(crimes)s.") % {"crimes": enumerated(crimes)}
    elif "statute" in thresholds:
        yield _("The law orders that a crime is reported.")


def lasting_exceptions() -> Iterable[str]:
    """Say what opens records whatever was agreed."""
    yield _("A court orders it, or a lawful search finds it. Concordat gives nobody a right to refuse testimony.")
    if settings.OPERATOR:
        yield _("%(operator)s runs the server and could read what is not sealed.") % {"operator": settings.OPERATOR}
    else:
        yield _("Whoever runs the server could read what is not sealed.")


def promises(own: Organisation) -> list[Promise]:
    """Return what is promised with each partner whose protocol is in force, by name, in a fixed number of queries."""
    found = [(one, status(one)) for one in with_everything(Agreement.objects.filter(kind=Kind.PROTOCOL))]
    held = [(one, now.version) for one, now in found if now.in_force and own in (one.party_a, one.party_b)]
    prefetch_related_objects([version for _one, version in held if version], "clauses")
    made = [
        Promise(partner_of(one, own), one, exceptions(version), contact_at(one, version, own)) for one, version in held
    ]
    return sorted(made, key=lambda one: one.partner.sort_key)


def partner_of(agreement: Agreement, own: Organisation) -> Organisation:
    return agreement.party_b if own == agreement.party_a else agreement.party_a


def contact_at(agreement: Agreement, version: Version | None, own: Organisation) -> str:
    """Return who answers for data protection at the partner."""
    return str(answers_of(version, CONTACTS).get("contact_b" if own == agreement.party_a else "contact_a") or "")


def answers_of(version: Version | None, code: str) -> dict[str, Any]:
    clauses = list(version.clauses.all()) if version else []
    return next((one.parameters for one in clauses if one.code == code), {})
