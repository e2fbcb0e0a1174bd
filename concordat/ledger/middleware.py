"""The innermost middleware: one transaction per request, carrying its signed context and its one line of reads.

It must be innermost: the page is rendered inside the transaction, and a page that failed leaves nothing behind.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve

from concordat.core.failing import again, sentence_of

from . import replicas
from .context import Actor, act_as
from .log import NotLogged, record_read, through
from .reading import Read, collecting

FAILED = 500
UNAVAILABLE = 503


class Acting(Protocol):
    """As whom somebody acts; `people` supplies it as `request.acting`."""

    id: UUID
    organisation_id: int
    user_id: UUID


class StreamedRecords(RuntimeError):  # noqa: N818 - says what happened
    """A streaming response would leave the transaction that protects it."""


def purpose_of(request: HttpRequest) -> str:
    """Return the purpose of the route, or the one chosen among those of the membership."""
    try:
        declared = getattr(resolve(request.path_info).func, "purpose", "")
    except Resolver404:
        declared = ""
    return declared or getattr(request, "purpose", "") or "administration"


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who asks, or None for somebody who is not signed in."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return None
    level = getattr(request, "level", 0)
    return Actor(acting.id, acting.organisation_id, acting.user_id, purpose_of(request), level)


def token_of(request: HttpRequest) -> UUID | None:
    """Return the number of the token with which a machine came, never its key."""
    return getattr(getattr(request, "token", None), "id", None)


class SignedTransaction:
    """Open the transaction of the request; if its log line cannot be written, there is no page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.answer(request)
        except NotLogged as error:
            return unlogged(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say so in words where the line of a change could not be written; the answer's status undoes the change."""
        alias = getattr(request, "replica", None)
        cause = error.__cause__ if isinstance(error, NotLogged) else error
        if alias and isinstance(cause, DatabaseError):
            replicas.note(request, alias, cause)
            return HttpResponse(status=UNAVAILABLE)  # nobody sees it: the primary answers
        return unlogged(request, error) if isinstance(error, NotLogged) else None

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        actor = actor_of(request)
        with through(token_of(request)):
            alias = replicas.chosen(request) if actor else None
            response = self.from_replica(request, actor, alias) if actor and alias else None
            return response or self.from_primary(request, actor)

    def from_primary(self, request: HttpRequest, actor: Actor | None) -> HttpResponse:
        with transaction.atomic(), collecting() as read:
            act_as(actor)
            if request.method in replicas.READING:
                replicas.wait_for_none()
            response = self.get_response(request)
            refuse_stream(request, response, read)
            if response.status_code >= FAILED:
                transaction.set_rollback(True)
            elif read and actor:
                record_read(route_of(request), read)
            return response

    def from_replica(self, request: HttpRequest, actor: Actor, alias: str) -> HttpResponse | None:
        """Return the page as a replica puts it together, its line written first on the primary; else None."""
        request.replica = alias  # type: ignore[attr-defined]
        try:
            with collecting() as read, replicas.reading_from(alias), transaction.atomic():
                act_as(actor)
                response = self.get_response(request)
        except DatabaseError as error:
            replicas.note(request, alias, error)
            return None
        finally:
            del request.replica  # type: ignore[attr-defined]
        if response.status_code >= FAILED:
            return None
        refuse_stream(request, response, read)
        if read:
            with transaction.atomic():
                act_as(actor)
                replicas.wait_for_none()
                record_read(route_of(request), read)
        return response


def refuse_stream(request: HttpRequest, response: HttpResponse, read: Read) -> None:
    """Refuse what would leave after the transaction that protects it."""
    if read and response.streaming:
        raise StreamedRecords(request.path)


def unlogged(request: HttpRequest, error: NotLogged) -> HttpResponse:
    """Say why there is no page, and keep what was typed; its template reads nothing."""
    context = {"sentence": sentence_of(error.__cause__), **again(request)}
    return render(request, "unlogged.html", context, status=UNAVAILABLE)


def route_of(request: HttpRequest) -> str:
    """Return the name of the route, never its address: addresses hold ids."""
    match = request.resolver_match
    return (match.view_name if match else "") or "unnamed"
