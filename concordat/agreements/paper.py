"""A version on paper: what was signed, by whom, with the check number by which the copy can be compared."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from concordat.core import wording
from concordat.core.parts import Sheet
from concordat.organisations.models import Organisation

from . import given, overview, rules
from .document import first_groups, grouped
from .models import Kind, Version
from .sides import sides, signings


def sheet_of(version: Version, *, address: str) -> dict[str, Any]:
    """Return what the printed page of a version shows."""
    agreement, whole = version.agreement, overview.WHOLE.get(pk=version.pk)
    gives = given.giving(agreement, whole)
    left, right = sides(agreement)
    return {
        "agreement": agreement,
        "version": whole,
        "sheet": Sheet(
            title=agreement.title,
            reader=_("%(first)s and %(second)s") % {"first": left.name, "second": right.name},
            version=period(whole),
            code=first_groups(whole.hash) or agreement.reference,
            address=address,
            allowed=_("Everybody at either party may read and keep it. It names no person in custody."),
        ),
        "signings": signings(agreement, whole),
        "by_hand": by_hand(whole),
        "clauses": overview.clauses(whole, gives),
        "columns": given.columns(agreement),
        "groups": given.groups(gives) if agreement.kind == Kind.PROTOCOL else [],
        "terms": agreement.kind == Kind.TERMS,
        "facts": overview.facts_of_terms(whole),
        "check_number": grouped(whole.hash),
    }


def by_hand(version: Version) -> list[Organisation]:
    """Return the parties that may still sign on this paper."""
    missing = rules.unsigned_by(version) if version.proposed_at else []
    return [one for one in sides(version.agreement) if one.pk in missing]


def period(version: Version) -> str:
    """Say which version it is, and for which days."""
    words = _("{reference}, version {number}, from {first} to the end of {last}, {zone}")
    return format_html(
        words, reference=version.agreement.reference, number=version.number, first=wording.long_day(version.first_day),
        last=wording.long_day(version.last_day), zone=version.agreement.time_zone,
    )  # fmt: skip
