"""How a door reaches what every room gives it, without importing upward: the one list in `settings.WIRING`, by name."""

from importlib import import_module
from typing import Any

from django.conf import settings


def wired(name: str) -> Any:  # noqa: ANN401 - each list says itself what it holds
    """Return one list of the wiring, such as `TODAY_CARDS`."""
    return getattr(import_module(settings.WIRING), name)
