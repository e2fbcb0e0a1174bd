"""An installation of version 0.1.0, with people in it, becomes one of this version: data, policies and log hold.

`data/concordat-0.1.0.sql.xz` is the database of that version as pg_dump wrote it, with the
fictional world of its tests.
A later version adds a file of its own when its tables differ.
"""

import lzma
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from concordat.access.tests.test_shape import GOLDEN, policies
from concordat.cli import clients
from concordat.cli.tests.conftest import Concordat
from concordat.cli.tests.test_start import started, status_of
from concordat.core.postgres import Cluster

OLD = Path(__file__).parent / "data" / "concordat-0.1.0.sql.xz"
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
SORTED = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'organisations_place'::regclass AND attname = 'sort_key'"
GROWS = {"django_migrations", "django_content_type", "auth_permission", "ledger_beat", "people_cache", "people_session"}


def rows_of(cluster: Cluster) -> dict[str, int]:
    """Count the rows of every table, past the policies."""
    with psycopg.connect(cluster.dsn("postgres")) as reader:
        names = {name for (name,) in reader.execute(TABLES).fetchall()} - GROWS
        counts = {name: reader.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in names}  # noqa: S608
    return {name: row[0] for name, row in counts.items() if row}


FUNCTIONS = """
SELECT p.oid::regprocedure::text, md5(p.prosrc), p.prosecdef, p.provolatile::text,
       ARRAY(SELECT a::text FROM unnest(p.proacl) AS a ORDER BY 1)
FROM pg_proc p WHERE p.proowner = 'concordat_owner'::regrole ORDER BY 1
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
"""
GRANTS = """
SELECT table_name, column_name, grantee, privilege_type FROM information_schema.column_privileges
WHERE table_schema = 'public' AND grantee LIKE 'concordat%' ORDER BY 1, 2, 3, 4
"""


LINE = '[{"owner": 10, "case": "00000000-0000-4000-8000-000000000000", "categories": [7, 2], "detail": {"about": 1}}]'


@pytest.fixture(scope="module")
def old(state_folder: Path) -> Iterator[tuple[Cluster, dict[str, int]]]:
    """Give an installation of 0.1.0, running, and how many rows its tables have."""
    cluster = Cluster(state_folder)
    with cluster.serving():
        owner = cluster.params("concordat_owner")
        command = [str(clients.program("psql", owner)), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        script = lzma.decompress(OLD.read_bytes())
        done = subprocess.run(command, input=script, env=clients.environment(owner), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        with psycopg.connect(cluster.dsn("concordat_owner")) as then:  # lines as that version wrote them
            for _ in range(3):
                then.execute("SELECT ledger.append('change', 'then', NULL, %s::jsonb)", [LINE])
            then.execute("SELECT ledger.sequence()")
            then.execute("SELECT ledger.append('change', 'then', NULL, %s::jsonb)", [LINE])
        yield cluster, rows_of(cluster)


def test_a_table_in_use_is_not_waited_for_without_end(
    old: tuple[Cluster, dict[str, int]], concordat: Concordat
) -> None:
    cluster, before = old
    with psycopg.connect(cluster.dsn("postgres")) as busy:
        busy.execute("LOCK TABLE organisations_organisation IN ACCESS SHARE MODE")
        began = time.monotonic()
        done = concordat("migrate")
    assert done.returncode == 1
    assert done.stderr == "concordat: The database refused: canceling statement due to lock timeout\n"
    assert time.monotonic() - began < 40
    assert before.items() <= rows_of(cluster).items()  # tables that were made before it are empty
    with psycopg.connect(cluster.dsn("postgres")) as reader:
        assert reader.execute(SORTED).fetchone() == (0,)


def test_a_live_installation_is_brought_up_to_date_by_its_start(
    old: tuple[Cluster, dict[str, int]], concordat: Concordat, owner_dsn: str
) -> None:
    cluster, before = old
    assert before["people_membership"] > 10
    assert before["cases_case"] >= 2
    with started(cluster.home) as (_, address):
        assert status_of(address + "/account/sign-in/") == 200
    after = rows_of(cluster)
    assert {name: after[name] for name in before} == before
    with psycopg.connect(cluster.dsn("postgres")) as reader:
        assert policies(reader) == GOLDEN.read_text(encoding="utf-8")
        upgraded = [reader.execute(query).fetchall() for query in (FUNCTIONS, TRIGGERS, GRANTS)]
        keys = reader.execute("SELECT count(*) FROM people_membership WHERE sort_key = ''").fetchone()
    assert keys == (0,)
    with psycopg.connect(owner_dsn) as fresh:
        made = [fresh.execute(query).fetchall() for query in (FUNCTIONS, TRIGGERS, GRANTS)]
    for there, wanted in zip(upgraded, made, strict=True):
        assert [row for row in wanted if row not in there] == []
    left = {row[0] for row in upgraded[0]} - {row[0] for row in made[0]}  # functions that nothing calls any more
    opened = [row for row in upgraded[0] if row[0] in left and "concordat_app" in str(row[4])]
    assert opened == []
    assert [row for row in upgraded[2] if row not in made[2]] == []
    assert concordat("worker", "--once").returncode == 0
    verified = concordat("verify-log")
    assert "every leaf and every place holds" in verified.stdout
    with psycopg.connect(cluster.dsn("postgres")) as reader:  # what came before there was a tree is in it
        lines = reader.execute("SELECT count(*), ledger.tree_size() FROM ledger_leaf").fetchone()
        forms = reader.execute("SELECT DISTINCT body::jsonb ->> 'v' FROM ledger_leaf").fetchall()
        signed = reader.execute("SELECT max(size) FROM ledger_checkpoint").fetchone()
    assert lines
    assert lines[0] == lines[1] >= before["ledger_leaf"] > 0
    assert forms == [("2",)]
    assert signed
    assert signed[0] >= before["ledger_leaf"]
    assert concordat("doctor").returncode == 0
