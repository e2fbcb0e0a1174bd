"""Trying a version out keeps nobody waiting: asked over another connection, on a database of its own."""

import psycopg
from django.db import transaction

from concordat.access.simulation import simulate
from concordat.agreements import actions
from concordat.agreements.tests import ready
from concordat.core.codes import Form
from concordat.demo.world import acting

TABLES = ("access_compilelock", "agreements_version", "agreements_agreement")


def test_no_lock_is_left(own_database: str, owner_dsn: str) -> None:
    assert own_database
    with acting("helen") as by:
        version = actions.new_version(ready.agreed("protocol"), by=by)
        version.sharingrules.filter(category=9).update(form=Form.FULL)
    with acting("helen") as by, psycopg.connect(owner_dsn) as other:
        assert any(one.opens for one in simulate(version, by=by).cells)
        for table in TABLES:
            other.execute(f"SELECT FROM {table} FOR UPDATE NOWAIT")
        transaction.set_rollback(False)
