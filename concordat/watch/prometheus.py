"""The numbers of the server as Prometheus reads them: routes, counts, ages. Nothing in them is about anybody."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate

from django.conf import settings

from concordat import __version__
from concordat.core import last_backup

from .counting import BOUNDS, OTHER, STATUSES, Total, counts
from .pulse import Pulse

Sample = tuple[str, float]


def text(pulse: Pulse) -> str:
    """Write everything."""
    return "\n".join([*about_requests(list(counts().totals())), *about_state(pulse), ""])


def about_requests(totals: list[Total]) -> Iterator[str]:
    """Write the counts and times of requests."""
    asked = [
        (f'{{route="{total.route}",status="{status}"}}', number)
        for total in totals
        for status, number in zip((*STATUSES, OTHER), total.statuses, strict=True)
        if number
    ]
    yield from family("concordat_requests_total", "counter", "Requests by route and status.", asked)
    yield "# HELP concordat_request_seconds How long requests took, by route."
    yield "# TYPE concordat_request_seconds histogram"
    for total in totals:
        yield from histogram(total)


def histogram(total: Total) -> Iterator[str]:
    """Write how long the answers of one route took."""
    for bound, number in zip((*BOUNDS, "+Inf"), accumulate(total.times), strict=True):
        yield f'concordat_request_seconds_bucket{{route="{total.route}",le="{bound}"}} {number}'
    yield f'concordat_request_seconds_sum{{route="{total.route}"}} {total.seconds:.6f}'
    yield f'concordat_request_seconds_count{{route="{total.route}"}} {sum(total.times)}'


def about_state(pulse: Pulse) -> Iterator[str]:
    """Write how the server does; what is not known is left out."""
    made = last_backup.made_at(settings.HOME)
    ages = (
        ("concordat_log_head_age_seconds", "Since the newest line of the log.", pulse.log_age),
        ("concordat_worker_age_seconds", "Since the worker last worked.", pulse.worker_age),
        ("concordat_log_unplaced_age_seconds", "Of the oldest line without a place in the tree.", pulse.unplaced_age),
        ("concordat_backup_age_seconds", "Since a backup was last made from here.", seconds_since(made)),
    )
    yield from family("concordat_info", "gauge", "The version.", [(f'{{version="{__version__}"}}', 1)])
    yield from family("concordat_database_up", "gauge", "1 when the database answers.", [("", int(pulse.answers))])
    for name, meaning, age in ages:
        yield from family(name, "gauge", meaning, [] if age is None else [("", round(age, 1))])
    waiting = [(f'{{kind="{kind}"}}', number) for kind, number in (pulse.waiting or {}).items()]
    yield from family("concordat_jobs_waiting", "gauge", "What waits to be done by the worker.", waiting)


def family(name: str, kind: str, meaning: str, samples: Iterable[Sample]) -> Iterator[str]:
    """Write one family of numbers."""
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    yield from (f"{name}{labels} {value}" for labels, value in samples)


def seconds_since(moment: datetime | None) -> float | None:
    """Return how long ago something was, if it was."""
    return (datetime.now(UTC) - moment).total_seconds() if moment else None
