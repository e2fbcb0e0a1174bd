"""A case that is not found: that somebody asked for it is noted, with the same work for every number."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest

View = TypeVar("View", bound=Callable[..., object])


def note_attempt(case: UUID) -> None:
    """Write a line that somebody asked for a case; whoever is named for it reads it, if it is open to named people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.log_attempt(%s)", [case])


def attempts_noted(view: View) -> View:
    """Note it where a page about the case `case` finds none."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> object:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            note_attempt(cast("UUID", kwargs["case"]))
            raise

    return cast("View", shown)
