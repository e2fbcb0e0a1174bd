"""A small world into PostgreSQL: raw rows, without triggers, then one compilation of everything.

The clock of this copy of the database is a setting; a test says that what is shipped is the real one.
"""

# ruff: noqa: E501 - rows, a line each

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from concordat.access.rights import mask
from concordat.access.tests.differential.facts import World
from concordat.core.codes import Category

FOREVER = datetime(2200, 1, 1, tzinfo=UTC)
NEVER_STORED = (20, 33)
TABLE_OF_FORM = {
    "full": "cases_fullrecord",
    "summary": "cases_summaryrecord",
    "date": "cases_daterecord",
    "existence": "cases_existencerecord",
    "threshold": "cases_thresholdrecord",
}
SETTABLE_CLOCK = """CREATE OR REPLACE FUNCTION ledger.clock() RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ SELECT current_setting('test.clock')::timestamptz $$"""
TABLES = [
    "agreements_mandateplace",
    "agreements_mandatecell",
    "agreements_mandate",
    "cases_usestop",
    "emergency_told",
    "emergency_request",
    "cases_allowlist",
    "cases_restriction",
    "cases_relativeagreement",
    "cases_participation",
    "cases_assignment",
    "cases_teamcase",
    "cases_teammember",
    "cases_team",
    "cases_conflict",
    "people_training",
    "people_clearance",
    "agreements_termsrequirement",
    "agreements_termsplace",
    "agreements_prohibition",
    "agreements_sharingrule",
    "agreements_ending",
    "agreements_suspension",
    "agreements_signature",
    "agreements_version",
    "agreements_agreement",
    "cases_fullrecord",
    "cases_summaryrecord",
    "cases_daterecord",
    "cases_existencerecord",
    "cases_thresholdrecord",
    "cases_link",
    "cases_placement",
    "cases_case",
    "organisations_place",
    "people_membership",
    "access_roleright",
    "organisations_organisation",
    "access_grant",
    "access_keys",
    "access_terms",
    "access_framework",
    "access_compilelock",
]


def key(kind: str, number: int) -> UUID:
    """Return the id of a fact of the world in the database."""
    return UUID(int=(sum(kind.encode()) << 64) + number)


def load(superuser: psycopg.Connection[Any], world: World) -> None:
    """Replace everything in the database by `world`, then compile."""
    superuser.execute("SET session_replication_role = replica")
    for table in TABLES:
        superuser.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    for table, rows in tables(world):
        blanks = filling(superuser, table)
        for given in rows:
            row = blanks | given
            names, values = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
            superuser.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", list(row.values()))  # noqa: S608
    superuser.execute("SELECT set_config('test.clock', %s, false)", ["2030-01-01T00:00:00Z"])
    superuser.execute("SELECT access.fill_teams()")
    superuser.execute("SET session_replication_role = DEFAULT")
    superuser.execute("SELECT access.compile_all()")


# What a column that the world knows nothing of is filled with, by the kind of its type.
BLANK = {"S": "", "B": False, "N": 0, "D": FOREVER, "A": [], "U": "{}"}


def filling(superuser: psycopg.Connection[Any], table: str) -> dict[str, Any]:
    found = superuser.execute(
        """SELECT a.attname, t.typcategory FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
              AND a.attgenerated = '' AND a.attidentity = '' AND NOT a.atthasdef AND t.typname <> 'uuid'""",
        [table],
    )
    return {name: BLANK[kind] for name, kind in found}


Rows = Iterable[dict[str, Any]]


def tables(world: World) -> Iterable[tuple[str, Rows]]:
    """Say which rows of which tables a world is."""
    yield from _people(world)
    yield from _cases(world)
    yield from _agreements(world)
    yield from _mandates(world)
    yield from _persons_papers(world)


