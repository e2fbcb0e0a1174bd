"""The facts a small world is made of: one frozen dataclass per kind, ids as whole numbers, instants aware in UTC.

Every interval is half-open: its start belongs to it, its end does not. An end (or a rule's start) of None is open.
"""

from collections.abc import Iterator
from dataclasses import Field, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol, get_args, get_type_hints

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
PURPOSE_ACTIVITY = {
    "intervention": "custody",
    "family_support": "families",
    "reintegration": "reintegration",
    "supervision": "supervision",
    "monitoring": "monitoring",
    "assessment": "assessment",
    "oversight": "oversight",
}


@dataclass(frozen=True)
class Organisation:
    id: int
    side: str  # "authority" or "civil"
    monitoring: bool
    victim_liaison: bool = False


@dataclass(frozen=True)
class RoleMask:
    role: str
    readable: frozenset[int]
    whole: bool  # sees every case of its own organisation, without assignment


@dataclass(frozen=True)
class Membership:
    id: int
    organisation: int
    roles: frozenset[str]
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Place:
    id: int
    organisation: int


@dataclass(frozen=True)
class Case:
    id: int
    owner: int
    child: bool


@dataclass(frozen=True)
class Placement:
    case: int
    place: int
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Link:
    """Two organisations' own cases of one person, joined by an accepted referral."""

    authority_case: int
    civil_case: int
    activity: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Record:
    id: int
    case: int
    owner: int
    category: int
    form: str  # "full", "summary", "date", "existence" or "threshold": the table it lies in
    made: datetime = BEGINNING


@dataclass(frozen=True)
class Agreement:
    id: int
    kind: str  # "framework", "protocol" or "terms"
    party_a: int
    party_b: int
    framework: int | None  # the framework that a protocol or terms rest on
    activity: str | None  # of terms


@dataclass(frozen=True)
class Version:
    id: int
    agreement: int
    start: datetime
    end: datetime | None
    signed_a: datetime | None
    signed_b: datetime | None
    whole_team_of: frozenset[int] = frozenset()  # organisations whose whole team counts as assigned (terms)


@dataclass(frozen=True)
class Suspension:
    agreement: int
    start: datetime
    end: datetime
    lifted_at: datetime | None


@dataclass(frozen=True)
class Ending:
    agreement: int
    at: datetime


@dataclass(frozen=True)
class SharingRule:
    version: int
    owner: int
    recipient: int
    category: int
    form: str
    purpose: str
    role: str
    condition: str  # "none", "participation" or "relative"
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Prohibition:
    version: int
    owner: int
    recipient: int
    category: int


@dataclass(frozen=True)
class TermsPlace:
    version: int
    place: int


@dataclass(frozen=True)
class TermsRequirement:
    version: int
    organisation: int
    clearance: str | None  # "basic" or "enhanced"
    trainings: frozenset[str]


@dataclass(frozen=True)
class Mandate:
    """A statutory mandate of a body over an organisation; no party can suspend it."""

    id: int
    body: int
    over: int
    activity: str
    start: datetime
    end: datetime | None
    whole_team: bool


@dataclass(frozen=True)
class MandateCell:
    mandate: int
    category: int
    form: str
    purpose: str


@dataclass(frozen=True)
class MandatePlace:
    mandate: int
    place: int


@dataclass(frozen=True)
class Clearance:
    membership: int
    level: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Training:
    membership: int
    code: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Conflict:
    membership: int
    case: int


@dataclass(frozen=True)
class Assignment:
    membership: int
    case: int
    activity: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class TeamMember:
    """Somebody in a team of their own organisation; who leads it sees its cases, fit for them or not."""

    team: int
    membership: int
    leads: bool
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class TeamCase:
    """A case that a team works on, for one activity."""

    team: int
    case: int
    activity: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Participation:
    civil_case: int
    start: datetime
    end: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class RelativeAgreement:
    civil_case: int
    start: datetime
    end: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Restriction:
    case: int
    membership: int | None
    organisation: int | None
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Stop:
    """What is no longer used on the person's request: one record, or a category of a case as it stood at the start."""

    case: int
    category: int | None
    record: int | None
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class AllowList:
    """A case that is open to these memberships only, until the list is lifted."""

    case: int
    named: frozenset[int]
    end: datetime | None
    start: datetime = BEGINNING


@dataclass(frozen=True)
class Emergency:
    """A case of the own organisation that two people opened to this membership for some hours."""

    membership: int
    case: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Ask:
    """The question: may this membership, for this purpose, read this record at this instant."""

    membership: int
    purpose: str
    record: int
    at: datetime


class Fact(Protocol):
    """Any of the dataclasses above."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True)
class World:
    """All facts, a tuple per kind, in an order in which foreign keys allow loading them."""

    organisations: tuple[Organisation, ...] = ()
    role_masks: tuple[RoleMask, ...] = ()
    memberships: tuple[Membership, ...] = ()
    places: tuple[Place, ...] = ()
    cases: tuple[Case, ...] = ()
    placements: tuple[Placement, ...] = ()
    links: tuple[Link, ...] = ()
    records: tuple[Record, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    versions: tuple[Version, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    endings: tuple[Ending, ...] = ()
    rules: tuple[SharingRule, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    terms_places: tuple[TermsPlace, ...] = ()
    terms_requirements: tuple[TermsRequirement, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    mandate_cells: tuple[MandateCell, ...] = ()
    mandate_places: tuple[MandatePlace, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    trainings: tuple[Training, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    team_members: tuple[TeamMember, ...] = ()
    team_cases: tuple[TeamCase, ...] = ()
    participations: tuple[Participation, ...] = ()
    relative_agreements: tuple[RelativeAgreement, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    allow_lists: tuple[AllowList, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    stops: tuple[Stop, ...] = ()

    def plus(self, *facts: Fact) -> "World":
        """Return this world with these facts added, each to the table of its kind."""
        tables: dict[str, Any] = {}
        for fact in facts:
            table = TABLE_OF[type(fact)]
            tables[table] = (*tables.get(table, getattr(self, table)), fact)
        return replace(self, **tables)

    def without(self, *facts: Fact) -> "World":
        """Return this world with these facts taken away; each must be in it."""
        world = self
        for fact in facts:
            rows = list(getattr(world, TABLE_OF[type(fact)]))
            rows.remove(fact)
            world = replace(world, **{TABLE_OF[type(fact)]: tuple(rows)})
        return world

    def swap(self, old: Fact, new: Fact) -> "World":
        return self.without(old).plus(new)

    def rows(self) -> Iterator[Fact]:
        """Go through every fact of every table."""
        for table in fields(self):
            yield from getattr(self, table.name)


TABLE_OF: dict[type, str] = {get_args(kind)[0]: table for table, kind in get_type_hints(World).items()}
