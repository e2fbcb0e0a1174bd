"""What is recorded about a person, on the shelves of those who hold it: one's own first, then each partner's."""

from collections import defaultdict
from dataclasses import dataclass

from concordat.cases.shown import Entry, category_of, entry, rows_about
from concordat.core.codes import Category
from concordat.organisations.models import Organisation

from .beside import Beside


@dataclass(frozen=True)
class Part:
    """The records of one category."""

    category: Category
    entries: list[Entry]


@dataclass(frozen=True)
class Shelf:
    """What one organisation recorded, as far as it is open to the reader."""

    owner: Organisation
    is_mine: bool
    parts: list[Part]


def shelves(beside: Beside) -> list[Shelf]:
    """Return one's own records first, then those of the partners by name."""
    found: dict[int, dict[Category, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_about(beside.cases):
        found[row.owner_id][category_of(row)].append(entry(row))
    owners = dict.fromkeys([beside.case.owner, *beside.partners])
    return [Shelf(one, one == beside.by.organisation, parts(found[one.pk])) for one in owners if one.pk in found]


def parts(by_category: dict[Category, list[Entry]]) -> list[Part]:
    return [Part(category, by_category[category]) for category in sorted(by_category)]