def _people(world: World) -> Iterable[tuple[str, Rows]]:
    yield "organisations_organisation", (
        {"id": o.id, "slug": f"o{o.id}", "name": f"Organisation {o.id}", "short": f"O{o.id}", "side": o.side,
         "legal_form": "", "controlled_by": "", "income_share": "", "secondments": "", "duty_desk": "",
         "statutory": False, "monitoring": o.monitoring, "victim_liaison": o.victim_liaison}
        for o in world.organisations
    )  # fmt: skip
    yield "access_roleright", (
        {"role": m.role, "readable": mask(frozenset(map(Category, m.readable))), "writable": 0, "whole": m.whole,
         "reads_log": False}
        for m in world.role_masks
    )  # fmt: skip
    yield "people_membership", (
        {"id": key("member", m.id), "user_id": key("user", m.id), "organisation_id": m.organisation, "shown_name": "x",
         "title": "x", "roles": sorted(m.roles), "valid_from": m.start, "valid_until": m.end}
        for m in world.memberships
    )  # fmt: skip
    yield "people_clearance", (
        {"id": key("clear", n), "membership_id": key("member", c.membership), "authority_id": 1, "level": c.level,
         "valid_from": c.start, "valid_until": c.end}
        for n, c in enumerate(world.clearances)
    )  # fmt: skip
    yield "people_training", (
        {"id": key("train", n), "membership_id": key("member", t.membership), "code": t.code, "valid_from": t.start,
         "valid_until": t.end}
        for n, t in enumerate(world.trainings)
    )  # fmt: skip


def _cases(world: World) -> Iterable[tuple[str, Rows]]:
    owner = {case.id: case.owner for case in world.cases}
    yield (
        "organisations_place",
        (
            {
                "id": key("place", p.id),
                "organisation_id": p.organisation,
                "name": str(p.id),
                "kind": "",
                "time_zone": "UTC",
            }
            for p in world.places
        ),
    )
    yield "cases_case", (
        {"id": key("case", c.id), "owner_id": c.owner, "reference": str(c.id), "working_code": str(c.id),
         "service_purpose": "x", "source_identifier": "", "child_rules": c.child, "opened_at": FOREVER}
        for c in world.cases
    )  # fmt: skip
    yield "cases_placement", (
        {**_about(n, p.case, owner[p.case], "stay"), "place_id": key("place", p.place), "starts_at": p.start,
         "ends_at": p.end}
        for n, p in enumerate(world.placements)
    )  # fmt: skip
    yield "cases_link", (
        {"id": key("link", n), "authority_id": owner[k.authority_case], "authority_case_id": key("case", k.authority_case),
         "civil_id": owner[k.civil_case], "civil_case_id": key("case", k.civil_case), "activity": k.activity,
         "starts_at": k.start, "ends_at": k.end}
        for n, k in enumerate(world.links)
    )  # fmt: skip
    for form, table in TABLE_OF_FORM.items():
        yield (
            table,
            (
                {**_about(r.id, r.case, r.owner, "record"), "created_at": r.made, "category": r.category, **body(form)}
                for r in world.records
                if r.form == form and r.category not in NEVER_STORED
            ),
        )


def _about(number: int, case: int, owner: int, kind: str) -> dict[str, Any]:
    return {"id": key(kind, number), "owner_id": owner, "case_id": key("case", case), "created_at": FOREVER,
            "created_by_id": key("member", 1)}  # fmt: skip


def body(form: str) -> dict[str, Any]:
    today = FOREVER.date()
    bodies: dict[str, dict[str, Any]] = {
        "full": {"title": "x", "text": "x", "about_on": today, "source": "", "is_opinion": False},
        "summary": {"text": "x", "checked_by": "x", "about_on": today},
        "date": {"fact": "x", "on": today},
        "existence": {},
        "threshold": {"text": "x"},
    }
    return bodies[form]


