"""Marenia: its organisations, places and the 24 workers who sign in. An invented country; nobody in it exists.

Numbers of organisations and ids of workers are fixed, so that a reset changes no address that somebody noted.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from concordat.core.codes import Purpose
from concordat.ledger.context import Actor, act_as
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.people.router import SIGNIN

from .clock import Days, standing_at

PRISON, PROBATION, VELLIN, OMBUDSMAN, LANTERN, FAMILIES, TABLE, INSTITUTE, HARBOUR = range(1, 10)
DOMAIN = "example.org"  # reserved: no message to it arrives anywhere


def named(name: str) -> UUID:
    """Return the fixed id of somebody or something of the country."""
    return uuid5(NAMESPACE_URL, f"concordat:marenia:{name}")


AUTHORITY, CIVIL = {"side": "authority"}, {"side": "civil"}
ORGANISATIONS: dict[int, dict[str, Any]] = {
    PRISON: {
        **AUTHORITY, "slug": "prison-service", "short": "PS", "name": "Prison Service of Marenia",
        "legal_form": "Public authority under the Prison Act", "controlled_by": "Ministry of Justice",
        "duty_desk": "555 0142",
    },
    PROBATION: {
        **AUTHORITY, "slug": "probation-service", "short": "PB", "name": "Probation Service of Marenia",
        "legal_form": "Public authority under the Probation Act", "controlled_by": "Ministry of Justice",
        "duty_desk": "555 0160",
    },
    VELLIN: {
        **AUTHORITY, "slug": "vellin", "short": "MV", "name": "Municipality of Vellin",
        "legal_form": "Municipality", "controlled_by": "Elected council of Vellin",
    },
    OMBUDSMAN: {
        **AUTHORITY, "slug": "ombudsman", "short": "OM", "name": "Ombudsman of Marenia",
        "legal_form": "Independent institution under the Ombudsman Act", "controlled_by": "Elected by parliament",
        "statutory": True, "monitoring": True,
    },
    LANTERN: {
        **CIVIL, "slug": "lantern-mentoring", "short": "LM", "name": "Lantern Mentoring",
        "legal_form": "Association, registered in Vellin", "controlled_by": "Elected by its members",
        "income_share": "38 % of its income", "secondments": "None",
    },
    FAMILIES: {
        **CIVIL, "slug": "threshold-families", "short": "TF", "name": "Threshold Families",
        "legal_form": "Foundation", "controlled_by": "A board that elects itself",
        "income_share": "12 % of its income", "secondments": "None",
    },
    TABLE: {
        **CIVIL, "slug": "common-table", "short": "CT", "name": "Common Table, dialogue on faith and values",
        "legal_form": "Council of eleven communities", "controlled_by": "One delegate of each community",
        "income_share": "Nothing", "secondments": "None",
    },
    INSTITUTE: {
        **CIVIL, "slug": "meren-institute", "short": "MI", "name": "Meren Institute for Social Research",
        "legal_form": "Institute of Meren University", "controlled_by": "The university’s senate appoints its head",
        "income_share": "90 % of its income", "secondments": "One researcher from the Ministry of Education",
    },
    HARBOUR: {
        **CIVIL, "slug": "second-harbour", "short": "SH", "name": "Second Harbour",
        "legal_form": "Association of three staff and eleven members", "controlled_by": "Elected by its members",
        "income_share": "55 % of its income", "secondments": "None",
    },
}  # fmt: skip

PLACES: dict[str, tuple[int, str, str]] = {
    "aldermoor": (PRISON, "Aldermoor Prison", "Prison for men"),
    "kestrel_bay": (PRISON, "Kestrel Bay Prison", "Prison for men, remand wing"),
    "thornfield": (PRISON, "Thornfield Women’s Prison", "Prison for women"),
    "saltmarsh": (PRISON, "Saltmarsh Young People’s Centre", "Centre for young people"),
    "bay_office": (PROBATION, "Kestrel Bay Probation Office", "Probation office"),
    "vellin_office": (PROBATION, "Vellin Probation Office", "Probation office"),
    "vellin_town": (VELLIN, "Town of Vellin", "Municipality"),
}


@dataclass(frozen=True)
class Worker:
    """Somebody who acts for an organisation: what the door says of them, and what they are cleared and trained for.

    `cleared` names who vetted them, at which level, for how many days yet; `courses` for how many days each one holds.
    """

    name: str
    organisation: int
    title: str
    roles: tuple[Role, ...]
    story: str = ""
    cleared: tuple[int, str, int] | None = None
    courses: dict[str, int] = field(default_factory=dict)
    language: str = "en"


YEAR = 365
SHARING = {"information_sharing": YEAR}

# The key is what the stories call them. A second membership of the same person has their key after a stroke.
WORKERS: dict[str, Worker] = {
    "nadia": Worker(
        "Nadia Brandt", LANTERN, "Mentor", (Role.FACILITATOR,),
        "Meets people in Aldermoor, Kestrel Bay and Saltmarsh every week. Since yesterday one prison is closed to her.",
        (PRISON, "enhanced", 240), {"induction": 23, "mentoring": 300, "safeguarding": 210},
    ),
    "cora": Worker(
        "Cora Lind", LANTERN, "Coordinator", (Role.COORDINATOR,),
        "Answers referrals, says who works with whom, and records what a person agreed to and what they withdrew.",
        (PRISON, "enhanced", 41), {"induction": 200, "mentoring": 300, "safeguarding": 90},
    ),
    "tomas": Worker(
        "Tomas Vell", PRISON, "Programme manager, Aldermoor and Kestrel Bay", (Role.PROGRAMME_MANAGER,),
        "Refers people to services and reads what comes back, as far as each person wants it.", courses=SHARING,
    ),
    "helen": Worker(
        "Helen Marsh", PRISON, "Accountable officer", (Role.SIGNATORY,),
        "Signs for the Prison Service. Yesterday she suspended the terms at Kestrel Bay; a protocol waits for her.",
    ),
    "ruth": Worker(
        "Ruth Okafor", LANTERN, "Director", (Role.SIGNATORY, Role.DIRECTOR, Role.SAFEGUARDING),
        "Signs for Lantern, publishes what she finds, and has proposed a better protocol.",
    ),
    "faye": Worker(
        "Faye Holt", FAMILIES, "Family worker", (Role.FACILITATOR, Role.COORDINATOR),
        "Her terms at Thornfield lapsed yesterday. One end report is still owed, and she can write it.",
        (PRISON, "enhanced", 12), {"induction": 160, "family_work": 300, "safeguarding": 300},
    ),
    "omar": Worker(
        "Omar Senn", OMBUDSMAN, "Visitor of places of detention", (Role.MONITOR,),
        "Visits every prison under the Ombudsman Act. No agreement lets him in, and no suspension keeps him out.",
    ),
    "ana": Worker(
        "Ana Tovik", PRISON, "Programme manager, Thornfield and Saltmarsh", (Role.PROGRAMME_MANAGER,),
        "Refers women and young people; for one of them no birth date is known.", courses=SHARING,
    ),
    "ines": Worker(
        "Ines Tark", PRISON, "Import officer", (Role.IMPORT_OFFICER,),
        "Loads the caseload that the prisons export, and answers for which column is which.",
    ),
    "sef": Worker(
        "Sef Holm", PRISON, "Security manager", (Role.SECURITY_MANAGER, Role.PROTECTION),
        "Keeps safety briefings up to date and sends warnings that may not wait.",
    ),
    "petra": Worker(
        "Petra Lorn", PRISON, "Partnership officer", (Role.PARTNERSHIP_OFFICER,),
        "Writes the agreements of the Prison Service; signing them is somebody else’s.",
    ),
    "dora": Worker(
        "Dora Quill", PRISON, "Data protection officer", (Role.DATA_PROTECTION, Role.INTEGRITY),
        "Sees who has looked at which case, and prints it for the person.",
    ),
    "adam": Worker(
        "Adam Reed", PRISON, "Administrator", (Role.ADMINISTRATOR,),
        "Invites colleagues and ends what leavers could do. He sees nobody’s case.",
    ),
    "max": Worker(
        "Max Ferro", LANTERN, "Mentor", (Role.FACILITATOR,),
        "Acts for two organisations. His mentoring course lapsed last week, so Lantern’s partners give him nothing.",
        (PRISON, "enhanced", 300), {"induction": 200, "mentoring": -5},
    ),
    "max/table": Worker(
        "Max Ferro", TABLE, "Dialogue worker", (Role.FACILITATOR,),
        cleared=(PRISON, "basic", 300), courses={"induction": 200, "dialogue": 300},
    ),
    "tilda": Worker(
        "Tilda Moss", FAMILIES, "Director", (Role.SIGNATORY, Role.DIRECTOR, Role.SAFEGUARDING),
        "Signs for the foundation, and can propose the terms at Thornfield anew.",
    ),
    "ilse": Worker(
        "Ilse Varn", TABLE, "Secretary of the council", (Role.SIGNATORY, Role.DIRECTOR, Role.COORDINATOR),
        "Runs the council’s evenings of questions at Aldermoor and is drafting terms for Thornfield.",
        (PRISON, "basic", 150), {"induction": 150, "dialogue": 150},
    ),
    "vera": Worker(
        "Vera Stane", INSTITUTE, "Head of research", (Role.SIGNATORY, Role.DIRECTOR),
        "Evaluates services that others deliver, and sees nobody’s records for it.",
    ),
    "greta": Worker(
        "Greta Hale", PROBATION, "Head of partnerships", (Role.SIGNATORY, Role.PARTNERSHIP_OFFICER),
        "Signs for the Probation Service. A framework that Lantern has signed waits for her.",
    ),
    "lina": Worker(
        "Lina Marr", PROBATION, "Programme manager", (Role.PROGRAMME_MANAGER,),
        "Refers people who are released to a room and a first job.", courses=SHARING,
    ),
    "paul": Worker(
        "Paul Ostry", PROBATION, "Supervising officer", (Role.CASE_OFFICER,),
        "Supervises people after release and sees only those who are assigned to him.", courses=SHARING,
    ),
    "bram": Worker(
        "Bram Keld", VELLIN, "Head of social services", (Role.SIGNATORY, Role.PARTNERSHIP_OFFICER,
        Role.PROGRAMME_MANAGER),
        "Is drafting the town’s first agreements and has no partner in force yet.",
    ),
    "mara": Worker(
        "Mara Quist", HARBOUR, "Coordinator", (Role.SIGNATORY, Role.DIRECTOR, Role.COORDINATOR),
        "Three staff, one phone: she signs, answers referrals and finds the rooms.",
        (PROBATION, "basic", 200), {"induction": 200, "reintegration": 200},
    ),
    "leo": Worker(
        "Leo Band", HARBOUR, "Reintegration worker", (Role.FACILITATOR,),
        "Goes with people to the first appointments after release. Reads Concordat in Arabic.",
        (PROBATION, "basic", 200), {"induction": 200, "reintegration": 64}, language="ar",
    ),
    "kit": Worker(
        "Kit Orne", HARBOUR, "Reintegration worker and administrator", (Role.FACILITATOR, Role.ADMINISTRATOR),
        "Works with people after release, and looks after who may sign in.",
        (PROBATION, "basic", 200), {"induction": 200, "reintegration": 200},
    ),
}  # fmt: skip


def user_of(key: str) -> UUID:
    """Return the id of the human being; both memberships of one person have the same."""
    return named(f"user:{key.partition('/')[0]}")


def people() -> dict[str, Worker]:
    """Return the 24 people, each once."""
    return {key: worker for key, worker in WORKERS.items() if "/" not in key}


class Country:
    """The country while it is being told: its calendar, its people, and the working codes of its stories."""

    def __init__(self, days: Days, reserved: Collection[str] = ()) -> None:
        self.days, self.reserved = days, set(reserved)
        known = Membership.objects.using(SIGNIN).select_related("organisation")  # as sign-in finds them
        found = known.in_bulk([named(key) for key in WORKERS])
        self.members = {key: found[named(key)] for key in WORKERS}

    @contextmanager
    def acting(
        self, key: str, ago: int, clock: str = "10:00", *, purpose: str = Purpose.INTERVENTION, level: int = 1
    ) -> Iterator[Membership]:
        """Act as a worker, so many days ago, exactly as a request of theirs would have."""
        with self.at(key, self.days.at(ago, clock), purpose=purpose, level=level) as by:
            yield by

    @contextmanager
    def at(
        self, key: str, moment: datetime, *, purpose: str = Purpose.INTERVENTION, level: int = 1
    ) -> Iterator[Membership]:
        """Act as a worker at that moment."""
        act_as(Actor(named(key), WORKERS[key].organisation, user_of(key), purpose, level))
        with standing_at(moment):
            yield self.members[key]
        act_as(None)
