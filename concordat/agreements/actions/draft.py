"""From a new draft to a proposed text."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements import rules
from concordat.agreements.catalogue import CATALOGUE
from concordat.agreements.document import canonical, check_number
from concordat.agreements.models import Agreement, Clause, Kind, OpenPart, Version, VersionPart
from concordat.agreements.opened import open_text
from concordat.agreements.status import status
from concordat.core import edits, references
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .locking import hold, hold_draft, refuse_if

# Letters and digits that are not mistaken for each other when they are read out.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = {Kind.FRAMEWORK: "FA", Kind.PROTOCOL: "SP", Kind.TERMS: "AT"}
PARTS = ("clauses", "sharingrules", "prohibitions", "termsplaces", "termsrequirements", "fundinglines")


@transaction.atomic
def draft(
    *,
    kind: str,
    title: str,
    first_day: date,
    last_day: date,
    other: Organisation | None = None,
    framework: Agreement | None = None,
    activity: str = "",
    objectives: Sequence[str] = (),
    time_zone: str = "UTC",
    by: Membership,
) -> Version:
    """Start an agreement with the clauses of the catalogue. Below a framework the parties are its parties."""
    refuse_if(rules.refuse_draft(by))
    parties = parties_of(framework, other, by)
    agreement = Agreement.objects.create(
        kind=kind,
        reference=new_reference(Kind(kind)),
        title=title,
        party_a_id=parties[0],
        party_b_id=parties[1],
        framework=framework,
        activity=activity if kind == Kind.TERMS else "",
        time_zone=time_zone,
        created_by=by,
    )
    version = new_row(agreement, 1, first_day, last_day, by)
    Clause.objects.bulk_create(
        Clause(
            version=version, code=entry.code, position=place, wording=str(entry.wording), parameters=entry.defaults()
        )
        for place, entry in enumerate(CATALOGUE[kind], start=1)
    )
    if kind == Kind.FRAMEWORK and objectives:
        fill_objectives(version, objectives)
    record("agreement.drafted", owner=by.organisation_id, agreement=agreement.pk, kind=kind)
    return version


def parties_of(framework: Agreement | None, other: Organisation | None, by: Membership) -> tuple[int, int]:
    """Return both parties in the order of their numbers."""
    if framework is not None:
        refuse_if(rules.refuse_stranger(by, framework) or rules.is_frame_of(framework))
        return framework.party_a_id, framework.party_b_id
    if other is None or other.pk == by.organisation_id:
        raise Refused(_("An agreement needs another organisation as the other party."))
    first, second = sorted((by.organisation_id, other.pk))
    return first, second


def new_reference(kind: Kind) -> str:
    """Return a reference by chance: a number in sequence would tell how many agreements others have."""
    return references.new_reference(PREFIX[kind], ALPHABET)


def fill_objectives(version: Version, objectives: Sequence[str]) -> None:
    clause = Clause.objects.get(version=version, code="MOU-2")
    clause.parameters["objectives"] = list(objectives)
    clause.save(update_fields=["parameters"])


def new_row(
    agreement: Agreement, number: int, first_day: date, last_day: date, by: Membership, *, gap: str = ""
) -> Version:
    starts_at, ends_at = instants(agreement, first_day, last_day)
    return Version.objects.create(
        agreement=agreement,
        number=number,
        first_day=first_day,
        last_day=last_day,
        starts_at=starts_at,
        ends_at=ends_at,
        drafted_by=by,
        drafted_for_id=by.organisation_id,
        gap=gap,
    )


def instants(agreement: Agreement, first_day: date, last_day: date) -> tuple[datetime, datetime]:
    """Return when the first day begins and when the last one is over, in the agreement's own time zone."""
    if last_day < first_day:
        raise Refused(_("The last day lies before the first."))
    return midnight(agreement, first_day), midnight(agreement, last_day + timedelta(days=1))


def midnight(agreement: Agreement, day: date) -> datetime:
    """Return the instant at which a day begins in the agreement's time zone."""
    return datetime.combine(day, time(), ZoneInfo(agreement.time_zone))


