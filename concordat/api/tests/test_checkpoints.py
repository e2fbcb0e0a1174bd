"""A machine of a partner fetches a checkpoint and brings it back signed; the rules are those of the pages."""

from base64 import b64decode
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from concordat.core.testing import plugin, throwaway
from concordat.core.testing.machines import Machine, machine_of
from concordat.countersigning import actions
from concordat.demo.world import PRISON, acting
from concordat.ledger import checkpoints, log, note
from concordat.ledger.outside import countersign
from concordat.ledger.outside.verify_log import Checkpoint as Read
from concordat.people.models import Scope

PATH = "/log/checkpoint"
BRING = "/log/countersignatures"
SECRET = bytes(range(32))
KEY = note.Key("lantern.example.org", countersign.public_of(SECRET))


def more(count: int) -> None:
    """Write lines, and have the worker sign."""
    for _ in range(count):
        with acting("pat"):
            log.record("tried", owner=PRISON)
    checkpoints.place_lines()
    checkpoints.make()


@dataclass
class Witnessing:
    """A machine of a partner, whose key a person has recorded."""

    machine: Machine
    database: str

    def signed(self, found: dict[str, Any]) -> str:
        body = note.read(found["note"]).body
        return str(found["note"]) + note.line_of(KEY, countersign.signature(SECRET, body.encode()))

    def refused_lines(self) -> int:
        with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", self.database)) as reader:
            row = reader.execute("SELECT count(*) FROM ledger_entry WHERE what = 'checkpoint.contradicted'").fetchone()
        assert row
        return int(row[0])


@pytest.fixture
def partner(own_database: str) -> Witnessing:
    more(5)
    with acting("ruth", level=2) as by:
        actions.record_key(text=str(KEY), level=2, by=by)
    return Witnessing(machine_of("ruth", Scope.WITNESS, purpose="administration"), own_database)


def test_a_machine_fetches_signs_and_brings(partner: Witnessing) -> None:
    found = partner.machine.get(PATH).json()
    assert found["fingerprint"] == checkpoints.key_of_log().fingerprint
    answer = partner.machine.post(BRING, {"note": partner.signed(found)})
    assert answer.status_code == 201, answer.content
    shown = partner.machine.get(answer.json()["location"].removeprefix("/api/v1")).json()
    assert (shown["size"], shown["fingerprint"]) == (found["size"], KEY.fingerprint)


def test_the_proof_leads_on_from_what_the_machine_holds(partner: Witnessing) -> None:
    old = partner.machine.get(PATH).json()
    more(6)
    new = partner.machine.get(f"{PATH}?since={old['size']}").json()
    proof = [b64decode(one) for one in new["proof"]]
    assert new["size"] > old["size"]
    assert countersign.goes_on(Read(old["note"], ""), Read(new["note"], ""), proof)
    assert partner.machine.get(f"{PATH}?since={new['size'] + 1}").status_code == 422


def test_what_contradicts_the_log_is_refused_and_the_line_about_it_stays(partner: Witnessing) -> None:
    from django.conf import settings  # noqa: PLC0415 - the key of the server, which a fork needs

    lines = note.read(partner.machine.get(PATH).json()["note"]).body.split("\n")
    lines[2] = "A" * 43 + "="
    forked = {"note": note.signed("\n".join(lines), secret=settings.LOG_KEY, name=lines[0])}
    answer = partner.machine.post(BRING, {"note": partner.signed(forked)})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("FORK: ")
    assert partner.refused_lines() == 1


def test_a_machine_records_no_key(partner: Witnessing) -> None:
    answer = partner.machine.post("/log/keys", {})
    assert answer.status_code == 403
    assert "input is not sign-off" in answer.json()["detail"]


def test_a_token_without_the_scope_does_neither(partner: Witnessing) -> None:
    other = machine_of("ruth", Scope.LISTS, purpose="administration")
    assert other.get(PATH).status_code == 403
    assert other.post(BRING, {"note": "x"}).status_code == 403


def test_the_countersignature_of_another_organisation_is_nothing(partner: Witnessing) -> None:
    made = partner.machine.post(BRING, {"note": partner.signed(partner.machine.get(PATH).json())}).json()
    helen = machine_of("helen", Scope.WITNESS, purpose="administration")
    there = helen.get(f"{BRING}/{made['id']}")
    nowhere = helen.get(f"{BRING}/00000000-0000-4000-8000-000000000000")
    assert there.status_code == 404
    assert there.content == nowhere.content
