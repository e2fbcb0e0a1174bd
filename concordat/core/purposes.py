"""The purpose of a route: why somebody reads there. Where none is declared, it is the first one of the membership."""

from collections.abc import Callable
from typing import Any, TypeVar

from .codes import Purpose

View = TypeVar("View", bound=Callable[..., Any])


def for_purpose(purpose: Purpose) -> Callable[[View], View]:
    """Declare for which purpose a view reads; the signed context of its requests carries it."""

    def mark(view: View) -> View:
        view.purpose = purpose.value  # type: ignore[attr-defined]
        return view

    return mark
