"""A move from the embedded server to one of the machine's own (Debian's): everything arrives, stays open and sorted."""

import lzma
import subprocess
from pathlib import Path

import psycopg
import pytest

from concordat.cli import clients
from concordat.cli.tests.conftest import Concordat, External
from concordat.cli.tests.test_upgrade import OLD
from concordat.core.postgres import Cluster, load_keys

ORDER = "SELECT shown_name FROM people_membership ORDER BY sort_key, id"
CLOSED = "SELECT count(*) FROM agreements_closure"


def rows(dsn: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as reader:
        return list(reader.execute(query.encode()).fetchall())


@pytest.fixture(scope="module")
def embedded(state_folder: Path, concordat: Concordat) -> Cluster:
    """Give an installation with the world in it, brought up to date, that does not run."""
    cluster = Cluster(state_folder)
    with cluster.serving():
        owner = cluster.params("concordat_owner")
        command = [str(clients.program("psql", owner)), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        subprocess.run(command, input=lzma.decompress(OLD.read_bytes()), env=clients.environment(owner), check=True)
        assert concordat("migrate").returncode == 0
        with psycopg.connect(cluster.dsn("concordat_owner")) as connection:
            connection.execute("UPDATE people_membership SET shown_name = 'Élise Émond' WHERE shown_name LIKE 'N%'")
            connection.execute("UPDATE people_membership SET shown_name = 'aaron' WHERE shown_name LIKE 'P%'")
    return cluster


def test_it_arrives_stays_open_and_the_old_one_is_left(
    embedded: Cluster, external: External, concordat: Concordat
) -> None:
    keys = load_keys(embedded.home)
    there = external.settings | {"CONCORDAT_SEAL_KEY": keys["seal_key"], "CONCORDAT_LOG_KEY": keys["log_key"]}
    assert concordat("move").stderr.startswith("concordat: Say first where to: set DATABASE_URL")
    assert external.run_script(concordat("doctor", "--sql", **there).stdout).returncode == 0
    assert "Set CONCORDAT_SEAL_KEY to it." in concordat("move", **external.settings).stderr
    half = external.settings | {"CONCORDAT_SEAL_KEY": keys["seal_key"]}
    assert "Set CONCORDAT_LOG_KEY to it." in concordat("move", **half).stderr
    with embedded.serving():
        before = rows(embedded.dsn("concordat_backup"), ORDER)
        done = concordat("move", **there)
    assert done.returncode == 0, done.stderr
    params = external.server.params("postgres", "concordat")
    with psycopg.connect(**params) as reader:  # type: ignore[arg-type]  # every value is a text
        assert reader.info.server_version // 10000 >= 15
        after = list(reader.execute(ORDER).fetchall())
        assert reader.execute(CLOSED).fetchone() == (0,)
    assert after == before
    assert before[0] == ("aaron",)
    assert before.index(("Élise Émond",)) < len(before) - 1
    assert concordat("migrate", **there).returncode == 0
    assert "every leaf and every place holds" in concordat("verify-log", **there).stdout
    found = [line for line in concordat("doctor", **there).stdout.splitlines() if line.startswith("WRONG")]
    assert len(found) == 1  # the throw-away server is fast and not durable
    assert "may be lost in a power cut" in found[0]
    again = concordat("move", **there)
    assert again.stderr == f"concordat: What is in {embedded.home} has been moved already.\n"
    old = concordat("start")
    assert old.stderr == (
        f"concordat: What was in {embedded.home} has moved to another server. Set DATABASE_URL, as when you moved it.\n"
    )
