"""Lists in pieces: each begins after the last row that was handed out, so that what is added meanwhile moves nothing.

A cursor is sealed: it holds the values by which the list is sorted, and addresses are written into logs on the way.
"""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from http import HTTPStatus
from operator import attrgetter
from typing import Annotated, Any, TypeVar, cast
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from concordat.people.http import SignedInRequest
from concordat.people.seal import Unreadable, seal, unseal

from .problems import Problem

MOST = 100
Row = TypeVar("Row")
Cursor = Annotated[str, Query(max_length=1000, description="Where to go on: `next` of the piece before")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most, 1 to 100")]


def piece(
    request: HttpRequest, response: HttpResponse, rows: QuerySet[Any], show: Callable[[list[Any]], Iterable[Row]], *,
    by: Sequence[str], cursor: str, limit: int,
) -> dict[str, Any]:  # fmt: skip
    """Return one piece of a list, sorted by the fields `by` (a minus sign turns one around), the last one unique."""
    if cursor:
        rows = rows.filter(after(by, opened(request, cursor)))
    found = list(rows.order_by(*by)[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    further = sealed(request, [str(attrgetter(name_of(one))(found[-1])) for one in by]) if more else None
    if further:
        query = {**request.GET.dict(), "cursor": further, "limit": limit}
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{urlencode(query)}>; rel="next"'
    return {"items": list(show(found)), "next": further}


def name_of(field: str) -> str:
    """Return where the value of a sorted field is found on a row."""
    return field.removeprefix("-").replace("__", ".")


def after(by: Sequence[str], values: Sequence[str]) -> Q:
    """Select what comes after a row: greater in the first field, or the same there and greater in the next."""
    steps = []
    for place, field in enumerate(by):
        name, less = field.removeprefix("-"), field.startswith("-")
        same = {one.removeprefix("-"): value for one, value in zip(by[:place], values, strict=False)}
        steps.append(Q(**same, **{f"{name}__{'lt' if less else 'gt'}": values[place]}))
    return reduce(Q.__or__, steps)


def owner_of(request: HttpRequest) -> str:
    """Return for what a cursor holds: this list, for this member."""
    asking = cast("SignedInRequest", request)
    return f"{request.path}:{asking.acting.id}"


def sealed(request: HttpRequest, values: list[str]) -> str:
    """Write the values of a row so that nobody reads or changes them."""
    plain = seal(json.dumps(values), use="cursor", owner=owner_of(request))
    return plain.replace("+", "-").replace("/", "_").rstrip("=")


def opened(request: HttpRequest, cursor: str) -> list[str]:
    """Read a cursor again; one of another list or another member does not open."""
    try:
        padded = base64.b64encode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))).decode()
        return cast("list[str]", json.loads(unseal(padded, use="cursor", owner=owner_of(request))))
    except (Unreadable, ValueError) as error:
        sentence = _("This cursor does not belong to this list. Begin the list anew, without a cursor.")
        raise Problem(HTTPStatus.BAD_REQUEST, sentence) from error
