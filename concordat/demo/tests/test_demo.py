"""The command: where it refuses, that one reset brings everything back, and that no day of the year breaks it."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils.timezone import localdate

from concordat.core.errors import Refused
from concordat.demo import loading
from concordat.demo.clock import Days
from concordat.demo.emptying import Holds, look
from concordat.demo.owner import as_owner
from concordat.organisations.models import Organisation
from concordat.people.models import Persona, User

from .conftest import make_room

# What `ledger.clock` is, moved by some days: the one clock of every policy.
MOVED = """CREATE OR REPLACE FUNCTION ledger.clock() RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ SELECT greatest(statement_timestamp() + interval '{days} days',
                          (SELECT max(at) FROM public.ledger_entry)) $$"""
GUEST = """INSERT INTO people_user (id, email, password, is_active, language, date_joined, rhythm, on_paper, agent,
                                   previous_agent, failed, failed_before)
    VALUES (gen_random_uuid(), 'guest@example.org', '!', true, 'en', now(), 'now', false, '', '', 0, 0)"""


@pytest.fixture
def own(own_database: str, owner_dsn: str) -> Iterator[Callable[[str], list[tuple[object, ...]]]]:
    """Return how the owner asks a database that is this test's alone."""
    with psycopg.connect(owner_dsn, autocommit=True) as connection:

        def ask(statement: str) -> list[tuple[object, ...]]:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

        yield ask


def test_it_refuses_where_something_else_is(own_database: str) -> None:
    with as_owner() as owner:
        assert look(owner) is Holds.ELSE
    for reset in (False, True):
        with pytest.raises(Refused, match="not the demonstration’s"):
            call_command("demo", reset=reset)
    assert Organisation.objects.using("signin").filter(name="Prison Service").exists()


def test_it_refuses_outside_demonstration_mode(own_database: str) -> None:
    make_room()
    with override_settings(DEMO=False), pytest.raises(Refused, match="CONCORDAT_DEMO=1"):
        call_command("demo")
    with as_owner() as owner:
        assert look(owner) is Holds.NOTHING


def test_the_owner_connects_inside_the_block_only(own_database: str) -> None:
    from django.db import connections  # noqa: PLC0415 - as the test says

    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("concordat_owner",)
    assert "owner" not in connections


def asked_over(own: Callable[[str], list[tuple[object, ...]]]) -> dict[str, object]:
    """Return what must be the same on every day of the year."""
    questions = {
        "cases": "SELECT count(*) FROM cases_case",
        "children": "SELECT count(*) FROM cases_case WHERE owner_id = 1 AND child_rules",
        "agreements": "SELECT count(*) FROM agreements_agreement",
        "goals": "SELECT count(*) FROM referrals_goalset",
        "ended early": "SELECT count(*) FROM referrals_earlyend",
        "reports": "SELECT count(*) FROM referrals_endreport",
        "withdrawn": "SELECT count(*) FROM cases_participation WHERE withdrawn_at IS NOT NULL",
        "in force": "SELECT count(DISTINCT version) FROM access_terms WHERE valid @> ledger.clock()",
        "suspended": "SELECT count(*) FROM agreements_suspension WHERE ends_at > ledger.clock()",
    }
    return {name: own(question)[0][0] for name, question in questions.items()}


def test_it_loads_on_any_day_and_one_reset_brings_it_back(own: Callable[[str], list[tuple[object, ...]]]) -> None:
    make_room()
    leap_day, end_of_month = date(2028, 2, 29), date(2027, 1, 31)
    own(MOVED.format(days=(leap_day - localdate()).days))
    loading.load(today=leap_day)
    on_leap_day = asked_over(own)
    assert on_leap_day == {
        "cases": 90, "children": 4, "agreements": 22, "goals": 23, "ended early": 3, "reports": 5, "withdrawn": 1,
        "in force": 4, "suspended": 1,
    }  # fmt: skip
    own("UPDATE people_membership SET title = 'Changed by a visitor'")
    own(GUEST)
    with pytest.raises(Refused, match="not the demonstration’s"):
        loading.load(reset=True, today=end_of_month)
    own("DELETE FROM people_user WHERE email = 'guest@example.org'")
    own(MOVED.format(days=(end_of_month - localdate()).days))
    loading.load(reset=True, today=end_of_month)
    assert asked_over(own) == on_leap_day
    assert own("SELECT count(*) FROM people_membership WHERE title = 'Changed by a visitor'") == [(0,)]


def test_a_load_that_broke_off_is_begun_anew(own_database: str) -> None:
    make_room()
    loading.begin(Days(localdate()), reset=False)
    assert not User.objects.exists()
    with as_owner() as owner:
        assert look(owner) is Holds.PART
    loading.begin(Days(localdate()), reset=False)
    assert not Persona.objects.exists()