def _agreements(world: World) -> Iterable[tuple[str, Rows]]:
    parties = {a.id: (a.party_a, a.party_b) for a in world.agreements}
    yield "agreements_agreement", (
        {"id": key("agreement", a.id), "kind": a.kind, "reference": str(a.id), "title": "x",
         "party_a_id": min(a.party_a, a.party_b), "party_b_id": max(a.party_a, a.party_b),
         "framework_id": key("agreement", a.framework) if a.framework else None, "activity": a.activity or "",
         "time_zone": "UTC", "created_at": FOREVER, "created_by_id": key("member", 1)}
        for a in world.agreements
    )  # fmt: skip
    yield "agreements_version", (
        {"id": key("version", v.id), "agreement_id": key("agreement", v.agreement), "number": v.id,
         "first_day": v.start.date(), "last_day": (v.end or FOREVER).date(), "starts_at": v.start,
         "ends_at": v.end or FOREVER, "drafted_by_id": key("member", 1), "drafted_for_id": 1,
         "whole_team_of": sorted(v.whole_team_of), "document": "", "hash": ""}
        for v in world.versions
    )  # fmt: skip
    yield "agreements_signature", (
        {"id": key("signature", v.id * 2 + side), "version_id": key("version", v.id),
         "organisation_id": parties[v.agreement][side], "membership_id": key("member", 1), "signed_at": at, "hash": ""}
        for v in world.versions for side, at in enumerate((v.signed_a, v.signed_b)) if at
    )  # fmt: skip
    yield "agreements_suspension", (
        {"id": key("suspension", n), "agreement_id": key("agreement", s.agreement), "organisation_id": 1,
         "ground": "safety", "explanation": "x", "starts_at": s.start, "ends_at": s.end,
         "created_by_id": key("member", 1), "lifted_at": s.lifted_at,
         "lifted_by_id": key("member", 1) if s.lifted_at else None}
        for n, s in enumerate(world.suspensions)
    )  # fmt: skip
    yield "agreements_ending", (
        {"id": key("ending", n), "agreement_id": key("agreement", e.agreement), "organisation_id": 1, "reason": "x",
         "at": e.at, "created_by_id": key("member", 1)}
        for n, e in enumerate(world.endings)
    )  # fmt: skip
    yield "agreements_sharingrule", (
        {"id": key("rule", n), "version_id": key("version", r.version), "owner_id": r.owner, "recipient_id": r.recipient,
         "category": r.category, "form": r.form, "purpose": r.purpose, "role": r.role, "condition": r.condition,
         "basis": "x", "clause": "ISP-4", "starts_at": r.start, "ends_at": r.end}
        for n, r in enumerate(world.rules) if r.category not in NEVER_STORED
    )  # fmt: skip
    yield "agreements_prohibition", (
        {"id": key("prohibition", n), "version_id": key("version", p.version), "owner_id": p.owner,
         "recipient_id": p.recipient, "category": p.category}
        for n, p in enumerate(world.prohibitions)
    )  # fmt: skip
    yield (
        "agreements_termsplace",
        (
            {"id": key("termsplace", n), "version_id": key("version", p.version), "place_id": key("place", p.place)}
            for n, p in enumerate(world.terms_places)
        ),
    )
    yield "agreements_termsrequirement", (
        {"id": key("requirement", n), "version_id": key("version", r.version), "organisation_id": r.organisation,
         "clearance": r.clearance or "", "trainings": sorted(r.trainings)}
        for n, r in enumerate(world.terms_requirements)
    )  # fmt: skip


def _mandates(world: World) -> Iterable[tuple[str, Rows]]:
    yield "agreements_mandate", (
        {"id": key("mandate", m.id), "body_id": m.body, "over_id": m.over, "activity": m.activity, "statute": "x",
         "whole_team": m.whole_team, "starts_at": m.start, "ends_at": m.end}
        for m in world.mandates
    )  # fmt: skip
    yield "agreements_mandatecell", (
        {"id": key("cell", n), "mandate_id": key("mandate", c.mandate), "category": c.category, "form": c.form,
         "purpose": c.purpose}
        for n, c in enumerate(world.mandate_cells) if c.category not in NEVER_STORED
    )  # fmt: skip
    yield (
        "agreements_mandateplace",
        (
            {"id": key("mandateplace", n), "mandate_id": key("mandate", p.mandate), "place_id": key("place", p.place)}
            for n, p in enumerate(world.mandate_places)
        ),
    )