@transaction.atomic
def set_days(
    version: Version, *, first_day: date, last_day: date, whole_team_of: Sequence[int] | None = None, by: Membership
) -> Version:
    """Change from when until when a draft is to be in force, and whose whole team may work on a case."""
    hold_draft(version, by)
    version.first_day, version.last_day = first_day, last_day
    version.starts_at, version.ends_at = instants(version.agreement, first_day, last_day)
    if whole_team_of is not None:
        version.whole_team_of = sorted(
            set(whole_team_of) & {version.agreement.party_a_id, version.agreement.party_b_id}
        )
    version.save(update_fields=["first_day", "last_day", "starts_at", "ends_at", "whole_team_of"])
    record(
        "agreement.days_changed", owner=by.organisation_id, agreement=version.agreement_id, version=version.number,
        draft=version.pk,
    )  # fmt: skip
    return version


@transaction.atomic
def new_version(agreement: Agreement, *, by: Membership) -> Version:
    """Start a new draft as a copy of the newest version that one can see, whoever proposed it."""
    agreement = hold(agreement)
    refuse_if(rules.refuse_new_version(by, agreement))
    last = agreement.versions.latest("number")
    return copied(last, last.first_day, last.last_day, by)


@transaction.atomic
def renew(agreement: Agreement, *, first_day: date, last_day: date, gap: str = "", by: Membership) -> Version:
    """Start a draft that goes on where the agreement ends: the same text with new days; a gap has a reason.

    Nothing goes on by itself: it is proposed and signed like any other version.
    """
    agreement = hold(agreement)
    refuse_if(rules.refuse_renew(by, agreement) or rules.refuse_renewal(agreement, first_day, gap))
    version = status(agreement).version
    assert version is not None
    return copied(version, first_day, last_day, by, gap=gap)


def copied(source: Version, first_day: date, last_day: date, by: Membership, *, gap: str = "") -> Version:
    """Write a draft with the parts of another version."""
    agreement = source.agreement
    newest = agreement.versions.latest("number")
    number = next_number(agreement, newest.number, by)
    version = new_row(agreement, number, first_day, last_day, by, gap=gap)
    version.whole_team_of = source.whole_team_of
    version.save(update_fields=["whole_team_of"])
    for name in PARTS:
        copy_parts(list(getattr(source, name).all()), version)
    record("agreement.version_drafted", owner=by.organisation_id, agreement=agreement.pk, version=version.number)
    return version


def next_number(agreement: Agreement, last: int, by: Membership) -> int:
    """Return a number above `last` that the other party's hidden draft cannot have: odd for the first party, else even.

    Were both to count on by one, a clash of numbers would tell each that the other is writing a draft.
    """
    odd = by.organisation_id == agreement.party_a_id
    return last + 1 if (last + 1) % 2 == odd else last + 2


def copy_parts(parts: list[VersionPart], version: Version) -> None:
    """Copy rows into another version, under new ids."""
    for part in parts:
        part.pk, part.version = uuid4(), version
    if parts:
        type(parts[0])._default_manager.bulk_create(parts)  # noqa: SLF001 - Django's public name


@transaction.atomic
def propose(version: Version, *, by: Membership) -> Version:
    """Freeze the text with its check number and show it to the other party. It binds nobody until both have signed."""
    hold(version.agreement)
    edits.hold(version)
    refuse_if(rules.refuse_propose(by, version))
    put_open_part(version)
    version.document = canonical(version)
    version.hash = check_number(version.document)
    version.proposed_at, version.proposed_by = now(), by
    version.save(update_fields=["document", "hash", "proposed_at", "proposed_by"])
    agreement = version.agreement
    record_for(
        "agreement.proposed",
        (agreement.party_a_id, agreement.party_b_id),
        agreement=agreement.pk,
        version=version.number,
        hash=version.hash,
    )
    return version


def put_open_part(version: Version) -> None:
    """Write down what everybody will read, so that its check number is part of what is signed."""
    if text := open_text(version):
        OpenPart.objects.create(version=version, text=text, hash=check_number(text))
