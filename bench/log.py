"""The log at a million lines: written durably, given places, verified here and outside: `python -m bench.log`.

Lines are written by the database itself as requests write them, through `ledger.append`; some connections at once
commit one line each, which is what a server does at most. Beside the wall-clock time stand processor seconds, of
PostgreSQL and of the program that measures, because other work on the machine changes only the former.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psutil
import psycopg

from bench import installation
from concordat.core.postgres import Cluster

LINE = '[{"owner": 10, "case": "00000000-0000-4000-8000-000000000000", "categories": [2, 7, 9], "detail": {}}]'
APPEND = "SELECT ledger.append('read', 'cases:detail', NULL, %s::jsonb)"
MANY = "SELECT ledger.append('read', 'cases:detail', NULL, %s::jsonb) FROM generate_series(1, %s)"
PIECE = 50_000  # lines in one transaction, where nobody asks how fast they are written


def main() -> int:
    """Measure in an installation of its own."""
    parser = argparse.ArgumentParser(description="Time the log: written, sequenced, verified, exported.")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--durable", type=int, default=4_000, help="lines that are committed one by one")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        django.setup()
        measure(asked.inside, asked.lines, asked.durable, asked.clients)
        return 0
    with installation.home() as home:
        environment = os.environ | {
            "CONCORDAT_HOME": str(home), "CONCORDAT_DB_ROLE": "owner",
            "DJANGO_SETTINGS_MODULE": "concordat.config.settings",
        }  # fmt: skip
        subprocess.run([sys.executable, "-m", "bench.log", *sys.argv[1:], "--inside", str(home)], check=True,
                       env=environment)  # fmt: skip
    return 0


def measure(home: Path, lines: int, durable: int, clients: int) -> None:
    """Take a log of so many lines through everything."""
    from concordat.ledger import checking, checkpoints, tree  # noqa: PLC0415 - needs a ready Django
    from concordat.ledger.management.commands.log_export import write  # noqa: PLC0415 - as above

    server = Server(home)
    print("| what | lines | wall s | processor s | lines/s |\n| --- | --- | --- | --- | --- |", flush=True)
    with server.timed(f"written durably, {clients} connections, a commit for each line", durable):
        written(home, durable, clients)
    fill(home, lines)
    with server.timed("given places, tree and checkpoint", lines):
        checkpoints.place_lines()
    checkpoints.make()
    size = tree.size_of_tree()
    with server.timed("verify-log: lines, tree, checkpoints", size):
        assert [*checking.lines_and_tree(), *checking.signatures(set())] == []
    for kind, only in (("log-export", False), ("log-export --hashes-only", True)):
        file = home / f"{kind}.jsonl"
        with server.timed(kind, size):
            write(file, size, hashes_only=only)
        with server.timed(f"verify_log.py, standard library only, {file.stat().st_size >> 20} MB", size):
            outside(file)
    with server.timed("proofs of inclusion", 1000):
        for index in range(0, size, size // 1000):
            tree.inclusion(index, size)


def written(home: Path, count: int, clients: int) -> None:
    """Commit lines one by one, from several connections at once."""

    def one(_number: int) -> None:
        with psycopg.connect(Cluster(home).dsn("postgres"), autocommit=True) as connection:
            for _ in range(count // clients):
                connection.execute(APPEND, [LINE])

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(one, range(clients)))


def fill(home: Path, count: int) -> None:
    """Write lines in large pieces."""
    with installation.superuser(home) as connection:
        for first in range(0, count, PIECE):
            connection.execute(MANY, [LINE, min(PIECE, count - first)])


def outside(file: Path) -> None:
    """Check an export as somebody without Concordat does."""
    from concordat.ledger.management.commands.log_export import VERIFIER  # noqa: PLC0415 - needs a ready Django

    subprocess.run([sys.executable, "-I", "-S", str(VERIFIER), str(file)], check=True, stdout=subprocess.DEVNULL)


class Server:
    """The processes whose time counts: PostgreSQL's, and one's own with its children."""

    def __init__(self, home: Path) -> None:
        self.postmaster = psutil.Process(int((Cluster(home).data / "postmaster.pid").read_text().split()[0]))
        self.gone = 0.0

    @contextmanager
    def timed(self, what: str, lines: int) -> Iterator[None]:
        """Print how long the block took."""
        wall, processor = time.perf_counter(), self.spent()
        yield
        wall, processor = time.perf_counter() - wall, self.spent() - processor
        print(f"| {what} | {lines:,} | {wall:.1f} | {processor:.1f} | {lines / wall:,.0f} |", flush=True)

    def spent(self) -> float:
        """Return the processor seconds so far; of PostgreSQL's processes also those that have ended."""
        times: Callable[[Any], float] = lambda of: of.user + of.system + of.children_user + of.children_system  # noqa: E731
        own = times(psutil.Process().cpu_times())
        alive = sum(times(one.cpu_times()) for one in self.postmaster.children())
        return own + times(self.postmaster.cpu_times()) + alive


if __name__ == "__main__":
    sys.exit(main())
