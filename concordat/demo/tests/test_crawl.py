"""Everybody opens every page, and what comes back is compared with a plain reading of the agreements.

Every record of two cases, in every category and every form, holds a word that stands nowhere else. For each person the
plain reading of the signed papers (`access/tests/differential/oracle.py`) says which records they may read; then they
open every route of the product with everything that stands in for its parameters. A word in a body or a header that
they may not read is a leak; one that they may read and that no page shows is lost.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.utils.timezone import now

from concordat.access.tests.differential import load, oracle, stored
from concordat.access.tests.differential.facts import Ask
from concordat.access.tests.test_matrix import STATES
from concordat.core.codes import Category, Purpose
from concordat.core.testing import plugin, throwaway
from concordat.demo.tests.test_routes import Route, Visitor, asked_anew, ids, routes
from concordat.demo.world import LANTERN, PEOPLE, PRISON, acting, named
from concordat.people.memberships import purposes_of
from concordat.people.models import Membership

__all__ = ["asked_anew", "ids"]  # fixtures

WORD = re.compile(r"zq\d{5}x")
CASES = {"case": PRISON, "civil_case": LANTERN}
OF_A_CASE = {
    "cases:detail",
    "cases:plan",
    "cases:sessions",
    "cases:records",
    "cases:why",
    "cases:readers",
    "cases:export",
}
STORABLE = [category for category in Category if category not in load.NEVER_STORED]
SENDERS = {"nadia", "cora", "pat", "otto"}  # who also sends every form empty, to read what the errors say
OTHER_STATES = [state for state in STATES if state != "in force"]


CARRIERS = {"cases_fullrecord", "cases_summaryrecord"}
STRIDE = 29  # no number of categories or cases: each quotes another category, form or case
QUOTE = """
INSERT INTO quoting_quotation (id, owner_id, case_id, kind, record, of_owner_id, of_case, of_category, from_kind,
                               source, words, created_by_id, created_at, written_in)
VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, now(), 'en')
"""


@dataclass(frozen=True)
class Planted:
    """The database of one test, and for each word the records that somebody has to read, all of them, to see it."""

    superuser: psycopg.Connection[Any]
    words: dict[str, tuple[UUID, ...]]
    ids: dict[str, Any]

    def allowed(self, name: str, purposes: list[str]) -> set[str]:
        """Return the words that somebody may read for any of these purposes, as the signed papers say."""
        facts, at = stored.read(self.superuser), moment(self.superuser)
        member = facts.number(named(name))

        def may(records: tuple[UUID, ...], purpose: str) -> bool:
            return all(oracle.may_read(facts.world, Ask(member, purpose, facts.number(one), at)) for one in records)

        return {word for word, records in self.words.items() if any(may(records, purpose) for purpose in purposes)}


def moment(superuser: psycopg.Connection[tuple[datetime]]) -> datetime:
    """Return the present time of the database."""
    ((at,),) = superuser.execute("SELECT ledger.clock()").fetchall()
    return max(at, now())


@pytest.fixture
def planted(own_database: str, request: pytest.FixtureRequest) -> Iterator[Planted]:
    things = request.getfixturevalue("ids")
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as superuser:
        yield Planted(superuser, plant(superuser), things)


def plant(superuser: psycopg.Connection[Any]) -> dict[str, tuple[UUID, ...]]:
    """Put a record of every category and of every form that has a text beside each case; return the word in each.

    Beneath each that may carry one stands a quotation of another, of the same case or of the other's, with a word of
    its own: who sees that has to read both.
    """
    words: dict[str, tuple[UUID, ...]] = {}
    planted: list[dict[str, Any]] = []
    superuser.execute("SET session_replication_role = replica")
    for (form, table), case, category in product(load.TABLE_OF_FORM.items(), CASES, STORABLE):
        if texts := [name for name in ("title", "text", "fact") if name in load.body(form)]:
            word, record = f"zq{len(words):05}x", uuid4()
            row = load.filling(superuser, table) | load.body(form) | dict.fromkeys(texts, word)
            row |= {"id": record, "case_id": named(case), "owner_id": CASES[case], "category": category}
            row |= {"created_at": now(), "created_by_id": named("pat")}
            names, values = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
            superuser.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", list(row.values()))  # noqa: S608 - ours
            words[word] = (record,)
            planted.append({"table": table, **row})
    carriers = [row for row in planted if row["table"] in CARRIERS]
    for number, row in enumerate(carriers):
        source = carriers[(number + STRIDE) % len(carriers)]
        word = f"zq{len(words):05}x"
        superuser.execute(QUOTE, [
            row["owner_id"], row["case_id"], row["table"], row["id"], source["owner_id"], source["case_id"],
            source["category"], source["table"], source["id"], word, named("pat"),
        ])  # fmt: skip
        words[word] = (row["id"], source["id"])
    superuser.execute("RESET session_replication_role")
    return words


def purposes(name: str) -> list[str]:
    """Return the purposes for which somebody can open pages; the one of a fresh session first."""
    with acting(name):
        return purposes_of(Membership.objects.get(pk=named(name)))


def opened(name: str, found: list[Route], planted: Planted) -> dict[str, set[str]]:
    """Open these routes, with and without bad input; return the words that came back, by route."""
    visitor, words = Visitor(name), {}
    for route in found:
        for post in (False, True) if name in SENDERS else (False,):
            page = visitor.open(route.address(planted.ids), post=post)
            body = b"".join(page.streaming_content) if page.streaming else page.content
            words[f"{route}{' sent' if post else ''}"] = set(
                WORD.findall(f"{page.headers} {body.decode(errors='ignore')}")
            )
    return words


def leaks(words: dict[str, set[str]], allowed: set[str]) -> dict[str, set[str]]:
    return {route: seen - allowed for route, seen in words.items() if seen - allowed}


def see_the_same(planted: Planted, name: str, found: list[Route]) -> set[str]:
    """Check that pages show what the papers give, no more and no less; return it."""
    every = [*purposes(name), Purpose.ADMINISTRATION, Purpose.OVERSIGHT]
    shown = opened(name, found, planted)
    assert leaks(shown, planted.allowed(name, every)) == {}
    here = planted.allowed(name, every[:1])
    assert here - set[str]().union(*shown.values()) == set(), "open by agreement, and shown on no page"
    return here


@pytest.mark.requirement("ISP-4", "PP-22")
@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_shows_what_the_agreements_give(planted: Planted, name: str) -> None:
    see_the_same(planted, name, routes())


@pytest.mark.requirement("ISP-4", "ISP-24")
@pytest.mark.parametrize("state", OTHER_STATES)
def test_pages_of_a_case_follow_every_state_of_the_agreements(planted: Planted, state: str) -> None:
    found = [route for route in routes() if route.name in OF_A_CASE]
    before = {name: planted.allowed(name, purposes(name)[:1]) for name in PEOPLE}
    planted.superuser.execute(
        STATES[state].format(**{key: named(key) for key in (*PEOPLE, "protocol", "framework", *CASES)}).encode()
    )
    after = {name: see_the_same(planted, name, found) for name in PEOPLE}
    assert before != after, "a state that changes nothing proves nothing"


def test_the_reading_is_of_something(planted: Planted) -> None:
    open_to = {name: len(planted.allowed(name, purposes(name))) for name in PEOPLE}
    assert open_to["otto"] == open_to["adam"] == 0
    assert 0 < open_to["omar"] < open_to["nadia"] < len(planted.words)


@pytest.mark.parametrize("broken", ["read_by_agreement", "read_own"])
def test_a_policy_that_opens_too_much_is_seen(planted: Planted, dsn: Callable[[str], str], broken: str) -> None:
    with psycopg.connect(dsn("concordat_owner"), autocommit=True) as owner:
        owner.execute(f"ALTER POLICY {broken} ON cases_summaryrecord USING (true)".encode())
        found = [route for route in routes() if route.name in OF_A_CASE]
        assert leaks(opened("nadia", found, planted), planted.allowed("nadia", [*Purpose]))
