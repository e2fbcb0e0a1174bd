"""Properties of the whole, so that no room can forget them: every table classified, every policy seen in review."""

# ruff: noqa: E501 - pieces of SQL

import os
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db.models import Model

PACKAGE = Path(__file__).parent.parent.parent
Owner = psycopg.Connection[tuple[object, ...]]
GOLDEN = Path(__file__).parent / "policies.txt"
LAYERS = [
    "core", "ledger", "organisations", "people", "notices", "clocks", "controllers", "agreements", "cases", "retention", "emergency", "access", "impact", "files", "quoting", "merging", "safety", "sharing", "disclosures", "referrals",
    "objectives", "imports", "search", "today", "about", "casefile", "exports", "countersigning", "leaving", "breaches", "api", "demo",
]  # fmt: skip
OURS = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("concordat.")]

# The tables that the owner's own functions read: enabled, not forced, or the compiler would see only the asker's.
READ_BY_FUNCTIONS = {
    "people_membership": "who asks", "people_clearance": "condition 4", "people_training": "condition 4",
    "cases_case": "whose case it is", "cases_placement": "condition 3, the place", "cases_link": "conditions 3 to 6",
    "cases_assignment": "condition 5", "cases_conflict": "condition 4", "cases_restriction": "condition 7",
    "cases_participation": "condition 6", "cases_relativeagreement": "condition 6",
    "referrals_referral": "what the referrer may know", "referrals_answer": "what the referrer may know",
    "referrals_goalset": "the gate before a session", "referrals_goalsignature": "the gate before a session",
    "referrals_session": "the gate before a session", "referrals_endreport": "writing what is owed",
    "referrals_review": "one owner per link", "referrals_earlyend": "one owner per link",
    "sharing_safetybriefing": "the gate before a session", "sharing_acknowledgement": "the gate before a session",
    "disclosures_disclosure": "the record that a scan hangs on",
}  # fmt: skip


@pytest.fixture
def owner(owner_dsn: str) -> Iterator[Owner]:
    with psycopg.connect(owner_dsn) as connection:
        yield connection


def tables(owner: Owner) -> dict[str, dict[str, object]]:
    rows = owner.execute(
        """SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, obj_description(c.oid),
                  EXISTS (SELECT FROM information_schema.role_table_grants g WHERE g.table_name = c.relname AND g.grantee = 'concordat_app'),
                  EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
             FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace"""
    ).fetchall()
    return {
        str(r[0]): {"rls": r[1], "forced": r[2], "comment": r[3] or "", "granted": r[4], "policies": r[5]} for r in rows
    }


def test_every_table_that_the_application_reaches_is_protected_or_open_with_a_reason(owner: Owner) -> None:
    loose = [
        name
        for name, is_ in tables(owner).items()
        if is_["granted"] and not (is_["rls"] and is_["policies"]) and not str(is_["comment"]).startswith("open: ")
    ]
    assert loose == []


# Views are made by the owner and pass the policies of their tables: each gives out numbers of one's own links only.
VIEWS = {"access.agreed_link": "the links of mine whose person agrees now"}


def test_no_view_passes_the_policies_but_those_named_here(owner: Owner) -> None:
    rows = owner.execute(
        "SELECT c.oid::regclass::text, c.reloptions::text FROM pg_class c WHERE c.relkind IN ('v', 'm') "
        "AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema') "
        "AND (has_table_privilege('concordat_app', c.oid, 'SELECT') OR has_table_privilege('concordat_signin', c.oid, 'SELECT'))"
    ).fetchall()
    assert {str(name): str(options) for name, options in rows} == dict.fromkeys(VIEWS, "{security_barrier=true}")


def test_records_are_forced_but_for_those_that_the_functions_read(owner: Owner) -> None:
    records = [m._meta.db_table for m in OURS if hasattr(m, "category_of")]
    found = tables(owner)
    assert [t for t in records if not found[t]["forced"] and t not in READ_BY_FUNCTIONS] == []
    assert [t for t in records if not found[t]["rls"]] == []


