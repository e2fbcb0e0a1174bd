"""How the server writes lines for its operator: never the content of a record, nor who is in one.

Whatever carries text of a user stays out: the address (its route stands for it), the query, the message of an error,
and the arguments that Django and its packages fill into their lines. What an error was and where it happened remains.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.http import HttpRequest

BASE = Path(__file__).resolve().parent.parent.parent
current: ContextVar[HttpRequest | None] = ContextVar("concordat_request", default=None)

STATIC_ROUTE, NO_ROUTE = "static", "none"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
TRUSTED = ("concordat", "psycopg.pool", "gunicorn")  # whose lines carry no text of a user
FIELDS = ("method", "status", "ms")
FRAMES = 12


class Lines(logging.Formatter):
    """One readable line, and below it where an error happened."""

    def format(self, record: logging.LogRecord) -> str:
        fields = facts(record)
        where = fields.pop("where", [])
        more = " ".join(
            f"{name}={value}" for name, value in fields.items() if name not in {"at", "level", "logger", "said"}
        )
        first = f"{fields['at']} {fields['level']} {fields['logger']}: {fields['said']} {more}".rstrip()
        return "\n    ".join([first, *where])


class Json(logging.Formatter):
    """One line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record), ensure_ascii=False)


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """Return what may be said about an event."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    found: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name, "said": said(record)}
    request = getattr(record, "request", None) or current.get()
    if isinstance(request, HttpRequest):
        found |= {"request": getattr(request, "number", ""), "route": route_of(request)}
    found |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    if record.exc_info and record.exc_info[1]:
        found |= {"error": kind_of(record.exc_info[1]), "where": frames(record.exc_info[2])}
    return found


def said(record: logging.LogRecord) -> str:
    """Return the message; that of others without what they fill in."""
    if record.name.startswith(TRUSTED) and not (record.exc_info and not record.name.startswith("concordat")):
        return " ".join(record.getMessage().split())
    return "an error was not caught" if record.exc_info else str(record.msg)


def kind_of(error: BaseException) -> str:
    """Name an error without its message, which may repeat what somebody typed; of the database its code as well."""
    diagnosis = getattr(error.__cause__ or error, "diag", None)
    codes = [getattr(diagnosis, "sqlstate", None), getattr(diagnosis, "constraint_name", None)]
    return " ".join([type(error).__qualname__, *filter(None, codes)])


def frames(trace: TracebackType | None) -> list[str]:
    """Say where an error happened, the innermost place last."""
    return [
        f"{frame.filename.removeprefix(f'{BASE}/')}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace, limit=-FRAMES)
    ]


def route_of(request: HttpRequest) -> str:
    """Return the name of the route, never the address: addresses hold ids."""
    match = getattr(request, "resolver_match", None)
    if match:
        return str(match.view_name or NO_ROUTE)
    return STATIC_ROUTE if request.path_info.startswith("/static/") else NO_ROUTE


def method_of(request: HttpRequest) -> str:
    """Return the method; a made-up one is somebody's text."""
    return request.method if request.method in METHODS else "other"
