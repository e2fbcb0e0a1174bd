"""How often each route was asked for, what it answered, and how long that took.

The numbers lie in memory that is made before a server forks, so that all of its processes share it. Each process adds
to a part of its own and nobody waits for another: a process that is killed leaves no lock behind.
"""

import mmap
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

OTHER = "other"
STATIC = "static"
STATUSES = (200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 502, 503)
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
MICROSECONDS = 1_000_000
STATUS_PLACES, TIME_PLACES = len(STATUSES) + 1, len(BOUNDS) + 1
WIDTH = STATUS_PLACES + TIME_PLACES + 1  # the last place holds the sum of the times
NUMBER = 8  # bytes


class Total(NamedTuple):
    """What all processes together counted for one route."""

    route: str
    statuses: Sequence[int]
    times: Sequence[int]
    seconds: float


@dataclass
class Counts:
    """The counts of a server with up to `slots` processes."""

    routes: Sequence[str]
    slots: int = 1
    slot: int = 0
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.place = {route: place for place, route in enumerate(self.routes)}
        self.size = len(self.routes) * WIDTH
        self.memory = memoryview(mmap.mmap(-1, self.slots * self.size * NUMBER)).cast("Q")

    def note(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        start = self.slot * self.size + self.place.get(route, self.place[OTHER]) * WIDTH
        status_place = STATUSES.index(status) if status in STATUSES else STATUS_PLACES - 1
        with self.lock:
            self.memory[start + status_place] += 1
            self.memory[start + STATUS_PLACES + bisect_left(BOUNDS, seconds)] += 1
            self.memory[start + WIDTH - 1] += round(seconds * MICROSECONDS)

    def totals(self) -> Iterator[Total]:
        """Return the sums over all processes, for the routes that were asked for."""
        for place, route in enumerate(self.routes):
            starts = [slot * self.size + place * WIDTH for slot in range(self.slots)]
            sums = [sum(self.memory[start + number] for start in starts) for number in range(WIDTH)]
            times = sums[STATUS_PLACES : STATUS_PLACES + TIME_PLACES]
            if any(times):
                yield Total(route, sums[:STATUS_PLACES], times, sums[-1] / MICROSECONDS)


_counts: list[Counts] = []


def counts(slots: int = 1) -> Counts:
    """Return the counts of this server; the first call makes them, for as many processes as it says."""
    if not _counts:
        _counts.append(Counts([*sorted(set(names(get_resolver()))), STATIC, OTHER], slots))
    return _counts[0]


def names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Walk through every route by its name; addresses hold ids."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield before + (one.name or one.lookup_str)
        else:
            yield from names(one, before + (f"{one.namespace}:" if one.namespace else ""))
