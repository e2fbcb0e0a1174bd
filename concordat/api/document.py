"""The description of the interface (OpenAPI 3.1): what django-ninja knows, and what every operation shares."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from .problems import MEDIA_TYPE
from .shapes import ProblemShape

ABOUT = """The pages of Concordat for machines: the same actions, the same policies, the same line in the log.

A token acts for one member, for one purpose, within its scopes, and never sees more than that member. It is sent as
`Authorization: Bearer concordat_…`. The session of a browser opens the same; what it writes needs the token of a form.

Input is not sign-off: what needs a signature or the second factor is never done here. Signing, suspending, lifting and
ending an agreement, signing goals, confirming a safety briefing, recording the key under which an organisation
countersigns the log, confirming and loading a caseload file answer 403 with a sentence.

Every refusal is a problem (RFC 9457) with the sentence of the page in the language of `Accept-Language` (en, fr, ar).
What is hidden and what is missing are the same 404. Days are `YYYY-MM-DD`, moments carry an offset (RFC 3339), lengths
are minutes. Lists come in pieces of `limit` (at most 100); `next`, also as a `Link` header, leads on. Every POST takes
an `Idempotency-Key`: sent again within 48 hours it answers the same and does nothing."""

TELLS = {
    HTTPStatus.BAD_REQUEST: "What was sent cannot be read, or a cursor or key does not have its form",
    HTTPStatus.UNAUTHORIZED: "No token that holds, and no session",
    HTTPStatus.FORBIDDEN: "The token has not this scope or purpose, or no machine may do this",
    HTTPStatus.NOT_FOUND: "Missing or hidden: the answer is the same",
    HTTPStatus.CONFLICT: "The same request is being carried out at this moment",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Refused by a rule, or without the described shape",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests of this token in a minute",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database does not answer, or the log takes no line",
}
WAITS = {HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
PROBLEM = {"$ref": "#/components/schemas/ProblemShape"}
NEVER = "Never by a machine"
SCHEMES = {
    "Token": {
        "type": "http", "scheme": "bearer", "bearerFormat": "concordat_ and 43 characters",
        "description": "Made by a member on the page of their account; the scope stands beside each operation.",
    },
    "Session": {"type": "apiKey", "in": "cookie", "name": "concordat-session", "description": "A browser's session."},
}  # fmt: skip


def whole(api: NinjaAPI) -> dict[str, Any]:
    """Return the document."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix="api/v1/")
    components = found["components"]
    components["schemas"]["ProblemShape"] = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= components["schemas"]["ProblemShape"].pop("$defs", {})
    components["securitySchemes"] = SCHEMES
    scopes = scopes_of(api)
    for path in found["paths"].values():
        for method, operation in path.items():
            complete(method, operation, scopes[operation["operationId"]])
    return found


def scopes_of(api: NinjaAPI) -> dict[str, str]:
    """Return the scope that each operation asks of a token."""
    operations = [
        operation
        for bound in api._get_bound_routers()  # noqa: SLF001 - there is no other way to its operations
        for view in bound.path_operations.values()
        for operation in view.operations
    ]
    return {str(one.operation_id): str(one.auth_callbacks[0].scope) for one in operations}  # type: ignore[attr-defined]


def complete(method: str, operation: dict[str, Any], scope: str) -> None:
    """Add what every operation shares: who may, every refusal, and where a result is."""
    operation["security"] = [{"Token": [scope]}, {"Session": []}]
    operation["description"] = f"{operation['description']} Scope of a token: `{scope}`."
    responses = operation["responses"] = {str(code): one for code, one in operation["responses"].items()}
    if NEVER in operation["tags"]:
        del responses[str(int(HTTPStatus.CREATED))]
    for status, tells in TELLS.items():
        if status != HTTPStatus.CONFLICT or method == "post":
            responses[str(int(status))] = problem(status, tells)
    if created := responses.get(str(int(HTTPStatus.CREATED))):
        created["headers"] = {"Location": header("Where the result is", "string")}
    if any(one["name"] == "cursor" for one in operation["parameters"]):
        responses["200"]["headers"] = {"Link": header("The address of the next piece, rel=next", "string")}


def problem(status: HTTPStatus, tells: str) -> dict[str, Any]:
    """Describe one refusal."""
    found: dict[str, Any] = {"description": tells, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
    if status in WAITS:
        found["headers"] = {"Retry-After": header("Seconds to wait", "integer")}
    return found


def header(tells: str, kind: str) -> dict[str, Any]:
    return {"description": tells, "schema": {"type": kind}}


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Hand out the document. It holds nothing of anybody; who has not signed in learns no more than from the source."""
    from .api import api  # noqa: PLC0415 - the interface holds the words of this file

    return JsonResponse(whole(api))
