"""What the terms between two organisations say about sessions: how they are watched over, and what the place gives."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from concordat.agreements.catalogue.terms import SUPPORTS, WATCHING
from concordat.agreements.models import Agreement, Kind, TermsRequirement, Version
from concordat.agreements.status import status, with_everything
from concordat.organisations.models import Place

WATCHED_OVER, GIVEN = "TRM-5", "TRM-9"


@dataclass(frozen=True)
class Agreed:
    """Terms in force with what they say. `watching` and `supports` are codes of the catalogue."""

    terms: Agreement
    places: list[Place]
    watching: list[str]
    supports: list[str]
    requirements: list[TermsRequirement]

    @property
    def watching_words(self) -> list[str]:
        return [str(WATCHING[one]) for one in self.watching if one in WATCHING]

    @property
    def support_words(self) -> list[str]:
        return [str(SUPPORTS[one]) for one in self.supports if one in SUPPORTS]

    def requirements_of(self, organisation: int) -> list[TermsRequirement]:
        """Return what the terms ask of the workers of one party."""
        return [one for one in self.requirements if one.organisation_id == organisation]


def agreed() -> list[Agreed]:
    """Return the terms of one's own organisation that were ever in force, each with its newest signed version."""
    found = with_everything(Agreement.objects.filter(kind=Kind.TERMS))
    held = [(one, version) for one in found if (version := status(one).version)]
    parts = ("clauses", "termsplaces__place", "termsrequirements")
    prefetch_related_objects([version for _one, version in held], *parts)  # the same queries, whatever there is
    return [_agreed(one, version) for one, version in held]


def _agreed(terms: Agreement, version: Version) -> Agreed:
    says: dict[str, Any] = {clause.code: clause.parameters for clause in version.clauses.all()}
    places = [row.place for row in version.termsplaces.all()]
    watching, supports = listed(says, WATCHED_OVER, "forms"), listed(says, GIVEN, "supports")
    return Agreed(terms, places, watching, supports, list(version.termsrequirements.all()))


def listed(says: dict[str, Any], clause: str, parameter: str) -> list[str]:
    return [str(one) for one in says.get(clause, {}).get(parameter) or []]
