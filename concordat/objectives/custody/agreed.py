"""What the terms between two organisations say about sessions: how they are watched over, and what the place gives."""

from dataclasses import dataclass
from typing import Any

from concordat.agreements.catalogue.terms import SUPPORTS, WATCHING
from concordat.agreements.models import Agreement, Kind, TermsRequirement
from concordat.agreements.status import status, with_everything
from concordat.organisations.models import Organisation, Place

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

    def other_than(self, organisation: int) -> Organisation:
        """Return the other party."""
        return self.terms.party_b if self.terms.party_a_id == organisation else self.terms.party_a


def agreed() -> list[Agreed]:
    """Return the terms of one's own organisation that were ever in force, each with its newest signed version."""
    found = []
    for one in with_everything(Agreement.objects.filter(kind=Kind.TERMS)):
        version = status(one).version
        if version is not None:
            says: dict[str, Any] = {clause.code: clause.parameters for clause in version.clauses.all()}
            places = [row.place for row in version.termsplaces.select_related("place")]
            asked = list(version.termsrequirements.all())
            watching, supports = listed(says, WATCHED_OVER, "forms"), listed(says, GIVEN, "supports")
            found.append(Agreed(one, places, watching, supports, asked))
    return found


def listed(says: dict[str, Any], clause: str, parameter: str) -> list[str]:
    return [str(one) for one in says.get(clause, {}).get(parameter) or []]
