"""Who answers for what is recorded beside a case, and under which law: from what was agreed and stated."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from concordat.agreements.controllers import Controllers, controllers
from concordat.core.codes import ABOUT_PERSONS, Category
from concordat.core.wording import enumerated
from concordat.organisations.models import Organisation

from .beside import Beside


class Part(NamedTuple):
    """Kinds of information for which the same answer: the sentence, and which kinds where it is not all of them."""

    words: str
    kinds: str


class Answering(NamedTuple):
    """What is to be known of the records of one organisation: who answers for which part, and whom to ask there."""

    recorded_by: Organisation
    parts: Sequence[Part]
    contact: str


def answering(beside: Beside) -> list[Answering]:
    """Return it for one's own organisation, then for each partner that gives something here: one statement."""
    known = controllers(beside.by.organisation, beside.partners)
    given = [(one.giver, [each.category for each in one.open]) for one in beside.sights]
    found: Iterable[tuple[Organisation, Sequence[Category]]] = [(beside.by.organisation, ABOUT_PERSONS), *given]
    return [of_one(known, one, kinds) for one, kinds in found if kinds]


def of_one(known: Controllers, one: Organisation, kinds: Iterable[Category]) -> Answering:
    parts = known.parts(one.pk, kinds)
    usual, *others = parts
    shown = [Part(words, enumerated(names)) for words, names in others]
    shown.append(Part(usual[0], _("Everything else") if others else ""))
    return Answering(one, shown, known.contact(one.pk))


def by_kind(beside: Beside, owners: Iterable[Organisation]) -> Controllers:
    """Return who answers for records of these organisations, kind by kind: one statement."""
    return controllers(beside.by.organisation, owners)
