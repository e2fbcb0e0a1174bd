"""What the policies cost a page in processor time: `python -m bench.turns [--cases 100000]`.

Wall-clock times of two servers minutes apart say little on a machine that others use too. Here one process opens the
same pages in turns as the application's role and past row security, some rounds of each, and counts the milliseconds of
a processor that it and the backends of PostgreSQL took. Each round begins with pages that are not counted.
"""

import argparse
import statistics
import sys
import time
from typing import Any

import psutil

from bench import installation
from bench.pages import Page

ROUNDS, WARM, COUNTED = 4, 8, 16
ALIKE = ("case list, 150 cases", "case list, all cases", "case page, mentor", "case page, ministry", "name search")


def main() -> int:
    """Make an installation and measure in it."""
    parser = argparse.ArgumentParser(description="Count processor time of pages, with and without row security.")
    parser.add_argument("--cases", type=int, default=100_000)
    asked = parser.parse_args()
    with installation.ready() as db:
        measure(db, asked.cases)
    return 0


def measure(db: installation.Database, cases: int) -> None:
    """Print the medians of the rounds, for pages that show alike with and without row security."""
    from bench import country, subjects  # noqa: PLC0415 - needs a ready Django
    from concordat.core.testing.visitor import signed_in  # noqa: PLC0415 - as above

    country.fill(db, cases)
    subjects.sessions()
    pages = [page for page in subjects.pages(db) if page.name in ALIKE]
    clients = {name: signed_in(name) for name in {page.by for page in pages}}
    took: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for _ in range(ROUNDS):
        for way in ("NOBYPASSRLS", "BYPASSRLS"):
            db.execute(f"ALTER ROLE concordat_app {way}".encode())
            connect_anew()
            for page in pages:
                took.setdefault((page.name, way), []).append(counted(clients[page.by], page))
    print("| cases | page | Python + PostgreSQL ms | without row security | ratio |")
    for page in pages:
        bound, free = (middle(took[page.name, way]) for way in ("NOBYPASSRLS", "BYPASSRLS"))
        figures = f"{bound[0]:.0f} + {bound[1]:.0f} | {free[0]:.0f} + {free[1]:.0f} | {sum(bound) / sum(free):.2f}"
        print(f"| {cases} | {page.name} | {figures} |", flush=True)


def middle(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    python, postgres = zip(*rounds, strict=True)
    return statistics.median(python), statistics.median(postgres)


def connect_anew() -> None:
    """Drop every connection: a role's attribute counts from the next one on."""
    from django.db import connections  # noqa: PLC0415 - needs a ready Django

    connections.close_all()
    for one in connections.all():
        one.close_pool()  # type: ignore[attr-defined] # PostgreSQL's


def counted(client: Any, page: Page) -> tuple[float, float]:  # noqa: ANN401 - the test client
    """Return the processor time of one page in milliseconds: this process, and its backends."""
    from django.db import connections  # noqa: PLC0415 - needs a ready Django

    for number in range(WARM):
        ask(client, page, number)
    backends = [psutil.Process(one.connection.info.backend_pid) for one in connections.all() if one.connection]
    before, here = sum(map(spent, backends)), time.process_time()
    for number in range(WARM, WARM + COUNTED):
        ask(client, page, number)
    python, postgres = time.process_time() - here, sum(map(spent, backends)) - before
    return python * 1000 / COUNTED, postgres * 1000 / COUNTED


def spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def ask(client: Any, page: Page, number: int) -> None:  # noqa: ANN401 - the test client
    address = page.address(number)
    answer = client.post(address, page.sends(number)) if page.sends else client.get(address)
    assert answer.status_code == page.expects, (answer.status_code, page.name)


if __name__ == "__main__":
    sys.exit(main())
