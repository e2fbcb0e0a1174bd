"""A world read out of a database: the raw facts as they lie in its tables, for the plain reading to judge.

The other way round from `load.py`. Numbers stand in for ids; `Stored.number` says which.
"""

# ruff: noqa: E501 - a statement a line

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg

from concordat.access.tests.differential import facts
from concordat.access.tests.differential.load import TABLE_OF_FORM

UNTOLD = timedelta(hours=24)  # a transfer for security is one for others after that
Rows = Iterable[tuple[Any, ...]]


@dataclass
class Stored:
    """The facts of a database, and the number that stands in for each id."""

    world: facts.World = field(default_factory=facts.World)
    numbers: dict[UUID, int] = field(default_factory=dict)

    def number(self, key: UUID) -> int:
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def plain(self, value: Any) -> Any:  # noqa: ANN401 - a value of a column
        """Put numbers in the place of ids, and sets in the place of lists."""
        if isinstance(value, UUID):
            return self.number(value)
        return frozenset(map(self.plain, value)) if isinstance(value, list) else value


def read(superuser: psycopg.Connection[Any]) -> Stored:
    """Read every fact that the plain reading knows of."""
    found = Stored()
    for make, statement in STATEMENTS:
        rows: Rows = superuser.execute(statement.encode()).fetchall()
        found.world = found.world.plus(*(make(*map(found.plain, row)) for row in rows))
    return found


def role_mask(role: str, readable: int, whole: bool) -> facts.RoleMask:  # noqa: FBT001 - the columns of a row
    return facts.RoleMask(role, frozenset(number for number in range(1, 63) if readable >> number & 1), whole)


STATEMENTS: list[tuple[Callable[..., facts.Fact], str]] = [
    (facts.Organisation, "SELECT id, side, monitoring, victim_liaison FROM organisations_organisation"),
    (role_mask, "SELECT role, readable, whole FROM access_roleright"),
    (facts.Membership, "SELECT id, organisation_id, roles, valid_from, valid_until FROM people_membership"),
    (facts.Place, "SELECT id, organisation_id FROM organisations_place"),
    (facts.Case, "SELECT id, owner_id, child_rules FROM cases_case"),
    (facts.Placement, f"SELECT case_id, place_id, starts_at + CASE WHEN security THEN interval '{UNTOLD}' ELSE interval '0' END, ends_at FROM cases_placement"),  # noqa: S608 - a number of ours
    (facts.Link, "SELECT authority_case_id, civil_case_id, activity, starts_at, ends_at FROM cases_link"),
    *((facts.Record, f"SELECT id, case_id, owner_id, category, '{form}', created_at FROM {table}") for form, table in TABLE_OF_FORM.items()),  # noqa: S608 - names of ours
    (facts.Agreement, "SELECT id, kind, party_a_id, party_b_id, framework_id, nullif(activity, '') FROM agreements_agreement"),
    (facts.Version, """SELECT v.id, v.agreement_id, v.starts_at, v.ends_at,
        (SELECT min(s.signed_at) FROM agreements_signature s WHERE s.version_id = v.id AND s.organisation_id = a.party_a_id),
        (SELECT min(s.signed_at) FROM agreements_signature s WHERE s.version_id = v.id AND s.organisation_id = a.party_b_id),
        v.whole_team_of FROM agreements_version v JOIN agreements_agreement a ON a.id = v.agreement_id"""),
    (facts.Suspension, "SELECT agreement_id, starts_at, ends_at, lifted_at FROM agreements_suspension"),
    (facts.Ending, "SELECT agreement_id, at FROM agreements_ending"),
    (facts.SharingRule, "SELECT version_id, owner_id, recipient_id, category, form, purpose, role, condition, starts_at, ends_at FROM agreements_sharingrule"),
    (facts.Prohibition, "SELECT version_id, owner_id, recipient_id, category FROM agreements_prohibition"),
    (facts.TermsPlace, "SELECT version_id, place_id FROM agreements_termsplace"),
    (facts.TermsRequirement, "SELECT version_id, organisation_id, nullif(clearance, ''), trainings FROM agreements_termsrequirement"),
    (facts.Mandate, "SELECT id, body_id, over_id, activity, starts_at, ends_at, whole_team FROM agreements_mandate"),
    (facts.MandateCell, "SELECT mandate_id, category, form, purpose FROM agreements_mandatecell"),
    (facts.MandatePlace, "SELECT mandate_id, place_id FROM agreements_mandateplace"),
    (facts.Clearance, "SELECT membership_id, level, valid_from, valid_until FROM people_clearance"),
    (facts.Training, "SELECT membership_id, code, valid_from, valid_until FROM people_training"),
    (facts.Conflict, "SELECT membership_id, case_id FROM cases_conflict"),
    (facts.Assignment, "SELECT membership_id, case_id, activity, starts_at, ends_at FROM cases_assignment"),
    (facts.TeamMember, "SELECT team_id, membership_id, leads, starts_at, ends_at FROM cases_teammember WHERE leads"),
    (facts.TeamCase, "SELECT team_id, case_id, activity, starts_at, ends_at FROM cases_teamcase"),
    (facts.Participation, "SELECT case_id, starts_at, ends_at, withdrawn_at FROM cases_participation"),
    (facts.RelativeAgreement, "SELECT case_id, starts_at, ends_at, withdrawn_at FROM cases_relativeagreement"),
    (facts.Restriction, "SELECT case_id, membership_id, organisation_id, starts_at, ends_at FROM cases_restriction"),
    (facts.AllowList, "SELECT case_id, named, ends_at, starts_at FROM cases_allowlist"),
    (facts.Stop, "SELECT case_id, category, record, starts_at, ends_at FROM cases_usestop"),
    (facts.Emergency, "SELECT asked_by_id, case_id, opened_at, ends_at FROM emergency_request WHERE opened_at IS NOT NULL"),
]  # fmt: skip
