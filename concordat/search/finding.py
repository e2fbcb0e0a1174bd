"""Where a case is found: by the numbers of a name, or by what its working code or reference begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects

from concordat.cases.disagreements import Beside, beside
from concordat.cases.models import Case, Identity, NameToken
from concordat.cases.names import asked
from concordat.core.parts import Said

MOST = 50


@dataclass(frozen=True)
class Found:
    """A case that fits; `name` only where the reader may see it, with what the person says against it."""

    case: Case
    name: str
    said: Sequence[Said] = ()


def find(text: str) -> list[Found]:
    """Return what fits, by reference: the same queries, whatever there is. Hidden rows are not among them."""
    fitting = {case.pk: case for case in (*by_code(text), *by_name(text))}
    cases = sorted(fitting.values(), key=lambda case: case.reference)[:MOST]
    prefetch_related_objects(cases, "owner")  # a join would be planned before the few are picked out
    identities = {one.case_id: one for one in Identity.objects.filter(case__in=cases)}
    said = beside(identities.values())
    return [_found(case, identities.get(case.pk), said) for case in cases]


def _found(case: Case, identity: Identity | None, said: Beside) -> Found:
    return Found(case, str(identity), said.get(identity.pk, ())) if identity else Found(case, "")


def by_code(text: str) -> Iterable[Case]:
    """Return the first cases of this working code, or whose reference begins so."""
    code = text.strip()
    return Case.objects.filter(Q(working_code__iexact=code) | Q(reference__istartswith=code))[:MOST]


def by_name(text: str) -> Iterable[Case]:
    """Return the first cases of whose name every word that was typed fits a piece.

    The database brings the words together: a frequent name has thousands of cases, of which a page shows few.
    """
    words = asked(text)
    fits = (Q(pk__in=NameToken.objects.filter(token__in=word).values("case")) for word in words)
    return Case.objects.filter(*fits)[:MOST] if words else ()
