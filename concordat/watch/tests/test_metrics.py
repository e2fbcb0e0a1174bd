"""The numbers: of routes and ages, never of anybody."""

import multiprocessing
import re

import pytest
from django.test import Client

from concordat.core.testing.visiting import visit
from concordat.demo.world import named
from concordat.ledger.management.commands.worker import do_what_waits
from concordat.watch import counting, pulse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the database anew, and count from nothing."""
    monkeypatch.setattr(pulse, "AGAIN", -1.0)
    monkeypatch.setattr(counting, "_counts", [])


def numbers() -> dict[str, float]:
    """Return every sample of /metrics."""
    text = Client().get("/metrics").content.decode()
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_requests_are_counted_by_route_and_status() -> None:
    case = named("civil_case")
    for _ in range(3):
        visit("nadia", f"/cases/{case}/")
    Client().get("/no/such/page/")
    found = numbers()
    assert found['concordat_requests_total{route="cases:detail",status="200"}'] == 3
    assert found['concordat_requests_total{route="other",status="404"}'] == 1
    assert found['concordat_request_seconds_count{route="cases:detail"}'] == 3
    assert found['concordat_request_seconds_bucket{route="cases:detail",le="+Inf"}'] == 3
    assert 0 < found['concordat_request_seconds_sum{route="cases:detail"}'] < 60


def test_no_address_and_no_number_of_anybody_is_in_them() -> None:
    visit("nadia", f"/cases/{named('civil_case')}/?q=Sandoval")
    text = Client().get("/metrics").content.decode()
    assert str(named("civil_case")) not in text
    assert "Sandoval" not in text
    labels = set(re.findall(r'route="([^"]*)"', text))
    assert labels <= set(counting.counts().routes)


def test_the_state_of_the_server_is_told() -> None:
    visit("nadia", f"/cases/{named('civil_case')}/")
    do_what_waits()
    found = numbers()
    assert found["concordat_database_up"] == 1
    assert 0 <= found["concordat_worker_age_seconds"] < 60
    assert found['concordat_jobs_waiting{kind="log"}'] == 0
    assert found["concordat_log_head_age_seconds"] < 600
    assert "concordat_backup_age_seconds" not in found


def test_lines_of_the_log_wait_until_the_worker_places_them() -> None:
    do_what_waits()
    visit("nadia", f"/cases/{named('civil_case')}/")
    found = numbers()
    assert found['concordat_jobs_waiting{kind="log"}'] >= 1
    assert 0 <= found["concordat_log_unplaced_age_seconds"] < 60
    do_what_waits()
    assert "concordat_log_unplaced_age_seconds" not in numbers()


def count_in_slot(counts: counting.Counts, slot: int, times: int) -> None:
    counts.slot = slot
    for _ in range(times):
        counts.note("today:today", 200, 0.02)


def test_processes_that_were_forked_count_together() -> None:
    counts = counting.Counts(["today:today", counting.OTHER], slots=3)
    forks = multiprocessing.get_context("fork")
    processes = [forks.Process(target=count_in_slot, args=(counts, slot, 200)) for slot in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    (total,) = counts.totals()
    assert total.statuses[0] == 600
    assert total.times[1] == 600
    assert total.seconds == pytest.approx(12.0)
