"""The catalogue: every clause that an instrument can have, and starting points for its table of rules."""

from concordat.agreements.models import Kind
from concordat.core.codes import Activity

from .entry import Entry, Parameter
from .framework import FRAMEWORK
from .openness import asked_openly
from .protocol import PROTOCOL
from .templates import TEMPLATES, Template
from .terms import TERMS

CATALOGUE: dict[str, tuple[Entry, ...]] = {
    kind: tuple(map(asked_openly, entries))
    for kind, entries in ((Kind.FRAMEWORK, FRAMEWORK), (Kind.PROTOCOL, PROTOCOL), (Kind.TERMS, TERMS))
}
ENTRIES: dict[str, Entry] = {entry.code: entry for entries in CATALOGUE.values() for entry in entries}


def is_mandatory(entry: Entry, objectives: set[str]) -> bool:
    """Say whether a clause may not be left out of an instrument with these objectives."""
    return entry.mandatory or bool(entry.when & {Activity(name) for name in objectives if name in Activity.values})


__all__ = ["CATALOGUE", "ENTRIES", "TEMPLATES", "Entry", "Parameter", "Template", "is_mandatory"]
