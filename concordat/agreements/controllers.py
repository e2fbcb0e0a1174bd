"""Who is responsible for a record, and under which law: read from clause 1 of the protocol and what parties stated.

Where nothing else was agreed, the organisation that recorded it is, alone. One statement for a whole page.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from concordat.controllers.models import Law, Regime
from concordat.core.codes import Category
from concordat.core.wording import enumerated
from concordat.organisations.models import Organisation

from .models import Agreement


class Stated(NamedTuple):
    """What one organisation stated, and what was agreed with it: the first party, and the answers of clause 1."""

    law: str
    enforcement: Collection[int]
    citation: str
    first_party: int
    agreed: Mapping[str, Any]


NOTHING = Stated("", (), "", 0, {})


@dataclass(frozen=True)
class Controller:
    """Who is responsible for something: one organisation alone or two together, each with the law that holds for it."""

    organisations: tuple[Organisation, ...]
    laws: tuple[str, ...]

    @property
    def together(self) -> bool:
        return len(self.organisations) > 1

    @property
    def words(self) -> str:
        """Say it in one sentence."""
        each = [under(one, law) for one, law in zip(self.organisations, self.laws, strict=True)]
        if self.together:
            return _("Responsible together: %(each)s.") % {"each": enumerated(each)}
        return _("Responsible: %(who)s, alone.") % {"who": each[0]}


def under(organisation: Organisation, law: str) -> str:
    if not law:
        return _("%(who)s (law not stated here)") % {"who": organisation.name}
    return _("%(who)s (%(law)s)") % {"who": organisation.name, "law": Law(law).label}


@dataclass(frozen=True)
class Controllers:
    """What one's own organisation and others stated and agreed; asked of the database once."""

    own: Organisation
    others: Mapping[int, Organisation]
    stated: Mapping[int, Stated] = field(default_factory=dict)

    def of(self, owner: int, category: int) -> Controller:
        """Return who is responsible for what an organisation recorded under a category."""
        found = [self._party(owner)]
        partners = [owner] if owner != self.own.pk else list(self.others)
        for partner in partners:
            found = self._agreed(partner, owner, category) or found
        organisations = tuple(dict.fromkeys(found))
        return Controller(organisations, tuple(self.law(one.pk, category) for one in organisations))

    def _agreed(self, partner: int, owner: int, category: int) -> list[Organisation]:
        """Return who is responsible where the protocol with a partner says otherwise than its recorder alone."""
        said = self.stated.get(partner, NOTHING)
        second = partner if said.first_party == self.own.pk else self.own.pk
        named = [name for name in ("joint", "first", "second") if str(category) in (said.agreed.get(name) or ())]
        if not named or partner == self.own.pk:
            return []
        if named[0] == "joint":
            return [self._party(owner), self._party(second if owner == said.first_party else said.first_party)]
        return [self._party(said.first_party if named[0] == "first" else second)]

    def _party(self, number: int) -> Organisation:
        return self.own if number == self.own.pk else self.others[number]

    def law(self, organisation: int, category: int) -> str:
        """Return under which law an organisation keeps a category; nothing where it has not said."""
        said = self.stated.get(organisation, NOTHING)
        return Law.ENFORCEMENT if said.law and category in said.enforcement else said.law

    def contact(self, organisation: int) -> str:
        """Return the data protection contact that a protocol names for an organisation."""
        partners = list(self.others) if organisation == self.own.pk else [organisation]
        for said in filter(None, (self.stated.get(one) for one in partners)):
            name = "contact_a" if said.first_party == organisation else "contact_b"
            if contact := said.agreed.get(name):
                return str(contact)
        return ""

    def parts(self, owner: int, categories: Iterable[Category]) -> list[tuple[str, list[str]]]:
        """Group categories by who answers for them, in whole sentences; the largest group first."""
        found: dict[str, list[str]] = {}
        for one in categories:
            found.setdefault(self.of(owner, one).words, []).append(str(one.label))
        return sorted(found.items(), key=lambda part: -len(part[1]))


def controllers(own: Organisation, others: Iterable[Organisation]) -> Controllers:
    """Return who is responsible among one's own organisation and these: one statement."""
    known = {one.pk: one for one in others if one.pk != own.pk}
    with connection.cursor() as cursor:
        columns = "organisation, law, enforcement, citation, first_party, agreed::text"
        cursor.execute(f"SELECT {columns} FROM agreements.responsible(%s)", [[own.pk, *known]])  # noqa: S608 - fixed
        rows = cursor.fetchall()
    stated = {
        number: Stated(law or "", enforcement or (), citation or "", first or 0, read(agreed))
        for number, law, enforcement, citation, first, agreed in rows
    }
    return Controllers(own, known, stated)


def read(agreed: str | None) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(agreed) if agreed else {}
    return held


def laws_of(agreement: Agreement) -> list[tuple[Organisation, Regime | None]]:
    """Return what both parties stated last; it is no part of the text, and can change."""
    parties = (agreement.party_a, agreement.party_b)
    found = {one.organisation_id: one for one in Regime.objects.filter(organisation__in=parties).order_by("stated_at")}
    return [(one, found.get(one.pk)) for one in parties]
