"""The list of cases, on the screen and as a file."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.access import asking
from concordat.access.rights import sees_whole
from concordat.cases.disagreements import Beside, beside
from concordat.cases.models import Assignment, Case, Link, Placement
from concordat.cases.rules import working_at
from concordat.core.codes import Category
from concordat.merging.models import Merge
from concordat.people.models import Membership
from concordat.people.roles import Role

from .forms import CasesForm

TAKERS = (Role.PROGRAMME_MANAGER, Role.COORDINATOR, Role.DATA_PROTECTION)
CATEGORIES = (Category.P02, Category.P03)


def listed(by: Membership, *, show: str = "", text: str = "") -> QuerySet[Case]:
    """Return the cases to list, by reference, with who works on them and with whom."""
    whole = Q(owner=by.organisation_id)
    assigned = whole & Q(pk__in=asking.own_cases())
    # The policy says the same. Said here, a caseload is looked up instead of sought among all cases there are.
    mine = whole if sees_whole(by.roles) else assigned
    wanted = {
        CasesForm.CLOSED: mine & Q(closed_at__isnull=False),
        CasesForm.MINE: assigned,
        CasesForm.OTHERS: ~whole,
        CasesForm.OPEN: mine & Q(closed_at=None) & ~Q(pk__in=folded()),
    }
    default = CasesForm.OTHERS if by.has(Role.MONITOR) else CasesForm.OPEN
    found = Case.objects.filter(wanted.get(show) or wanted[default])
    if text:
        found = found.filter(Q(reference__istartswith=text) | Q(working_code__istartswith=text))
    return found.select_related("owner").prefetch_related(*with_people())


def folded() -> set[UUID]:
    """Return the cases whose work goes on under another one. Asked apart: within the list it would be planned anew."""
    return set(Merge.objects.filter(undone_at=None).order_by().values_list("folded", flat=True))


def with_people() -> list[Any]:
    """Load who works on each case, and the other organisations it is linked to, as far as they show."""
    working = Assignment.objects.filter(working_at(now())).select_related("membership").order_by("starts_at")
    live = Link.objects.filter(ends_at=None)
    return [
        Prefetch("assignments", working),
        Prefetch("links_to_civil", live.select_related("civil")),
        Prefetch("links_to_authority", live.select_related("authority")),
    ]


# ---- as a file -----------------------------------------------------------------------------------------------------


def refuse_export(by: Membership) -> str | None:
    """Say why somebody may not take the list of cases out."""
    if by.has(*TAKERS):
        return None
    return _("Programme managers, coordinators and data protection officers take out lists of cases. Ask one of yours.")


def heading() -> list[str]:
    return [
        _("Reference"),
        _("Working code"),
        _("Service"),
        _("Place"),
        _("What the person says against the place"),
        _("Opened on"),
        _("Closed on"),
    ]


def as_rows(by: Membership) -> list[list[object]]:
    """Return the cases of one's own organisation that one may see. Names stay here."""
    cases = list(Case.objects.filter(owner=by.organisation_id))
    places = Placement.objects.filter(case__in=cases, ends_at=None).select_related("place").order_by("starts_at")
    at = {placement.case_id: placement for placement in places}
    said = beside(at.values())
    return [
        [
            case.reference, case.working_code, case.service_purpose, *_placed(at.get(case.pk), said),
            case.opened_at.date(), case.closed_at.date() if case.closed_at else "",
        ]
        for case in cases
    ]  # fmt: skip


def _placed(now_at: Placement | None, said: Beside) -> list[str]:
    if now_at is None:
        return ["", ""]
    return [now_at.place.name, "\n".join(f"{one.words}\n{one.note}" for one in said.get(now_at.pk, ()))]
