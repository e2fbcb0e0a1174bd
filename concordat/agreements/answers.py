"""The answers of a clause in words, as they are read and signed beside its text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from concordat.core.wording import enumerated
from concordat.people.models import Membership

from .catalogue import ENTRIES, Parameter
from .models import Clause


def answers(clause: Clause, people: Mapping[str, Membership]) -> list[tuple[str, str]]:
    """Return each answer that was given, with its question; `people` holds the officers that may be named."""
    entry = ENTRIES.get(clause.code)
    if entry is None:
        return []
    found = [(str(one.label), in_words(one, clause.parameters.get(one.name), people)) for one in entry.parameters]
    return [(label, words) for label, words in found if words]


def in_words(one: Parameter, value: Any, people: Mapping[str, Membership]) -> str:  # noqa: ANN401 - as it is stored
    """Write one answer; nothing where none was given."""
    if one.shape == "yesno":
        return _("Yes") if value else _("No")
    if value in (None, "", []):
        return ""
    if one.shape == "number":
        return f"{value} {one.unit}".strip()
    if one.shape == "officer":
        officer = people.get(str(value))
        return f"{officer.shown_name}, {officer.title}" if officer else ""
    listed = value if isinstance(value, list) else [value]
    return enumerated(str(one.choices.get(name, name)) for name in listed)


def officers(clauses: list[Clause]) -> dict[str, Membership]:
    """Return the people whom clauses name as accountable, by their number."""
    named = [str(one.parameters.get("officer") or "") for one in clauses if one.code == "MOU-5"]
    return {str(one.pk): one for one in Membership.objects.filter(pk__in=filter(None, named))}
