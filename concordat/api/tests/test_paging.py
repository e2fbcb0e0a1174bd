"""Lists in pieces: nothing twice, nothing left out, whatever is added meanwhile; a cursor tells and opens nothing."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from concordat.cases.models import Case
from concordat.core.testing.machines import BASE, Machine, machine_of
from concordat.demo.world import PRISON, acting
from concordat.referrals.asking.tests import making

pytestmark = pytest.mark.django_db


def references(page: Any) -> list[str]:  # noqa: ANN401 - a response
    return [one["reference"] for one in page.json()["items"]]


def open_case(reference: str) -> None:
    with acting("pat"):
        Case.objects.create(owner_id=PRISON, reference=reference, working_code="X", service_purpose="Mentoring")


def walk(machine: Machine, path: str, limit: int) -> list[str]:
    """Go through a list to its end, by the address in `Link`."""
    found, address = [], f"{path}?limit={limit}"
    while address:
        page = machine.get(address)
        found += references(page)
        link = page.headers.get("Link", "")
        address = f"{path}?{urlsplit(link.split('>')[0][1:]).query}" if link else ""
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_a_list_in_pieces_is_the_list(limit: int) -> None:
    for number in range(5):
        open_case(f"B-{number}")
    assert walk(machine_of("pat"), "/cases", limit) == ["A-1001", *(f"B-{number}" for number in range(5))]


def test_what_is_added_meanwhile_moves_nothing() -> None:
    for number in (1, 3, 5):
        open_case(f"B-{number}")
    machine = machine_of("pat")
    first = machine.get("/cases?limit=2")
    assert references(first) == ["A-1001", "B-1"]
    for reference in ("A-0000", "B-0", "B-4"):
        open_case(reference)
    rest = machine.get(f"/cases?cursor={first.json()['next']}")
    assert references(rest) == ["B-3", "B-4", "B-5"]
    assert rest.json()["next"] is None


def test_rows_that_sort_alike_are_each_handed_out_once() -> None:
    sent = [making.make_sent().reference for _time in range(3)]
    with acting("pat"):
        connections["default"].cursor().execute("UPDATE referrals_referral SET need = need")
    assert sorted(walk(machine_of("pat"), "/referrals", 1)) == sorted([*sent, "RF-1001"])
    assert walk(machine_of("cora"), "/referrals", 1) == walk(machine_of("cora"), "/referrals", 100)


def test_a_cursor_says_nothing_and_holds_for_its_list_and_member_alone() -> None:
    open_case("B-1")
    machine = machine_of("pat")
    cursor = machine.get("/cases?limit=1").json()["next"]
    assert "A-1001" not in cursor
    assert cursor.isascii()
    for other, path in ((machine, "/referrals"), (machine_of("cora"), "/cases")):
        answer = other.get(f"{path}?cursor={cursor}")
        assert answer.status_code == 400
        assert "Begin the list anew" in answer.json()["detail"]
    assert machine.get(f"/cases?cursor={cursor[:-2]}xx").status_code == 400
    assert machine.get("/cases?cursor=%00").status_code == 400


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many"])
def test_a_piece_has_1_to_100_rows(limit: str) -> None:
    assert machine_of("pat").get(f"/cases?limit={limit}").status_code == 422


@pytest.mark.parametrize("path", ["/cases", "/referrals"])
def test_a_longer_list_asks_the_database_no_more_often(path: str) -> None:
    machine = machine_of("pat")
    counts = []
    for _time in range(2):
        making.make_sent()
        machine.get(path)  # what is planned once
        with CaptureQueriesContext(connections["default"]) as queries:
            assert machine.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_whole_journey_of_lists_is_there() -> None:
    machine, office = machine_of("cora"), machine_of("cora", purpose="administration")
    for path in ("/services", "/notices", "/referrals", "/reviews", "/end-reports", "/today", "/me"):
        assert machine.get(path).status_code == 200, path
    assert office.get("/agreements").status_code == 200
    assert BASE
