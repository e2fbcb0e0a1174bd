"""What a framework may not say: gags, civil society as the accountable party, endless suspension or renewal."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.agreements.models import MAX_SUSPENSION_DAYS, Clause, Version
from concordat.people.models import Membership

from .finding import Findings, reject, warn

LONGEST_YEARS = 5
LONGEST_RENEWAL_YEARS = 3


def check_speech(clauses: dict[str, Clause]) -> Findings:
    """Reject a yes that stands before a publication, and another's voice: PP-7."""
    if "MOU-6" in clauses and clauses["MOU-6"].parameters.get("publication") not in ("free", "courtesy"):
        yield reject(
            "MOU-6",
            _("It makes publishing depend on somebody's yes."),
            _("Choose that publishing is free, with or without a short notice as a courtesy."),
        )
    if "MOU-14" in clauses and clauses["MOU-14"].parameters.get("voices") != "separate":
        yield reject(
            "MOU-14",
            _("It takes away one party's own voice."),
            _("Choose that each party speaks for itself."),
        )


def check_accountable(version: Version, clauses: dict[str, Clause]) -> Findings:
    """Reject anybody but a public officer as the one who answers: PP-6."""
    authorities = [one for one in (version.agreement.party_a, version.agreement.party_b) if one.is_authority]
    if "MOU-5" not in clauses or not authorities:
        return
    named = str(clauses["MOU-5"].parameters.get("officer") or "")
    officer = Membership.objects.select_related("organisation").filter(pk=named).first() if is_id(named) else None
    if officer is None:
        yield reject(
            "MOU-5", _("It names no accountable public officer."), _("Choose one of the authority's officers.")
        )
    elif officer.organisation_id not in {one.pk for one in authorities}:
        yield reject(
            "MOU-5",
            _("It makes %(organisation)s accountable, which is not a public authority of this agreement.")
            % {"organisation": officer.organisation},
            _("Choose an officer of the authority. Civil society answers for its own work, not for public decisions."),
        )


def is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def check_suspension(clauses: dict[str, Clause], code: str) -> Findings:
    """Reject a suspension without a longest length, or with one beyond what the database knows."""
    if code not in clauses:
        return
    days = clauses[code].parameters.get("max_days")
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MAX_SUSPENSION_DAYS:
        sentence = ngettext(
            "Choose a longest length of at most %(days)d day.",
            "Choose a longest length of at most %(days)d days.",
            MAX_SUSPENSION_DAYS,
        )
        yield reject(
            code,
            _("The clause on suspending allows a suspension without an end, or with one that is too far off."),
            sentence % {"days": MAX_SUSPENSION_DAYS},
        )


def check_length(version: Version, clauses: dict[str, Clause]) -> Findings:
    """Reject what runs for more than five years, or is renewed without a signature for more than three."""
    code = "MOU-24"
    if version.last_day > years_after(version.first_day, LONGEST_YEARS):
        yield reject(
            code if code in clauses else "",
            _("It is to be in force for more than %(years)d years.") % {"years": LONGEST_YEARS},
            _("Choose an earlier last day. A new version can follow, signed again."),
        )
    answers = clauses[code].parameters if code in clauses else {}
    renewal = answers.get("renewal_years")
    if answers.get("renews") and not (isinstance(renewal, int) and 1 <= renewal <= LONGEST_RENEWAL_YEARS):
        yield reject(
            code,
            _("It renews the agreement by itself for more than %(years)d years, or without saying for how long.")
            % {"years": LONGEST_RENEWAL_YEARS},
            _("Say for how many years, at most %(years)d, or let it end with its last day.")
            % {"years": LONGEST_RENEWAL_YEARS},
        )
    elif answers.get("renews"):
        yield warn(
            code,
            _("It renews the agreement without a new signature; access ends with the last day all the same."),
            _("Plan a new version in time, or take the renewal out."),
        )


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def check_indemnity(clauses: dict[str, Clause]) -> Findings:
    """Warn where only one party holds the other harmless."""
    if "MOU-12" in clauses and clauses["MOU-12"].parameters.get("indemnity") in ("a", "b"):
        yield warn(
            "MOU-12",
            _("Only one party holds the other harmless."),
            _(
                "Think of letting each party answer for what it did itself; a small organisation may not "
                "survive the other way."
            ),
        )
