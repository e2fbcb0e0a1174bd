"""Pages while a long list is loaded: `python -m bench.busy [--cases 100000] [--rows 5000]`.

The worker loads the list in a process of its own, as in an installation; meanwhile somebody opens one page after
another. Printed is how long the load took, how long each page, and how long the same pages with nothing else to do.
"""

import argparse
import http.client
import sys
import time
from functools import partial
from itertools import count

from bench import installation
from bench.pages import Page, one_client, p

QUIET = 64  # requests for each page without a load beside it
WARM = 24  # requests for each page before anything is timed: each connection plans its statements first


def main() -> int:
    """Make an installation, load, measure."""
    parser = argparse.ArgumentParser(description="Time pages while a caseload is loaded.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=5_000)
    asked = parser.parse_args()
    with installation.ready(CONCORDAT_SERVER="gunicorn") as db:
        measure(db, asked.cases, asked.rows)
    return 0


def measure(db: installation.Database, cases: int, rows: int) -> None:
    """Print the time of the load and of the pages."""
    from bench import country, subjects  # noqa: PLC0415 - needs a ready Django
    from bench.imports import begin, staged, workbook  # noqa: PLC0415 - as above
    from concordat.cli import lifeline  # noqa: PLC0415 - as above

    country.fill(db, cases)
    cookies, numbers = subjects.sessions(), count()
    pages = [one for one in subjects.pages(db) if one.expects == http.client.OK]
    begin(staged(workbook(rows)))
    with installation.served() as port:
        asked = partial(timed, port, cookies, numbers)
        for page in pages:
            asked(page, WARM)
        began, worker = time.perf_counter(), lifeline.spawn("worker")
        busy: dict[str, list[float]] = {page.name: [] for page in pages}
        while loading(db):
            for page in pages:
                busy[page.name] += asked(page, 1)
        took = time.perf_counter() - began
        alone = {page.name: asked(page, QUIET) for page in pages}
        lifeline.end(worker)  # last: the last of its processes takes the server with it
    print(f"{rows} rows loaded in {took:.1f} s beside pages at {cases} cases")
    print("| page | requests | p50 ms while loading | p95 ms | p50 ms alone | p95 ms |")
    for name, times in busy.items():
        figures = [p(times, 50), p(times, 95), p(alone[name], 50), p(alone[name], 95)]
        print(f"| {name} | {len(times)} | {' | '.join(f'{one:.0f}' for one in figures)} |")


def timed(port: int, cookies: dict[str, str], numbers: "count[int]", page: Page, times: int) -> list[float]:
    """Open a page some times, and return how long each took in milliseconds."""
    return list(one_client(port, page, cookies[page.by], times, numbers))


def loading(db: installation.Database) -> bool:
    """Say whether the list is not yet loaded."""
    return db.execute("SELECT 1 FROM imports_upload WHERE finished_at IS NULL").fetchone() is not None


if __name__ == "__main__":
    sys.exit(main())
