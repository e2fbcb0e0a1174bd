"""What the interface says when it says no: one shape (RFC 9457), with the sentence that a page would show.

What is hidden and what is missing get the same bytes.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from concordat.core import failing
from concordat.core.errors import Refused
from concordat.core.refusals import is_broken, sentence_of

MEDIA_TYPE = "application/problem+json"
KEY = "Idempotency-Key"


class Problem(Exception):  # noqa: N818 - it is an answer, not a failure of the program
    """An answer that is no: a status, a whole sentence, and by field what is wrong."""

    def __init__(self, status: int, sentence: str, *, fields: Iterable[tuple[str, str]] = (), **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.fields = status, sentence, list(fields)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def answer(problem: Problem) -> HttpResponse:
    """Write a problem as the answer to a request."""
    body: dict[str, Any] = {
        "type": "about:blank", "title": HTTPStatus(problem.status).phrase, "status": problem.status,
        "detail": problem.sentence,
    }  # fmt: skip
    if problem.fields:
        body["errors"] = [{"field": field, "detail": sentence} for field, sentence in problem.fields]
    response = JsonResponse(body, status=problem.status, content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def nothing() -> Problem:
    """Say that there is nothing: for what is hidden as for what is missing, with one and the same sentence."""
    return Problem(
        HTTPStatus.NOT_FOUND,
        _(
            "Either this address is wrong, or what it leads to is not open to you as you act now. The answer is the "
            "same in both cases, so that it tells nothing."
        ),
    )


def stranger() -> Problem:
    """Ask who it is."""
    sentence = _(
        "Show a token that holds, in the header Authorization: Bearer. You make one on the page of your account."
    )
    return Problem(HTTPStatus.UNAUTHORIZED, sentence, WWW_Authenticate='Bearer realm="Concordat"')


def unreadable(error: ValidationError) -> Problem:
    """Say what in a request does not have its shape."""
    fields = [(".".join(map(str, one["loc"])), str(one["msg"])) for one in error.errors]
    if any(one["loc"][-1] == KEY for one in error.errors):
        sentence = _(
            "Send an Idempotency-Key of 8 to 100 letters, digits, dashes or underscores: a new one for each thing."
        )
        return Problem(HTTPStatus.BAD_REQUEST, sentence, fields=fields)
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, _("What was sent does not have the shape that is described."), fields=fields
    )


def of_http(error: HttpError) -> Problem:
    """Put into words what the library refuses: a body that cannot be read, or a write with a cookie from elsewhere."""
    if error.status_code == HTTPStatus.FORBIDDEN:
        sentence = _("Who writes with the cookie of a browser has to send the token of a form as well (X-CSRFToken).")
        return Problem(HTTPStatus.FORBIDDEN, sentence)
    return Problem(error.status_code, _("What was sent cannot be read as JSON."))


def of_database(error: DatabaseError) -> Problem:
    """Put into words what the database refuses, or why it does not answer; what has no words is a mistake of ours."""
    if isinstance(error, IntegrityError) and (sentence := sentence_of(error)) and not is_broken():
        return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
    if sentence := failing.sentence_of(error) or failing.sentence_of(error.__cause__):
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, Retry_After="60")
    raise error


def handle(api: NinjaAPI) -> None:
    """Have every refusal answered as a problem."""

    def on(kind: type[Exception], make: Any) -> None:  # noqa: ANN401 - each takes its own kind of error
        def respond(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - the same
            return answer(make(error))

        api.add_exception_handler(kind, respond)

    on(Problem, lambda error: error)
    on(Http404, lambda _error: nothing())
    on(AuthenticationError, lambda _error: stranger())
    on(ValidationError, unreadable)
    on(HttpError, of_http)
    on(Refused, lambda error: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)))
    on(DatabaseError, of_database)
