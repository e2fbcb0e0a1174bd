"""Can the time of an answer tell a hidden case from none: `python -m bench.nothing [--pairs 10000] [--cases 10000]`.

Somebody of an organisation without any agreement asks in turns for a case that exists and for one that does not. From
half of the pairs the best dividing line between the two is learned; printed is how often it is right on the other half,
and how often the slower one of a pair is the hidden one. One half is guessing.
"""

import argparse
import http.client
import os
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

from bench import installation

ASKERS = 2  # side by side: waiting takes time, and more would wait for each other instead of showing the difference
Pair = tuple[float, float]  # seconds for the hidden one, and for the one that does not exist


def main() -> int:
    """Make an installation, ask, and print what the times tell; with the wait and without."""
    parser = argparse.ArgumentParser(description="Try to tell hidden cases by the time that answers take.")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    with installation.ready(CONCORDAT_SERVER="gunicorn") as db:
        measure(db, asked.cases, asked.pairs)
    return 0


def measure(db: installation.Database, cases: int, pairs: int) -> None:
    """Print a row for the server as it is shipped, and one for a server that answers at once."""
    from bench import country, subjects  # noqa: PLC0415 - needs a ready Django
    from concordat.demo.world import PRISON  # noqa: PLC0415 - as above

    country.fill(db, cases)
    cookie, hidden = subjects.session_of("otto"), subjects.cases_of(db, PRISON, 400)
    print("| step ms | pairs | median hidden ms | none ms | a dividing line is right | the slower is hidden |")
    for step in (50, 0):
        os.environ["CONCORDAT_NOTHING_MS"] = str(step)
        with installation.served() as port, ThreadPoolExecutor(ASKERS) as pool:
            asked = pool.map(partial(ask, port, cookie, hidden), [pairs // ASKERS] * ASKERS)
            found = [pair for one in asked for pair in one]
        show(step, found)


def ask(port: int, cookie: str, hidden: list[object], pairs: int) -> list[Pair]:
    """Ask for pairs of a hidden and a missing case, in random order, over one connection that is kept."""
    draw = random.Random()  # noqa: S311 - nothing secret
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for _ in range(pairs + 20):
        times = {}
        for name in draw.sample(("hidden", "none"), 2):
            number = draw.choice(hidden) if name == "hidden" else uuid4()
            began = time.perf_counter()
            connection.request("GET", f"/cases/{number}/", headers={"Cookie": cookie, "Host": "localhost"})
            answer = connection.getresponse()
            answer.read()
            times[name] = time.perf_counter() - began
            assert answer.status == http.client.NOT_FOUND, answer.status
        found.append((times["hidden"], times["none"]))
    return found[20:]


def show(step: int, pairs: list[Pair]) -> None:
    half = len(pairs) // 2
    line = best_line(pairs[:half])
    right = statistics.mean(((hidden > line) + (none <= line)) / 2 for hidden, none in pairs[half:])
    slower = statistics.mean(hidden > none for hidden, none in pairs)
    medians = " | ".join(f"{statistics.median(times) * 1000:.2f}" for times in zip(*pairs, strict=True))
    print(f"| {step} | {len(pairs)} | {medians} | {right:.3f} | {slower:.3f} |", flush=True)


def best_line(pairs: list[Pair]) -> float:
    """Return the time above which calling an answer hidden is right most often."""
    times = sorted([(hidden, 1) for hidden, _none in pairs] + [(none, -1) for _hidden, none in pairs])
    above = best = sum(kind for _time, kind in times)
    line = 0.0
    for at, kind in times:
        above -= kind
        if above > best:
            best, line = above, at
    return line


if __name__ == "__main__":
    sys.exit(main())
