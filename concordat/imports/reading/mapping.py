"""Which column holds which field: guessed with a reason, then confirmed or corrected by the officer."""

from collections import abc
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from concordat.imports.reading.fields import REQUIRED, Field
from concordat.imports.reading.sheet import Sheet
from concordat.imports.reading.text import listed


@dataclass(frozen=True)
class Mapping:
    """Columns by field, counted from 0. What is not named here is not read and not stored.

    `reasons` says in words, for every field, why a column was guessed or why none was; an officer's own has none.
    """

    columns: abc.Mapping[Field, int]
    reasons: abc.Mapping[Field, str] = field(default_factory=dict)

    def field_of(self, column: int) -> Field | None:
        """Return the field that a column holds, or None."""
        return next((name for name, at in self.columns.items() if at == column), None)

    def to_json(self) -> dict[str, int]:
        """Return the columns as JSON can keep them."""
        return {name.value: column for name, column in self.columns.items()}

    @classmethod
    def from_json(cls, kept: abc.Mapping[str, int]) -> Self:
        """Return the mapping that `to_json` kept; ValueError for what is no field."""
        return cls({Field(name): int(column) for name, column in kept.items()})


def refuse_mapping(sheet: Sheet, mapping: Mapping) -> str | None:
    """Return why the file cannot be checked with this mapping, or None."""
    missing = [name.label for name in Field if name in REQUIRED and name not in mapping.columns]
    if missing:
        return _("Choose a column for: %(fields)s. Without it no row can be loaded.") % {"fields": listed(missing)}
    columns = list(mapping.columns.values())
    if any(not 0 <= column < len(sheet.heading) for column in columns):
        return _("One of the columns chosen is not in this file. Choose the columns again.")
    doubled = next((column for column in columns if columns.count(column) > 1), None)
    if doubled is not None:
        return _("“%(column)s” is chosen twice. A column can hold only one thing.") % {"column": sheet.name(doubled)}
    return None
