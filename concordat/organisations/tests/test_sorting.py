"""Names stand in the same order on every server, whatever its collation, and whoever changes a name."""

import random
import uuid
from collections.abc import Callable

import psycopg
import pytest
from django.conf import settings

from concordat.core.codes import Purpose
from concordat.demo.world import LANTERN, PEOPLE, named
from concordat.ledger.context import Actor, sign
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

# As a reader looks for them: case, accents and marks do not count; scripts one after the other.
ORDER = [
    "aaron", "Ælfric", "Aladdin", "Ålesund", "d'Arc, Jeanne", "Đorđe", "Élise", "Emma", "ISTANBUL", "İzmir", "Łódź",
    "Ødegård", "Öztürk", "Straße", "Strasse 2", "Zoe", "Άννα", "Ωμέγα", "Ёлка", "Жанна", "أحمد", "إيمان", "بيت",
]  # fmt: skip
SORTED = 'SELECT n FROM unnest(%s::text[]) AS n ORDER BY organisations.sort_key(n) COLLATE "C"'


def test_names_stand_where_a_reader_looks_for_them(owner_dsn: str) -> None:
    shuffled = random.Random(5).sample(ORDER, len(ORDER))
    with psycopg.connect(owner_dsn) as owner:
        found = [row[0] for row in owner.execute(SORTED, [shuffled]).fetchall()]
    assert found == ORDER


def test_aaron_and_aaron_stand_beside_each_other(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as owner:
        keys = [
            owner.execute("SELECT organisations.sort_key(%s)", [name]).fetchone()
            for name in ("aaron", "AARON", "Áarön")
        ]
    assert len(set(keys)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Organisation, Place, Membership])
def test_what_was_there_has_its_key(owner_dsn: str, model: type[Organisation | Place | Membership]) -> None:
    column = "shown_name" if model is Membership else "name"
    fits = f"count(*) FILTER (WHERE sort_key = organisations.sort_key({column}))"
    query = f"SELECT count(*), {fits} FROM {model._meta.db_table}"  # noqa: S608 - names of ours
    with psycopg.connect(owner_dsn) as owner:
        row = owner.execute(query.encode()).fetchone()
    assert row is not None
    assert row[0] == row[1] > 0
    assert model._meta.ordering == ["sort_key", "pk"]


def test_the_database_keeps_the_key_whoever_changes_the_name(own_database: str, owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("UPDATE organisations_organisation SET name = 'Élan' WHERE id = %s", [LANTERN])
        owner.execute("UPDATE organisations_organisation SET sort_key = 'zzz' WHERE id <> %s", [LANTERN])
        owner.execute("UPDATE organisations_organisation SET name = name")
        rows = owner.execute("SELECT sort_key FROM organisations_organisation ORDER BY 1").fetchall()
    assert ("elan",) in rows
    assert ("zzz",) not in rows


def test_the_application_cannot_set_a_key(own_database: str, dsn: Callable[[str], str]) -> None:
    with psycopg.connect(dsn("concordat_app")) as app:
        actor = Actor(named("adam"), PEOPLE["adam"].organisation, named("user:adam"), Purpose.ADMINISTRATION, 2)
        token = sign(actor, process=app.info.backend_pid, key=settings.CONTEXT_KEY.encode())
        app.execute("SELECT set_config('concordat.context', %s, true)", [token])
        row = app.execute(
            "INSERT INTO people_membership (id, user_id, organisation_id, shown_name, title, roles, valid_from, "
            "sort_key) VALUES (%s, %s, %s, 'Émile', 'x', '{}', now(), 'zzz') RETURNING sort_key",
            [uuid.uuid4(), uuid.uuid4(), PEOPLE["adam"].organisation],
        ).fetchone()
    assert row == ("emile",)
