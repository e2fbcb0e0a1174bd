"""What the pages of a draft show: its parts, each with the way to change it, and what the check says so far."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.parts import Answer
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

from . import rules, validator
from .catalogue import CATALOGUE, Entry
from .models import Agreement, Clause, Kind, SharingRule, TermsRequirement, Version
from .overview import WHOLE
from .sides import other, sides
from .status import status


def caption(version: Version) -> str:
    names = {"title": version.agreement.title, "reference": version.agreement.reference, "number": version.number}
    return _("%(title)s, %(reference)s, draft of version %(number)d") % names


def title_of_new(kind: str) -> str:
    return {
        Kind.FRAMEWORK: _("A new framework agreement"),
        Kind.PROTOCOL: _("A new information-sharing protocol"),
        Kind.TERMS: _("New activity terms"),
    }[Kind(kind)]


def usual_zone(by: Membership) -> str:
    """Return the time zone of a place of one's own organisation, where it has one."""
    place = Place.objects.filter(organisation=by.organisation_id).first()
    return place.time_zone if place else "UTC"


def as_long(agreement: Agreement, first: date) -> date:
    """Return the last day of a version that lasts as long as the one that holds, but no longer than may be."""
    version = status(agreement).version
    assert version is not None
    longest = validator.years_after(first, validator.LONGEST_YEARS) - timedelta(days=1)
    return min(first + (version.last_day - version.first_day), longest)


def codes(version: Version) -> list[str]:
    return [one.code for one in CATALOGUE[version.agreement.kind]]


def clause_initial(version: Version, entry: Entry) -> dict[str, Any]:
    """Return the words and answers of a clause as they are, or those of the catalogue."""
    held = Clause.objects.filter(version=version, code=entry.code).first()
    answers = {**entry.defaults(), **(held.parameters if held else {})}
    return {
        "wording": held.wording if held else str(entry.wording),
        **{f"answer_{name}": value for name, value in answers.items()},
    }


def rule_initial(rule: SharingRule) -> dict[str, Any]:
    """Return what a rule says; instants are shown as days again."""
    said = {name: getattr(rule, name) for name in ("form", "purpose", "role", "condition", "basis")}
    zone = rule.version.agreement.time_zone
    return {**said, "first_day": day_of(rule.starts_at, zone), "last_day": day_of(rule.ends_at, zone, before=1)}


def day_of(instant: datetime | None, zone: str, before: int = 0) -> date | None:
    """Return the day on which an instant lies in a time zone, or one before it."""
    return localdate(instant, ZoneInfo(zone)) - timedelta(days=before) if instant else None


class Line(NamedTuple):
    """One clause in the list of a draft: whether it is there, and how many things the check finds in it."""

    entry: Entry
    there: bool
    findings: int


def overview(version: Version, by: Membership) -> dict[str, Any]:
    """Return everything that the page of a draft shows."""
    whole = WHOLE.get(pk=version.pk)
    findings = validator.check(version)
    rejections = [one for one in findings if one.severity == "reject"]
    first, second = sides(version.agreement)
    return {
        "agreement": version.agreement,
        "version": whole,
        "caption": caption(version),
        "answers": about(whole),
        "lines": lines(whole, rejections),
        "is_protocol": version.agreement.kind == Kind.PROTOCOL,
        "is_terms": version.agreement.kind == Kind.TERMS,
        "directions": [(one, other(version.agreement, one.pk), rules_of(whole, one)) for one in (first, second)],
        "prohibitions": whole.prohibitions.select_related("owner", "recipient"),
        "needs": [(one, need_of(whole, one)) for one in (first, second)],
        "rejections": len(rejections),
        "found": found_words(len(rejections), len(findings) - len(rejections)),
        "refusal": rules.refuse_propose(by, version),
    }


def about(version: Version) -> list[Answer]:
    agreement = version.agreement
    first, second = sides(agreement)
    found = [Answer(_("Parties"), _("%(first)s and %(second)s") % {"first": first, "second": second})]
    if agreement.framework:
        found.append(Answer(_("Under"), agreement.framework.title))
    if agreement.activity:
        found.append(Answer(_("Activity"), agreement.get_activity_display()))
    return found


def lines(version: Version, rejections: list[validator.Finding]) -> list[Line]:
    held = {one.code for one in version.clauses.all()}
    return [
        Line(entry, entry.code in held, sum(one.clause == entry.code for one in rejections))
        for entry in CATALOGUE[version.agreement.kind]
    ]


def rules_of(version: Version, owner: Organisation) -> list[SharingRule]:
    return [one for one in version.sharingrules.all() if one.owner_id == owner.pk]


def need_of(version: Version, party: Organisation) -> TermsRequirement | None:
    return next((one for one in version.termsrequirements.all() if one.organisation_id == party.pk), None)


def found_words(rejections: int, warnings: int) -> str:
    """Say how much the check finds."""
    if rejections:
        words = ngettext(
            "The check finds %(count)d thing to put right.",
            "The check finds %(count)d things to put right.",
            rejections,
        )
        return words % {"count": rejections}
    if warnings:
        words = ngettext(
            "The check finds %(count)d thing to think about.",
            "The check finds %(count)d things to think about.",
            warnings,
        )
        return words % {"count": warnings}
    return _("The check finds nothing to put right.")


def before_proposing(version: Version, by: Membership) -> dict[str, Any]:
    """Return what is asked once more before a text is frozen."""
    agreement = version.agreement
    whom = other(agreement, by.organisation_id)
    rows = [
        Answer(_("Agreement"), agreement.title),
        Answer(_("Version"), version.number),
        Answer(_("To"), whom.name),
        Answer(
            _("In force"),
            _("%(first)s to %(last)s, once both have signed") % {"first": version.first_day, "last": version.last_day},
        ),
        Answer(_("Clauses"), version.clauses.count()),
    ]
    return {
        "version": version,
        "rows": rows,
        "title": _("Propose this text?"),
        "caption": caption(version),
        "consequence": _(
            "The text gets a check number and does not change any more. %(who)s can read it and sign it. It "
                "binds nobody, you "
            "included, until the signatories of both parties have signed."
        ) % {"who": whom},
    }  # fmt: skip
