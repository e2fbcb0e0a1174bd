"""The outermost middleware: a number for each request, a count and a line; and the addresses that need nothing else."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from . import logs
from .counting import counts

LOG = logging.getLogger("concordat.watch.requests")
PLAIN = {"/health", "/health/live", "/metrics"}


class Watched:
    """Watch every request. What the operator asks is answered here: no host name, session or database is in the way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number, began = secrets.token_hex(6), time.perf_counter()
        request.number = number  # type: ignore[attr-defined]  # for the lines and the pages of what went wrong
        token = logs.current.set(request)
        try:
            response = answer_plainly(request) if request.path_info in PLAIN else self.get_response(request)
            note(request, response.status_code, time.perf_counter() - began)
        finally:
            logs.current.reset(token)
        response["X-Request-Id"] = number
        return response


def answer_plainly(request: HttpRequest) -> HttpResponse:
    """Answer an address of this room."""
    request.resolver_match = resolve(request.path_info)
    answer: HttpResponse = request.resolver_match.func(request)
    return answer


def note(request: HttpRequest, status: int, seconds: float) -> None:
    """Count an answer and write its line."""
    counts().note(logs.route_of(request), status, seconds)
    LOG.info("request", extra={"method": logs.method_of(request), "status": status, "ms": round(seconds * 1000, 1)})
