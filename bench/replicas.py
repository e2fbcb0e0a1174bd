"""Read after revoke, with a replica that is killed in the middle: `python -m bench.replicas [--trials 10000]`.

Two real servers. Somebody's post is ended on the primary, and as soon as the primary says that this is done, the
replica is asked for cases as that person: not one may come back. Then the post begins again, and the same question has
to bring them, else the first answer would show nothing. In the middle the replica is killed: the change under way has
to be done within ten seconds, and the replica, started again, answers nobody before it is let in again. The same is
then asked for through pages, and at last the primary is killed and the replica takes its place. Printed as JSON.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg

from bench import installation
from concordat.core.postgres import Cluster, account
from concordat.core.postgres.keys import load_keys
from concordat.core.testing import standby

NAME = "replica1"
CASES = b"SELECT count(*) FROM cases_case"
END = "UPDATE people_membership SET valid_until = clock_timestamp() WHERE id = %s"
BEGIN = "UPDATE people_membership SET valid_until = NULL WHERE id = %s"
PATIENCE = 60.0  # seconds until a replica has to be in


class Pair:
    """A primary with an installation, its replica, and the process that keeps it."""

    def __init__(self, folder: Path, replica: Cluster) -> None:
        self.primary, self.replica = Cluster(folder), replica
        self.key = load_keys(folder)["context_key"].encode()
        self.db = psycopg.connect(self.primary.dsn("postgres"), autocommit=True)
        self.db.execute("SET synchronous_commit = remote_apply")
        from concordat.demo.world import LANTERN, named  # noqa: PLC0415 - needs a ready Django

        self.member = (named("nadia"), LANTERN, named("user:nadia"))
        self.reader: psycopg.Connection[tuple[object, ...]] | None = None

    def is_in(self) -> bool:
        """Tell whether the replica may answer, as the primary has written it."""
        found = self.db.execute("SELECT named FROM ledger_lease").fetchone()
        return bool(found and found[0])

    def wait_until_in(self) -> float:
        """Return how many seconds it took until the replica might answer."""
        began = time.monotonic()
        while not self.is_in():
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError("the replica was not let in")
            time.sleep(0.1)
        return time.monotonic() - began

    def seen(self) -> int | None:
        """Ask the replica for cases as the person, under the policies; None where it does not answer."""
        from concordat.ledger.context import Actor, sign  # noqa: PLC0415 - needs a ready Django

        membership, organisation, user = self.member
        try:
            if self.reader is None or self.reader.closed:
                self.reader = psycopg.connect(self.replica.dsn("concordat_app"), connect_timeout=2)
            with self.reader.transaction():
                token = sign(
                    Actor(membership, organisation, user, "intervention"),
                    process=self.reader.info.backend_pid, key=self.key,
                )  # fmt: skip
                self.reader.execute("SELECT set_config('concordat.context', %s, true)", [token])
                found = self.reader.execute(CASES).fetchone()
        except psycopg.Error:
            return None
        assert found is not None
        return int(str(found[0]))


@contextmanager
def pair() -> Iterator[Pair]:
    """Have both servers, with durable settings, and this process set up to use them."""
    with installation.home() as folder:
        other = Path(tempfile.mkdtemp(prefix="concordat-bench-"))
        other.chmod(0o711 if account.is_root() else 0o700)
        replica = standby.follow(Cluster(folder), other, NAME)
        os.environ |= {
            "CONCORDAT_HOME": str(folder), "CONCORDAT_DEMO": "0",
            "CONCORDAT_REPLICAS": f"{NAME}={replica.socket_folder}:5432",
            "DJANGO_SETTINGS_MODULE": "concordat.config.settings",
        }  # fmt: skip
        django.setup()
        keeper = subprocess.Popen([sys.executable, "-m", "concordat", "keep-replicas"], stderr=subprocess.DEVNULL)
        try:
            yield Pair(folder, replica)
        finally:
            keeper.terminate()
            keeper.wait(30)
            replica.stop()
            shutil.rmtree(other, ignore_errors=True)


def trials(both: Pair, number: int, ask: Callable[[], int | None], *, kill_at: int = -1) -> dict[str, Any]:
    """End and begin a post again and again, and ask after each; kill the replica once on the way."""
    found: Counter[str] = Counter()
    longest = away = 0.0
    for trial in range(number):
        if trial == kill_at:
            standby.kill(both.replica)
        began = time.monotonic()
        both.db.execute(END, [both.member[0]])
        took = time.monotonic() - began
        longest, away = (longest, took) if trial == kill_at else (max(longest, took), away)
        found[{None: "no answer", 0: "closed"}.get(ask(), "STALE")] += 1
        both.db.execute(BEGIN, [both.member[0]])
        found[{None: "no answer", 0: "LOST"}.get(ask(), "open")] += 1
        if trial == kill_at:
            away = took
            both.replica.start()
            found.update(asked_while_out(both, ask))
    return {**found, "longest change ms": round(longest * 1000, 1), "change while it died s": round(away, 1)}


def asked_while_out(both: Pair, ask: Callable[[], int | None]) -> Counter[str]:
    """Ask a replica that has come back until it is let in; it answers nobody before."""
    found: Counter[str] = Counter()
    while not both.is_in():
        answer = ask()
        if not both.is_in():
            found["refused while out" if answer is None else "ANSWERED WHILE OUT"] += 1
        time.sleep(0.02)
    return found


def pages(both: Pair, number: int) -> dict[str, Any]:
    """Do the same through pages, and say who put them together and where their lines were written."""
    from django.db import connections  # noqa: PLC0415 - needs a ready Django
    from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: PLC0415 - as above
    from django.urls import reverse  # noqa: PLC0415 - as above

    from concordat.cli.outside_checks import check_replica  # noqa: PLC0415 - as above
    from concordat.core.testing.visitor import signed_in  # noqa: PLC0415 - as above
    from concordat.demo.world import named  # noqa: PLC0415 - as above

    setup_test_environment()
    client, address = signed_in("nadia"), reverse("cases:detail", args=[named("civil_case")])
    client.get(address)
    with CaptureQueriesContext(connections[NAME]) as here, CaptureQueriesContext(connections["default"]) as there:
        first = client.get(address)
    lines = [one["sql"] for one in there.captured_queries if "ledger.write" in one["sql"]]
    told = {
        "status": first.status_code, "statements on the replica": len(here), "on the primary": len(there),
        "lines on the primary": len(lines),
    }  # fmt: skip
    asked = trials(both, number, lambda: int(client.get(address).status_code == first.status_code))
    return {**told, **asked, "the doctor": check_replica(NAME).level.value}


def failover(both: Pair) -> dict[str, bool]:
    """Kill the primary after a post has been ended, and make the replica the new one."""
    both.db.execute(END, [both.member[0]])
    standby.kill(both.primary)
    both.replica.run("pg_ctl", "-D", str(both.replica.data), "-w", "promote")
    closed = both.seen()
    with psycopg.connect(both.replica.dsn("postgres"), autocommit=True) as new:
        new.execute(BEGIN, [both.member[0]])
    return {"the last change holds": closed == 0, "it answers and takes changes": bool(both.seen())}


def main() -> int:
    """Make both servers and measure."""
    parser = argparse.ArgumentParser(description="Read after revoke with a replica that is killed in the middle.")
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=200)
    asked = parser.parse_args()
    with pair() as both:
        first = both.wait_until_in()
        database = trials(both, asked.trials, both.seen, kill_at=asked.trials // 2)
        shown = pages(both, asked.pages)
        after = failover(both)
    found = {"seconds until in": round(first, 1), "database": database, "pages": shown, "fail-over": after}
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
