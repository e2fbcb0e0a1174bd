"""Where something could travel: beyond the two parties of a protocol, along every agreement that one may read.

Nothing passes by itself: a partner would have to write down what it read. Seen are one's own agreements in force, the
mandates that statutes give, and the open parts of what others have agreed among themselves; the rest stays theirs.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core import wording
from concordat.core.codes import Category
from concordat.organisations.models import Organisation

from . import opened
from .models import Agreement, Kind, MandateCell, Prohibition, SharingRule, Version
from .status import status, with_everything


@dataclass(frozen=True)
class Step:
    """One organisation gives something of a category to another, under an agreement or a statute."""

    giver: int
    taker: int
    category: int
    under: str


NO_STEP: list[Step] = []


@dataclass(frozen=True)
class Way:
    """A way of several steps that goes through the version, and whether its first giver forbids its last taker that."""

    category: int
    path: tuple[int, ...]
    under: tuple[str, ...]
    barred: bool


def ways(version: Version) -> list[str]:
    """Return in words every way along which something could travel through this version."""
    if version.agreement.kind != Kind.PROTOCOL:
        return []
    steps, barred = around(version)
    own = {Step(one.owner_id, one.recipient_id, one.category, "") for one in version.sharingrules.all()}
    own = {one for one in own if (one.giver, one.taker, one.category) not in barred}
    found = [
        way for one in sorted(own, key=lambda one: (one.category, one.giver)) for way in through(one, steps, barred)
    ]
    names = dict(Organisation.objects.values_list("pk", "name"))
    return [in_words(one, names) for one in found]


def around(version: Version) -> tuple[list[Step], set[tuple[int, int, int]]]:
    """Return the steps of the other agreements in force and of the mandates, and what is forbidden somewhere."""
    versions = {version.pk: version.agreement}
    for one in with_everything(Agreement.objects.filter(kind=Kind.PROTOCOL).exclude(pk=version.agreement_id)):
        held = status(one)
        if held.in_force and held.version:
            versions[held.version.pk] = one
    barred = set(Prohibition.objects.filter(version__in=versions).values_list("owner_id", "recipient_id", "category"))
    rules = SharingRule.objects.filter(version__in=versions).exclude(version=version)
    steps = [
        Step(one.owner_id, one.recipient_id, one.category, versions[one.version_id].title)
        for one in rules
        if (one.owner_id, one.recipient_id, one.category) not in barred
    ]
    own = {str(pk) for pk in versions}
    return sorted(
        {*steps, *by_statute(), *by_open_parts(own)}, key=lambda one: (one.category, one.giver, one.taker, one.under)
    ), barred


def by_statute() -> Iterable[Step]:
    """Return what bodies may read by law."""
    lasting = Q(mandate__ends_at=None) | Q(mandate__ends_at__gt=now())
    for one in MandateCell.objects.filter(lasting, mandate__starts_at__lte=now()).select_related("mandate"):
        yield Step(one.mandate.over_id, one.mandate.body_id, one.category, one.mandate.statute)


def by_open_parts(own: Collection[str]) -> Iterable[Step]:
    """Return what others give each other, as far as they have published it and it is in force."""
    for part in opened.in_force():
        if str(part.version_id) not in own:
            said = opened.read(part)
            barred = {(one["owner_id"], one["recipient_id"], one["category"]) for one in said.get("prohibitions", [])}
            for rule in said.get("rules", []):
                step = (rule["owner_id"], rule["recipient_id"], rule["category"])
                if step not in barred and opened.holds_now(rule):
                    yield Step(*step, said["agreement"]["title"])


def through(own: Step, steps: Sequence[Step], barred: set[tuple[int, int, int]]) -> Iterator[Way]:
    """Return the ways of which this step is a part: from whoever gives to its giver, on to whomever its taker gives."""
    same = [one for one in steps if one.category == own.category]
    before = [NO_STEP, *(path[::-1] for path in walk(own.giver, same, back=True, closed={own.taker}))]
    after = [NO_STEP, *walk(own.taker, same, back=False, closed={own.giver})]
    for head in before:
        for tail in after:
            path = (*[one.giver for one in head], own.giver, own.taker, *[one.taker for one in tail])
            if (head or tail) and len(set(path)) == len(path):
                under = tuple(one.under for one in (*head, *tail))
                yield Way(own.category, path, under, (path[0], path[-1], own.category) in barred)


def walk(start: int, steps: Sequence[Step], *, back: bool, closed: set[int]) -> list[list[Step]]:
    """Walk breadth first along what is given or, backwards, what is got; each organisation is reached once."""
    found: list[list[Step]] = []
    waiting, seen = deque([(start, list[Step]())]), {start, *closed}
    while waiting:
        here, path = waiting.popleft()
        for one in steps:
            at, to = (one.taker, one.giver) if back else (one.giver, one.taker)
            if at == here and to not in seen:
                seen.add(to)
                found.append([*path, one])
                waiting.append((to, found[-1]))
    return found


def in_words(way: Way, names: dict[int, str]) -> str:
    """Say what could come from whom to whom, over whom, and under what."""
    said = {
        "what": Category(way.category).label,
        "origin": names[way.path[0]],
        "over": wording.enumerated(names[one] for one in way.path[1:-1]),
        "end": names[way.path[-1]],
        "under": wording.itemised(dict.fromkeys(way.under)),
    }
    if way.barred:
        return (
            _("%(what)s of %(origin)s could reach %(end)s over %(over)s, although %(origin)s forbids it (%(under)s).")
            % said
        )
    return _("%(what)s of %(origin)s could reach %(end)s over %(over)s (%(under)s).") % said
