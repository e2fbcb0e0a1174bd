"""What the database refuses, in words. A rule says it first; this is for the race that a rule has lost.

Each room lists the names of its constraints with a sentence (`CONSTRAINT_SENTENCES` in the wiring). A name that nobody
has put into words stays a programming error.
"""

from collections.abc import Callable

from django.db import DatabaseError, IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.pq import TransactionStatus

from .errors import Refused
from .wiring import wired

UNPROCESSABLE = 422


def name_of(error: DatabaseError) -> str:
    """Return the name of the constraint that refused, or nothing."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def sentence_of(error: DatabaseError) -> str:
    """Return the sentence for the constraint that refused, or nothing when it has none."""
    return str(wired("CONSTRAINT_SENTENCES").get(name_of(error), ""))


class InWords:
    """Show what was refused as a page, where no form stands to show it on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        sentence = str(error) if isinstance(error, Refused) else ""
        if isinstance(error, IntegrityError):
            sentence = sentence_of(error)
        if not sentence or is_broken():
            return None
        return render(request, "refused.html", {"sentence": sentence}, status=UNPROCESSABLE)


def is_broken() -> bool:
    """Tell whether the transaction can do nothing more: then no page can be written from it."""
    raw = connection.connection
    return raw is not None and raw.info.transaction_status == TransactionStatus.INERROR
