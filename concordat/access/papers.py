"""The agreements that one's own organisation shares with another, found for an explanation. They open nothing here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db.models import Q

from concordat.agreements.models import Agreement, Closure, Kind, SharingRule, TermsRequirement
from concordat.agreements.status import OVER, Standing, Status, own_status, status, with_everything
from concordat.organisations.models import Organisation
from concordat.people.clock import now
from concordat.people.models import Membership
from concordat.people.roles import Role

# Of several instruments the one that comes nearest to being in force is the one to speak of.
NEAREST = (
    Standing.FORCE, Standing.SUSPENDED, Standing.UPCOMING, Standing.PROPOSED, Standing.WAITING, *OVER, Standing.DRAFT
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One instrument, where it stands, and which one keeps it from being in force: itself or its framework."""

    agreement: Agreement
    status: Status
    places: frozenset[UUID]
    cause: Agreement
    cause_status: Status

    @property
    def in_force(self) -> bool:
        return self.status.in_force


@dataclass(frozen=True)
class Papers:
    """What two organisations share at one moment; `unconfirmed` are those whose restored copy waits to be confirmed."""

    mine: Organisation
    other: Organisation
    at: datetime
    found: tuple[Paper, ...]
    unconfirmed: tuple[Organisation, ...]

    def best(self, kind: Kind, *, activity: str = "", place: UUID | None = None) -> Paper | None:
        """Return the instrument of a kind that comes nearest to being in force; of terms, those at the place first."""
        same = [one for one in self.found if one.agreement.kind == kind and one.agreement.activity == activity]
        here = [one for one in same if place is None or place in one.places]
        return min(here or same, key=lambda one: NEAREST.index(one.status.standing), default=None)

    def stopped(self, activity: str) -> Paper | None:
        """Return the terms that were in force and are not now, those that are only suspended first."""
        same = [one for one in self.found if one.agreement.kind == Kind.TERMS and one.agreement.activity == activity]
        gone = [one for one in same if one.status.standing in (Standing.SUSPENDED, *OVER)]
        return min(gone, key=lambda one: NEAREST.index(one.status.standing), default=None)


def between(mine: Organisation, other: Organisation) -> Papers:
    """Read the papers that two organisations share, in a fixed number of queries."""
    at = now("default")
    shared = with_everything(Agreement.objects.filter(Q(party_a=other) | Q(party_b=other)))
    shared = shared.prefetch_related("versions__termsplaces")
    waiting = Closure.objects.filter(organisation__in=[mine, other], confirmed_at=None).select_related("organisation")
    unconfirmed = tuple(closure.organisation for closure in waiting)
    return Papers(mine, other, at, tuple(paper_of(agreement, at) for agreement in shared), unconfirmed)


def paper_of(agreement: Agreement, at: datetime) -> Paper:
    """Put one instrument beside what keeps it from being in force."""
    shown, own = status(agreement, at), own_status(agreement, at)
    version = shown.version
    places = frozenset(one.place_id for one in version.termsplaces.all()) if version else frozenset()
    above = agreement.framework
    if own.in_force and above is not None and not shown.in_force:
        return Paper(agreement, shown, places, above, own_status(above, at))
    return Paper(agreement, shown, places, agreement, own)


def rules_of(paper: Paper, giver: Organisation, category: int) -> list[SharingRule]:
    """Return what a protocol says of one category from one giver, to whichever role."""
    found = SharingRule.objects.filter(version=paper.status.version, owner=giver, category=category)
    return list(found.select_related("owner", "recipient", "version__agreement"))


def rules_in_force(papers: Papers, category: int, *, by: Membership, purpose: str) -> list[SharingRule]:
    """Return the rules in force that give somebody's post a category for a purpose."""
    versions = [one.status.version for one in papers.found if one.agreement.kind == Kind.PROTOCOL and one.in_force]
    begun = Q(starts_at=None) | Q(starts_at__lte=papers.at)
    lasting = Q(ends_at=None) | Q(ends_at__gt=papers.at)
    found = SharingRule.objects.filter(
        begun, lasting, version__in=versions, owner=papers.other, recipient=papers.mine, category=category,
        purpose=purpose, role__in=by.roles,
    )  # fmt: skip
    return list(found.select_related("version__agreement", "owner"))


def requirement_of(paper: Paper, organisation: Organisation) -> TermsRequirement | None:
    """Return what activity terms ask of the workers of one party."""
    return TermsRequirement.objects.filter(version=paper.status.version, organisation=organisation).first()


def people_in(organisations: Iterable[Organisation], *roles: Role, at: datetime) -> list[Membership]:
    """Return who holds one of these posts now, as far as their names may be known."""
    known = {one.pk: one for one in organisations}
    live = Q(valid_until=None) | Q(valid_until__gt=at)
    found = Membership.objects.filter(live, organisation__in=known, roles__overlap=list(roles), valid_from__lte=at)
    members = sorted(found.order_by(), key=attrgetter("organisation_id", "sort_key", "pk"))
    for one in members:
        one.organisation = known[one.organisation_id]
    return members
