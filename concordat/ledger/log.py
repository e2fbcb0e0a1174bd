"""Writing to the log. One line per change where it happens, one line per request for all that it read."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from .reading import Read

NOBODYS: dict[str, Any] = {"owner": 0, "case": None, "categories": []}  # of a line that concerns no record
_token: ContextVar[UUID | None] = ContextVar("concordat_token", default=None)


@contextmanager
def through(token: UUID | None) -> Iterator[None]:
    """Have every line that is written inside the block say with which token a machine came, if one came."""
    before = _token.set(token)
    try:
        yield
    finally:
        _token.reset(before)


class NotLogged(DatabaseError):  # noqa: N818 - says what happened
    """A line of the log could not be written: what it would have told of must not happen either."""


def record(
    what: str, *, owner: int | None = None, case: UUID | None = None, categories: Iterable[int] = (), **detail: object
) -> None:
    """Write the line of a change. `owner` is the organisation whose record it is; `detail` holds ids and codes only."""
    subject = {"owner": owner, "case": case, "categories": sorted(map(int, categories)), "detail": detail}
    _write("change", what, [subject] if owner is not None else [])


def record_for(what: str, owners: Iterable[int], **detail: object) -> None:
    """Write the line of a change that several organisations own together, such as a signature."""
    _write("change", what, [{"owner": owner, "case": None, "categories": [], "detail": detail} for owner in owners])


def record_read(route: str, read: Read) -> None:
    """Write the one line of a request: everything that it loaded, by owner and case."""
    _write("read", route, [{"owner": o, "case": c, "categories": sorted(found)} for (o, c), found in read.items()])


def record_opened(
    what: str, owners: Iterable[int], *, case: UUID | None, categories: Iterable[int], **detail: object
) -> None:
    """Write that something was handed out whole, such as a file; the line of its request names no single thing."""
    shared = {"case": case, "categories": sorted(map(int, categories)), "detail": detail}
    _write("read", what, [{"owner": owner, **shared} for owner in owners])


def record_refused(what: str, **detail: object) -> None:
    """Write that something was refused; the sentence is not kept, only what was tried."""
    _write("refused", what, [{"owner": 0, "case": None, "categories": [], "detail": detail}])


def _write(kind: str, what: str, subjects: list[dict[str, Any]]) -> None:
    if token := _token.get():
        subjects = [{**one, "detail": {**one.get("detail", {}), "through": token}} for one in subjects or [NOBODYS]]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger.write(%s, %s, %s::jsonb)", [kind, what, json.dumps(subjects, default=str)])
    except DatabaseError as error:
        raise NotLogged from error
