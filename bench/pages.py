"""How long people wait for the pages that they open most: `python -m bench.pages [--cases N ...] [--requests N]`.

Each figure is the time of a whole request over HTTP, in milliseconds, by clients that keep their connections. The same
pages are measured again while the application's role passes row security, in the same run, so that the ratio says what
the policies cost on this machine.
"""

import argparse
import http.client
import itertools
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import django

from bench import installation

CLIENTS = (1, 16)
WARM = 5  # requests of each client before anything is timed
PATIENCE = 15  # seconds for each page without row security
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Page:
    """What is asked for: by whom, where, and for what is sent, the fields of the form."""

    name: str
    by: str
    address: Callable[[int], str]
    sends: Callable[[int], dict[str, str]] | None = None
    expects: int = 200


class Client:
    """One connection with the session of somebody."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=120)
        self.cookie = cookie

    def ask(self, method: str, address: str, body: str | None = None) -> tuple[int, str, str]:
        """Return status, page and the cookie that was set."""
        headers = {"Cookie": self.cookie} | (FORM if body is not None else {})
        self.connection.request(method, address, body=body, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Set-Cookie") or ""

    def prepare(self, address: str) -> dict[str, str]:
        """Fetch a form once: its token and cookie serve every later sending."""
        status, page, set_cookie = self.ask("GET", address)
        assert status == http.client.OK, (status, address)
        if set_cookie:
            self.cookie += f"; {set_cookie.split(';')[0]}"
        found = TOKEN.search(page)
        assert found
        return {"csrfmiddlewaretoken": found[1]}


def main() -> int:
    """Measure and print a table; each size in a process of its own, for settings are read once."""
    parser = argparse.ArgumentParser(description="Time the pages that people open most.")
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--requests", type=int, default=160, help="for each page and number of clients")
    asked = parser.parse_args()
    if len(asked.cases) > 1:
        command = [sys.executable, "-m", "bench.pages", "--requests", str(asked.requests), "--cases"]
        return max(subprocess.run([*command, str(one)], check=False).returncode for one in asked.cases)
    with installation.home() as home:
        # served as `deploy/concordat.env` says: by two processes, one for each core
        os.environ |= {"CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0", "CONCORDAT_SERVER": "gunicorn"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.config.settings"
        django.setup()
        measure(home, asked.cases[0], asked.requests)
    return 0


def measure(home: Path, cases: int, requests: int) -> None:
    """Fill, serve and time; then time again without row security."""
    from bench import country, subjects  # noqa: PLC0415 - needs a ready Django

    with installation.superuser(home) as db:
        began = time.monotonic()
        country.fill(db, cases)
        print(f"{cases} cases made in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        cookies, asked = subjects.sessions(), subjects.pages(db)
        counted = {page.name: subjects.statements(page) for page in asked}
        with installation.served() as port:
            bound = timed(port, asked, cookies, requests)
        db.execute("ALTER ROLE concordat_app BYPASSRLS")
        with installation.served() as port:
            # as many connections as before: one after another answers, and each has caches of its own
            crowd(port, asked[0], cookies[asked[0].by], itertools.count(), (max(CLIENTS), WARM))
            free = {page.name: in_time(port, page, cookies[page.by], requests) for page in asked}
    print("| cases | page | clients | p50 ms | p95 ms | p50 without row security, 1 client | ratio | statements |")
    for (name, clients), times in bound.items():
        without = p(free[name], 50)
        compared = f"{without:.0f} | {p(times, 50) / without:.2f}" if clients == 1 else " | "
        figures = f"{p(times, 50):.0f} | {p(times, 95):.0f} | {compared}"
        print(f"| {cases} | {name} | {clients} | {figures} | {counted[name]} |", flush=True)


def in_time(port: int, page: Page, cookie: str, requests: int) -> list[float]:
    """Return the times of one client without row security; what shows everything to everybody is asked less often."""
    every = one_client(port, page, cookie, requests + WARM * max(CLIENTS), itertools.count(1000))
    began, times = time.monotonic(), [next(every)]
    for one in every:
        times.append(one)
        if time.monotonic() - began > PATIENCE:
            break
    return times[WARM * max(CLIENTS) :] or times[-5:]


def timed(
    port: int, asked: Sequence[Page], cookies: dict[str, str], requests: int
) -> dict[tuple[str, int], list[float]]:
    """Return the times of each page at each number of clients.

    Before that, every connection of the server has opened the page a few times: it plans a statement at its first uses,
    once for as long as it lives.
    """
    found = {}
    numbers = itertools.count()
    for page in asked:
        crowd(port, page, cookies[page.by], numbers, (max(CLIENTS), WARM))
        for clients in CLIENTS:
            each = max(3, requests // clients)
            found[page.name, clients] = crowd(port, page, cookies[page.by], numbers, (clients, each))
    return found


def crowd(port: int, page: Page, cookie: str, numbers: Iterator[int], size: tuple[int, int]) -> list[float]:
    """Return the times of so many clients that open a page at once, each so often."""
    clients, each = size
    with ThreadPoolExecutor(clients) as pool:
        runs = [pool.submit(lambda: list(one_client(port, page, cookie, each, numbers))) for _ in range(clients)]
        return [one for run in runs for one in run.result()]


def one_client(port: int, page: Page, cookie: str, share: int, numbers: Iterator[int]) -> Iterator[float]:
    """Yield the times of one client in milliseconds; the first request of a connection only warms up."""
    client = Client(port, cookie)
    token = client.prepare(page.address(0)) if page.sends else {}
    for turn in range(share + 1):
        number = next(numbers)
        body = urlencode({**token, **page.sends(number)}) if page.sends else None
        began = time.perf_counter()
        status, text, _ = client.ask("POST" if page.sends else "GET", page.address(number), body)
        took = (time.perf_counter() - began) * 1000
        assert status == page.expects, (status, page.name, text[-800:])
        if turn:
            yield took


def p(times: list[float], percent: int) -> float:
    """Return a percentile; of one time, itself."""
    if len(times) == 1:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
