"""A case as somebody opens it, handed to every room that shows something of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from uuid import UUID

from concordat.people.models import Membership

from .models import Case

Read = TypeVar("Read")


@dataclass
class Asked:
    """One's own case, then those that it is linked to; what several rooms show of them is read once."""

    case: Case
    by: Membership
    cases: list[UUID]
    known: dict[Callable[..., Any], Any] = field(default_factory=dict)

    def once(self, read: "Callable[[Asked], Read]") -> Read:
        """Return what `read` returns of this case, asked of the database the first time only."""
        if read not in self.known:
            self.known[read] = read(self)
        return cast("Read", self.known[read])
