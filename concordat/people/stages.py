"""How far somebody must have come to open a page. Every view is for members unless it says otherwise."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Stage(IntEnum):
    """Anybody; with a password; with the second factor where it is asked; acting for an organisation."""

    ANYBODY = 0
    SIGNED_IN = 1
    CONFIRMED = 2
    MEMBER = 3


def open_to(stage: Stage) -> Callable[[View], View]:
    """Open a view to people who have come as far as `stage`."""

    def mark(view: View) -> View:
        view.stage = stage  # type: ignore[attr-defined]
        view.login_required = stage > Stage.ANYBODY  # type: ignore[attr-defined]
        return view

    return mark


def stage_of(view: Callable[..., Any]) -> Stage:
    """Return the stage that a view asks for; Django's own mark for public views counts too."""
    if not getattr(view, "login_required", True):
        return Stage.ANYBODY
    return Stage(getattr(view, "stage", Stage.MEMBER))
