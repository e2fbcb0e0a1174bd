"""A case as somebody opens it, handed to every room that shows something of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet

from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .models import Case

Read = TypeVar("Read")
Row = TypeVar("Row", bound=Model)


@dataclass
class Asked:
    """One's own case, then those that it is linked to; what several rooms show of them is read once."""

    case: Case
    by: Membership
    cases: list[UUID]
    known: dict[Callable[..., Any], Any] = field(default_factory=dict)
    named: dict[int, Organisation] = field(default_factory=dict)

    def once(self, read: "Callable[[Asked], Read]") -> Read:
        """Return what `read` returns of this case, asked of the database the first time only."""
        if read not in self.known:
            self.known[read] = read(self)
        return cast("Read", self.known[read])

    def organisations(self, numbers: Iterable[int]) -> dict[int, Organisation]:
        """Return those of these organisations that the reader may know, each asked of the database once."""
        if not self.named:
            self.named[self.by.organisation_id] = self.by.organisation
        wanted = set(numbers)
        if new := wanted - self.named.keys():
            self.named |= Organisation.objects.order_by().in_bulk(new)
        return {number: self.named[number] for number in wanted & self.named.keys()}

    def rows(self, found: QuerySet[Row], *fields: str) -> list[Row]:
        """Return records in the order of their model, with the organisations that `fields` name: `owner` if none.

        A case has few of each kind, of two or three organisations. To join those to every statement and to have the
        database put a handful of rows in order would cost more than half of what a page takes.
        """
        rows = list(found.order_by())
        fields = fields or ("owner",)
        known = self.organisations(getattr(row, f"{name}_id") for row in rows for name in fields)
        rows = [row for row in rows if all(getattr(row, f"{name}_id") in known for name in fields)]
        for row in rows:
            for name in fields:
                setattr(row, name, known[getattr(row, f"{name}_id")])
        return in_order(rows, found.query.order_by or found.model._meta.ordering or ())


def in_order(rows: list[Row], ordering: Iterable[Any]) -> list[Row]:
    """Sort by names of fields that are never empty, as a model's `ordering` has them; a minus turns one round."""
    for name in reversed(list(ordering)):
        rows.sort(key=attrgetter(name.lstrip("-")), reverse=name.startswith("-"))
    return rows
