"""A token is over the same second with what others decide: membership, permission, post, hold, time."""

from collections.abc import Callable

import psycopg
import pytest
from django.test import Client

from concordat.core.testing.machines import machine_of
from concordat.demo.world import named

ENDS = {
    "left": "UPDATE people_membership SET valid_until = now() WHERE id = %(nadia)s",
    "held": "INSERT INTO people_hold (membership_id, since) VALUES (%(nadia)s, now())",
    "forbidden": "UPDATE people_tokenpermit SET allowed = false WHERE organisation_id = 3",
    "another post": "UPDATE people_membership SET roles = '{monitor}' WHERE id = %(nadia)s",
    "run out": "UPDATE people_token SET made_at = made_at - interval '31 days', expires_at = now()",
    "somebody else's": "UPDATE people_membership SET user_id = gen_random_uuid() WHERE id = %(nadia)s",
    "own sign-in": (
        "INSERT INTO people_provider (id, organisation_id, issuer, client_id, sealed_secret, claim, second_factor, "
        "required, enabled, changed_at, changed_by_id) VALUES (gen_random_uuid(), 3, 'https://x', 'x', 'x', 'email', "
        "'', true, true, now(), %(nadia)s)"
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_token_ends_with_it(end: str, own_database: str, owner_dsn: str) -> None:
    machine = machine_of("nadia")
    assert machine.get("/me").status_code == 200
    with psycopg.connect(owner_dsn) as owner:
        assert owner.execute(ENDS[end].encode(), {"nadia": named("nadia")}).rowcount == 1
    assert machine.get("/me").status_code == 401
    assert machine.get("/me").content == Client().get("/api/v1/me").content


def test_the_application_reads_no_token_and_lengthens_none(own_database: str, dsn: Callable[[str], str]) -> None:
    machine_of("nadia")
    for statement in (
        "UPDATE people_token SET expires_at = now() + interval '1 year'",
        "UPDATE people_token SET scopes = '{log}'",
        "DELETE FROM people_token",
    ):
        with psycopg.connect(dsn("concordat_signin")) as signin, pytest.raises(psycopg.errors.InsufficientPrivilege):
            signin.execute(statement.encode())
