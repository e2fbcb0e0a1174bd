"""What state an agreement is in, derived from its rows: the same answer as the compiler gives, in words.

Nothing is decided here. What is in force is compiled by the database (`access`, compile.sql); a test compares the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q, QuerySet, TextChoices
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from concordat.core.parts import Kind as StateKind
from concordat.core.parts import State

from .models import Agreement, Ending, Kind, Signature, Suspension, Version


class Standing(TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    UPCOMING = "upcoming", _("Signed, begins later")
    FORCE = "force", _("In force")
    WAITING = "waiting", _("Waits for its framework")
    SUSPENDED = "suspended", _("Suspended")
    LAPSED = "lapsed", _("Lapsed")
    ENDED = "ended", _("Ended")


LOOK: dict[Standing, StateKind] = {
    Standing.DRAFT: "rest",
    Standing.PROPOSED: "changed",
    Standing.UPCOMING: "changed",
    Standing.FORCE: "done",
    Standing.WAITING: "soon",
    Standing.SUSPENDED: "soon",
    Standing.LAPSED: "late",
    Standing.ENDED: "rest",
}
# In these an agreement was once in force; it does not wait for anybody's signature.
OVER = (Standing.LAPSED, Standing.ENDED)


@dataclass(frozen=True)
class Status:
    """Where an agreement stands at one moment: with which version, and until when it stays so, where that is known."""

    standing: Standing
    version: Version | None
    until: datetime | None = None

    @property
    def shown(self) -> State:
        return State(LOOK[self.standing], str(self.standing.label))

    @property
    def in_force(self) -> bool:
        return self.standing == Standing.FORCE


def with_everything(rows: QuerySet[Agreement] | None = None) -> QuerySet[Agreement]:
    """Load agreements with all that their status depends on, in a fixed number of queries."""
    newest_first = Version.objects.prefetch_related(
        Prefetch("signatures", Signature.objects.select_related("membership", "organisation"))
    ).select_related("proposed_by", "drafted_for")
    own = [
        Prefetch("versions", newest_first),
        Prefetch("suspensions", Suspension.objects.select_related("created_by", "organisation")),
    ]
    above = [Prefetch(f"framework__{one.prefetch_through}", one.queryset) for one in own]
    found = Agreement.objects.all() if rows is None else rows
    return found.select_related("party_a", "party_b", "framework", "ending", "framework__ending").prefetch_related(
        *own, *above
    )


def begins(version: Version) -> datetime | None:
    """Return when a version could first be in force, or None while a party has not signed it."""
    signed = {one.organisation_id: one.signed_at for one in version.signatures.all()}
    agreement = version.agreement
    if not {agreement.party_a_id, agreement.party_b_id} <= set(signed):
        return None
    first = max(version.starts_at, signed[agreement.party_a_id], signed[agreement.party_b_id])
    return first if first < version.ends_at else None


def signed_versions(agreement: Agreement) -> list[Version]:
    """Return the versions that both parties signed in time, newest first."""
    return [one for one in agreement.versions.all() if begins(one)]


def ending_of(agreement: Agreement) -> Ending | None:
    return getattr(agreement, "ending", None)


def suspension_at(agreement: Agreement, at: datetime) -> Suspension | None:
    """Return the suspension that holds at that moment."""
    return next((one for one in agreement.suspensions.all() if one.starts_at <= at < ends(one)), None)


def ends(suspension: Suspension) -> datetime:
    """Return when a suspension ends or ended: lifted, or lapsed by itself."""
    return min(suspension.ends_at, suspension.lifted_at or suspension.ends_at)


def begun(agreement: Agreement, at: datetime) -> Version | None:
    """Return the newest version that had begun at that moment; it has replaced all before it, even when it is over."""
    found = [one for one in signed_versions(agreement) if (begins(one) or at) <= at]
    return max(found, key=lambda one: one.number, default=None)


def own_status(agreement: Agreement, at: datetime) -> Status:
    """Say where an agreement stands by itself, whatever its framework does."""
    version, ending, suspension = begun(agreement, at), ending_of(agreement), suspension_at(agreement, at)
    if ending and ending.at <= at:
        return Status(Standing.ENDED, version, ending.at)
    if version is None:
        return not_begun(agreement)
    if at >= version.ends_at:
        return Status(Standing.LAPSED, version, version.ends_at)
    if suspension:
        return Status(Standing.SUSPENDED, version, ends(suspension))
    return Status(Standing.FORCE, version, min(version.ends_at, ending.at if ending else version.ends_at))


def not_begun(agreement: Agreement) -> Status:
    """Say how far an agreement is that has never been in force."""
    if signed := signed_versions(agreement):
        return Status(Standing.UPCOMING, signed[-1], begins(signed[-1]))
    versions = agreement.versions.all()
    proposed = next((one for one in versions if one.proposed_at), None)
    if proposed:
        return Status(Standing.PROPOSED, proposed)
    return Status(Standing.DRAFT, next(iter(versions), None))


def status(agreement: Agreement, at: datetime | None = None) -> Status:
    """Say where an agreement stands; a protocol or terms are in force only while their framework is."""
    at = at or now()
    own = own_status(agreement, at)
    if agreement.kind == Kind.FRAMEWORK or own.standing != Standing.FORCE or agreement.framework is None:
        return own
    above = own_status(agreement.framework, at)
    if above.standing == Standing.SUSPENDED:
        return Status(Standing.SUSPENDED, own.version, above.until)
    if above.standing in OVER:
        return Status(above.standing, own.version, above.until)
    if above.standing != Standing.FORCE:
        return Status(Standing.WAITING, own.version)
    assert own.until is not None
    assert above.until is not None
    return Status(Standing.FORCE, own.version, min(own.until, above.until))


def ending_between(rows: QuerySet[Agreement], at: datetime, until: datetime) -> QuerySet[Agreement]:
    """Narrow agreements to those that may cease to be in force within a time, by themselves or with their framework.

    One whose later version goes on may be among them: ask for the `status` of each.
    """
    near = [
        {f"{of}{when}__gt": at, f"{of}{when}__lte": until}
        for of in ("", "framework__")
        for when in ("versions__ends_at", "ending__at")
    ]
    found = Agreement.objects.filter(reduce(or_, (Q(**one) for one in near))).order_by().values_list("pk", flat=True)
    return rows.filter(pk__in=set(found))  # most of the time none, and then nothing else is asked


def in_force(agreements: Iterable[Agreement], at: datetime | None = None) -> list[Agreement]:
    """Return those that are in force."""
    return [one for one in agreements if status(one, at).in_force]
