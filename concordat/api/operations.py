"""How an operation is added to the interface: a function, what opens it, and what it hands out.

Its name is that of the route and of the operation; its docstring is the description.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from django.urls import reverse
from ninja import Router

from concordat.access.restricted import attempts_noted
from concordat.people.models import Scope

from .doors import opened_by
from .shapes import Result

View = TypeVar("View", bound=Callable[..., Any])


def reads(router: Router, path: str, scope: Scope, shape: Any) -> Callable[[View], View]:  # noqa: ANN401 - a schema, or a list of one
    """Add an operation that hands something out."""

    def add(view: View) -> View:
        return router.get(path, response=shape, auth=opened_by(scope), **described(view))(about(path, view))

    return add


def writes(router: Router, path: str, scope: Scope) -> Callable[[View], View]:
    """Add an operation that changes something, once under its key."""

    def add(view: View) -> View:
        created = {int(HTTPStatus.CREATED): Result}
        return router.post(path, response=created, auth=opened_by(scope), **described(view))(about(path, view))

    return add


def about(path: str, view: View) -> View:
    """Note it where an operation about a case finds none."""
    return attempts_noted(view) if "{uuid:case}" in path else view


def described(view: Callable[..., Any]) -> dict[str, Any]:
    """Return how a function is called in the addresses and in the document."""
    assert view.__doc__, view.__name__
    first, _, rest = view.__doc__.strip().partition("\n")
    lines = " ".join(line.strip() for line in rest.strip().splitlines())
    name = view.__name__
    return {
        "url_name": name, "operation_id": name, "summary": first.removesuffix("."), "description": lines or first,
    }  # fmt: skip


def address(name: str, **of: UUID) -> str:
    """Return the address of an operation."""
    return reverse(f"api:{name}", kwargs=of)
