"""Where a case is found: by the numbers of a name, or by what its working code or reference begins with."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from concordat.cases.models import Case, Identity, NameToken
from concordat.cases.names import asked

MOST = 50


@dataclass(frozen=True)
class Found:
    """A case that fits; `name` only where the reader may see it."""

    case: Case
    name: str


def find(text: str) -> list[Found]:
    """Return what fits, by reference: four queries, whatever there is. Hidden rows are not among them."""
    wanted = Q(working_code__iexact=text.strip()) | Q(reference__istartswith=text.strip()) | Q(pk__in=by_name(text))
    cases = list(Case.objects.filter(wanted).select_related("owner")[:MOST])
    names = {one.case_id: str(one) for one in Identity.objects.filter(case__in=cases)}
    return [Found(case, names.get(case.pk, "")) for case in cases]


def by_name(text: str) -> set[UUID]:
    """Return the cases of whose name every word that was typed fits a piece."""
    words = asked(text)
    if not words:
        return set()
    everything = set().union(*words)
    rows = NameToken.objects.filter(token__in=everything).values_list("case", "token")
    found: dict[UUID, set[int]] = {}
    for case, token in rows:
        found.setdefault(case, set()).add(token)
    return {case for case, has in found.items() if all(word & has for word in words)}