def test_no_grant_of_delete_or_truncate_on_records(owner: Owner) -> None:
    # A name's tokens are made anew with the name; of referrals a policy lets only drafts of one's own go.
    rows = owner.execute(
        "SELECT table_name FROM information_schema.role_table_grants WHERE grantee IN ('concordat_app', 'concordat_signin') "
        "AND privilege_type IN ('DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER') AND table_schema = 'public'"
    ).fetchall()
    records = {m._meta.db_table for m in OURS if hasattr(m, "category_of")} - {"cases_nametoken", "referrals_referral"}
    assert {str(r[0]) for r in rows} & records == set()


def test_public_may_do_nothing(owner: Owner) -> None:
    rows = owner.execute(
        "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC' AND table_schema = 'public'"
    ).fetchall()
    assert rows == []


def policies(owner: Owner) -> str:
    rows = owner.execute(
        "SELECT tablename, policyname, permissive, roles::text, cmd, coalesce(qual, ''), coalesce(with_check, '') "
        "FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2"
    ).fetchall()
    return "\n".join(" | ".join(re.sub(r"\s+", " ", str(part)) for part in row).rstrip(" |") for row in rows) + "\n"


def test_every_change_of_a_policy_is_seen_in_review(owner: Owner) -> None:
    """Write the new text with GOLDEN=1 and read the difference before you commit it."""
    now = policies(owner)
    if os.environ.get("GOLDEN"):
        GOLDEN.write_text(now, encoding="utf-8")
    assert now == GOLDEN.read_text(encoding="utf-8")


def test_no_policy_is_for_all_commands(owner: Owner) -> None:
    assert owner.execute("SELECT tablename FROM pg_policies WHERE cmd = 'ALL'").fetchall() == []


def _label(model: type[Model]) -> str:
    return model._meta.label_lower


def _layer(model: type[Model]) -> str:
    """Return the folder of a model below the package; the objectives are one layer."""
    return model.__module__.removeprefix("concordat.").partition(".")[0]


@pytest.mark.parametrize("model", OURS, ids=_label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    """Lazy "app.Model" references escape the import linter; the tables must obey the layers too."""
    mine = LAYERS.index(_layer(model))
    targets = {_layer(f.related_model) for f in model._meta.fields if isinstance(f.related_model, type)}
    assert [t for t in targets if t in LAYERS and LAYERS.index(t) > mine] == []


@pytest.mark.parametrize(
    ("schema", "layer"), [("ledger", "ledger"), ("agreements", "agreements"), ("access", "access")]
)
def test_functions_read_no_table_of_a_higher_folder(owner: Owner, schema: str, layer: str) -> None:
    above = LAYERS[LAYERS.index(layer) + 1 :]
    rows = owner.execute(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = %s::regnamespace", [schema]
    ).fetchall()
    assert [(n, a) for n, source in rows for a in above if re.search(rf"\bpublic\.{a}_", str(source))] == []


SOURCES = [p for p in PACKAGE.rglob("*.py") if not {"tests", "migrations", "testing", "node_modules"} & set(p.parts)]
RECORDS = "|".join(sorted(m.__name__ for m in OURS if hasattr(m, "category_of")))
UNLOGGED = re.compile(rf"\b({RECORDS})\.objects\b.*\.(values|values_list|raw|aggregate)\(")
# Where a record's column is read without loading the row, with the reason why nothing passes unlogged.
MAY = {
    "referrals/delivery/views.py": "the working code beside a row that is loaded, and so noted",
    "referrals/asking/actions/referral.py": "which references are taken; they are not shown",
    "imports/load.py": "which references and numbers are taken in one's own caseload; not shown",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_records_are_loaded_so_that_reading_is_logged(path: Path) -> None:
    """`values()` and the like pass by `from_db`, which notes the read."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if UNLOGGED.search(line)]
    assert bool(lines) == (str(path.relative_to(PACKAGE)) in MAY)
