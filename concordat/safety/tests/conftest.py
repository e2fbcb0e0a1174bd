"""The posts that the small world has not, such as a safeguarding lead and an integrity officer.

Stored by the owner before the tests of a file, and taken away after them.
"""

from collections.abc import Iterator

import psycopg
import pytest

from concordat.core.testing import throwaway
from concordat.core.testing.plugin import HOME
from concordat.demo.world import LANTERN, PEOPLE, PRISON, PROBATION, START, Person, named
from concordat.people.roles import Role

POSTS = {
    "sara": Person("Sara Wend", LANTERN, "Safeguarding lead", (Role.SAFEGUARDING,)),
    "sven": Person("Sven Aldo", LANTERN, "Peer supervisor", (Role.FACILITATOR,)),
    "gus": Person("Gus Perle", PRISON, "Integrity officer", (Role.INTEGRITY,)),
    "prue": Person("Prue Lanz", PRISON, "Protection officer", (Role.PROTECTION,)),
    "piet": Person("Piet Ohm", PROBATION, "Protection officer", (Role.PROTECTION,)),
}


@pytest.fixture(scope="module", autouse=True)
def posts(worker_database: str) -> Iterator[None]:
    """Have these people there."""
    dsn = throwaway.cluster(HOME).dsn("concordat_owner", worker_database)
    with psycopg.connect(dsn) as owner:
        for name, one in POSTS.items():
            owner.execute(
                "INSERT INTO people_membership (id, user_id, organisation_id, shown_name, title, unit, roles, "
                "valid_from, sort_key) VALUES (%s, %s, %s, %s, %s, '', %s, %s, '')",
                [
                    named(name),
                    named(f"user:{name}"),
                    one.organisation,
                    one.name,
                    one.title,
                    [*map(str, one.roles)],
                    START,
                ],
            )
        owner.execute("UPDATE safety_terms SET counts_from = %s", [START])
    PEOPLE.update(POSTS)
    yield
    for name in POSTS:
        del PEOPLE[name]
    with psycopg.connect(dsn) as owner:
        owner.execute("DELETE FROM people_membership WHERE id = ANY (%s)", [[named(name) for name in POSTS]])
        owner.execute("UPDATE safety_terms SET counts_from = clock_timestamp()")
