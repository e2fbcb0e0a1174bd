"""The safety briefing, to be read. That a program has it does not say that somebody read it: that is confirmed."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router

from concordat.access import asking
from concordat.cases.disagreements import beside
from concordat.organisations.models import Organisation
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership, Scope
from concordat.sharing import sheet
from concordat.sharing.models import SafetyBriefing

from .cases import said_shapes
from .operations import reads
from .papers import plain
from .shapes.delivery import BriefingShape, LineShape

router = Router(tags=["Safety"])


@reads(router, "/cases/{uuid:case}/briefings", Scope.BRIEFING, list[BriefingShape])
def newest_briefings(request: SignedInRequest, case: UUID) -> list[BriefingShape]:
    """Show the safety briefings that hold for your own case of a person: one of each authority that wrote one.

    `case` may also be that of the authority itself.
    """
    cases = [case, *(one.case for one in asking.linked_cases(case))]
    newest: dict[UUID, SafetyBriefing] = {}
    for one in SafetyBriefing.objects.filter(case_id__in=cases).order_by("case_id", "-number"):
        newest.setdefault(one.case_id, one)
    if not newest:
        raise Http404
    return [shown(one, request.acting) for one in newest.values()]


@reads(router, "/briefings/{uuid:briefing}", Scope.BRIEFING, BriefingShape)
def briefing(request: SignedInRequest, briefing: UUID) -> BriefingShape:
    """Show one version of a safety briefing. You confirm it on its page: that a program has it does not count."""
    return shown(get_object_or_404(SafetyBriefing, pk=briefing), request.acting)


def shown(one: SafetyBriefing, by: Membership) -> BriefingShape:
    """Show a version as the sheet does."""
    owner = Organisation.objects.get(pk=one.owner_id)
    versions = SafetyBriefing.objects.filter(case_id=one.case_id)
    lines = sheet.lines_of(one, versions.filter(number__lt=one.number).first(), owner)
    return BriefingShape(
        disagreements=said_shapes(beside([one]).get(one.pk, ())),
        id=one.pk, case=one.case_id, number=one.number, written_at=one.created_at, what_changed=one.what_changed,
        newest=not versions.filter(number__gt=one.number).exists(),
        confirmed=one.acknowledgements.filter(membership=by).exists(),
        lines=[LineShape(heading=plain(line.heading), text=plain(line.text), changed=line.changed) for line in lines],
    )  # fmt: skip
