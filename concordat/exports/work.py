"""What the worker does about exports: make what may be made, delete what was there for a week.

An export is one transaction that sees one state of the database throughout. Killed within it, nothing of it was, and it
is begun anew. It is signed as whoever asked, again for every batch: who has left meanwhile gets nothing.
"""

import logging
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction

from concordat.core.codes import Purpose
from concordat.ledger.context import Actor, act_as
from concordat.ledger.log import record_opened

from .written import Kept, Written, write

_log = logging.getLogger(__name__)


def make_waiting() -> None:
    """Make the exports that may be made, and delete old ones."""
    for export, membership, organisation, person in _asked("SELECT * FROM exports.waiting()"):
        actor = Actor(membership, organisation, person, Purpose.ADMINISTRATION)
        try:
            make(export, actor)
        except OperationalError:
            raise  # the database is away: the worker waits for it
        except Exception:  # noqa: BLE001 - one export that cannot be made must not end the worker
            _log.exception("An export was not made")
            with suppress(Exception), transaction.atomic():
                act_as(actor)
                _asked("SELECT exports.give_up(%s)", export)
    _asked("SELECT exports.forget()")


def make(export: UUID, actor: Actor) -> None:
    """Make one export."""
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:  # the outermost: a test may hold one around it
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _run("SET LOCAL idle_in_transaction_session_timeout = '5min'")
        act_as(actor)
        if not _asked("SELECT exports.take_turn(%s)", export)[0][0]:
            return
        file = Kept()
        made = write(export, into=file, sign=lambda: act_as(actor))
        file.close()
        _log_lines(export, actor, made)
        _run("SELECT exports.finish(%s, %s, %s::jsonb)", file.size, file.hash.hexdigest(), made.counts_as_json())


def _log_lines(export: UUID, actor: Actor, made: Written) -> None:
    """Write a line for each category of which something is in it."""
    for category, records in sorted(made.categories.items()):
        record_opened(
            "export.made", [actor.organisation], case=None, categories=[category], export=export, records=records
        )


def _run(statement: str, *about: Any) -> None:  # noqa: ANN401 - what a statement takes
    with connection.cursor() as cursor:
        cursor.execute(statement, about)


def _asked(question: str, *about: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - what a question takes
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return list(cursor.fetchall())
