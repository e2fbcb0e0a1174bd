"""The list of an organisation's agreements: by state, and what lapses next."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.parts import Clock, State
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .feeds import WARNED, lapse
from .models import Agreement, Version
from .overview import until_words
from .sides import other
from .status import Standing, Status, status, with_everything

SHOWN = 5  # clocks; the rest stands in the list


class Line(NamedTuple):
    """One agreement in the list."""

    agreement: Agreement
    other: Organisation
    state: State
    until: object
    waits: str


def listed(by: Membership) -> dict[str, Any]:
    """Return the sections of the list, and the clocks of what lapses within 90 days."""
    found = [(one, status(one)) for one in with_everything()]
    sections = [
        (_("Not yet in force"), (Standing.DRAFT, Standing.PROPOSED, Standing.UPCOMING, Standing.WAITING)),
        (_("In force"), (Standing.FORCE, Standing.SUSPENDED)),
        (_("Over"), (Standing.LAPSED, Standing.ENDED)),
    ]
    shown = [(title, lines(found, members, by)) for title, members in sections]
    return {"sections": [one for one in shown if one[1]], "clocks": clocks(found)}


def lines(found: Sequence[tuple[Agreement, Status]], members: tuple[Standing, ...], by: Membership) -> list[Line]:
    return [line(agreement, held, by) for agreement, held in found if held.standing in members]


def line(agreement: Agreement, held: Status, by: Membership) -> Line:
    return Line(
        agreement, other(agreement, by.organisation_id), held.shown, until_words(held), waiting(agreement, held, by)
    )


def waiting(agreement: Agreement, held: Status, by: Membership) -> str:
    """Say which newer text waits, and for whom."""
    newer = [one for one in agreement.versions.all() if held.version is None or one.number >= held.version.number]
    for one in newer:
        if not one.proposed_at:
            return _("Your draft of version %(number)d") % {"number": one.number}
        if missing := unsigned(one):
            whom = _("you") if by.organisation_id in missing else other(agreement, by.organisation_id).name
            return _("Version %(number)d waits for %(whom)s") % {"number": one.number, "whom": whom}
    return ""


def unsigned(version: Version) -> set[int]:
    """Return the parties that have not signed a proposed version."""
    signed = {one.organisation_id for one in version.signatures.all()}
    return {version.agreement.party_a_id, version.agreement.party_b_id} - signed


def clocks(found: Sequence[tuple[Agreement, Status]]) -> list[Clock]:
    """Return what lapses within 90 days, the soonest first."""
    at = now()
    soon = [(held.until, one) for one, held in found if held.in_force and held.until and held.until - at <= WARNED]
    return [lapse(one, until) for until, one in sorted(soon, key=lambda pair: pair[0])[:SHOWN]]