def _persons_papers(world: World) -> Iterable[tuple[str, Rows]]:
    owner = {case.id: case.owner for case in world.cases}
    yield "cases_conflict", (
        {"id": key("conflict", n), "owner_id": owner[c.case], "membership_id": key("member", c.membership),
         "case_id": key("case", c.case), "declared_at": FOREVER}
        for n, c in enumerate(dict.fromkeys(world.conflicts))
    )  # fmt: skip
    yield "cases_assignment", (
        {"id": key("assignment", n), "owner_id": owner[a.case], "case_id": key("case", a.case),
         "membership_id": key("member", a.membership), "activity": a.activity, "starts_at": a.start, "ends_at": a.end,
         "created_by_id": key("member", 1)}
        for n, a in enumerate(world.assignments)
    )  # fmt: skip
    yield "cases_team", (
        {"id": key("team", team), "owner_id": owner_, "name": str(team), "created_at": FOREVER,
         "created_by_id": key("member", 1)}
        for team, owner_ in sorted({(c.team, owner[c.case]) for c in world.team_cases})
    )  # fmt: skip
    of = {m.id: m.organisation for m in world.memberships}
    yield "cases_teammember", (
        {"id": key("teammember", n), "owner_id": of[m.membership], "team_id": key("team", m.team),
         "membership_id": key("member", m.membership), "leads": m.leads, "starts_at": m.start, "ends_at": m.end,
         "created_by_id": key("member", 1)}
        for n, m in enumerate(world.team_members)
    )  # fmt: skip
    yield "cases_teamcase", (
        {"id": key("teamcase", n), "owner_id": owner[c.case], "team_id": key("team", c.team),
         "case_id": key("case", c.case), "activity": c.activity, "starts_at": c.start, "ends_at": c.end,
         "created_by_id": key("member", 1)}
        for n, c in enumerate(world.team_cases)
    )  # fmt: skip
    yield "cases_participation", (
        {**_about(n, p.civil_case, owner[p.civil_case], "paper"), "link_id": key("link", 0), "informed_by": "x",
         "informed_at": p.start - timedelta(days=3), "interpreter": "", "teach_back": True, "headings": [], "copy_given": "x",
         "contest_route": "x", "starts_at": p.start, "ends_at": p.end or FOREVER, "withdrawn_at": p.withdrawn_at,
         "withdrawn_by_route": "said" if p.withdrawn_at else ""}
        for n, p in enumerate(world.participations)
    )  # fmt: skip
    yield "cases_relativeagreement", (
        {**_about(n, p.civil_case, owner[p.civil_case], "relative"), "link_id": key("link", 0), "starts_at": p.start,
         "ends_at": p.end or FOREVER, "withdrawn_at": p.withdrawn_at}
        for n, p in enumerate(world.relative_agreements)
    )  # fmt: skip
    yield "cases_restriction", (
        {"id": key("restriction", n), "owner_id": owner[r.case], "case_id": key("case", r.case),
         "membership_id": key("member", r.membership) if r.membership else None, "organisation_id": r.organisation,
         "ground": "x", "starts_at": r.start, "ends_at": r.end, "created_by_id": key("member", 1)}
        for n, r in enumerate(world.restrictions)
    )  # fmt: skip
    yield "cases_allowlist", (
        {"id": key("allow", n), "owner_id": owner[a.case], "case_id": key("case", a.case),
         "named": [key("member", m) for m in sorted(a.named)], "ground": "other", "reason": "x",
         "review_on": FOREVER.date(), "starts_at": a.start, "ends_at": a.end, "created_by_id": key("member", 1),
         "ended_by_id": key("member", 1) if a.end else None}
        for n, a in enumerate(world.allow_lists)
    )  # fmt: skip
    table = {r.id: TABLE_OF_FORM[r.form] for r in world.records}
    yield "cases_usestop", (
        {"id": key("stop", n), "owner_id": owner[s.case], "case_id": key("case", s.case), "request_id": key("asked", n),
         "category": s.category, "kind": table[s.record] if s.record else "",
         "record": key("record", s.record) if s.record else None, "starts_at": s.start, "ends_at": s.end,
         "created_by_id": key("member", 1), "ended_by_id": key("member", 1) if s.end else None,
         "why_ended": "x" if s.end else "", "told": "x" if s.end else ""}
        for n, s in enumerate(world.stops)
    )  # fmt: skip
    yield "emergency_request", (
        {"id": key("emergency", n), "owner_id": owner[e.case], "asked_by_id": key("member", e.membership),
         "asked_at": e.start, "reference": str(e.case), "ground": "other", "words": "x", "hours": 24,
         "case_id": key("case", e.case), "opened_at": e.start, "opened_by_id": key("member", 0), "ends_at": e.end}
        for n, e in enumerate(world.emergencies)
    )  # fmt: skip


def printable(world: World) -> str:
    """Return the facts of a world, a line each, for a counter-example that a person can read."""
    return "\n".join(json.dumps(str(row)) for row in world.rows())
