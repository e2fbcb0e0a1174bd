"""The safety briefing: reading it notes that it was opened, as on the page; only then can it be confirmed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from concordat.access import asking
from concordat.organisations.models import Organisation
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership, Scope
from concordat.sharing import actions, sheet
from concordat.sharing.models import SafetyBriefing

from .once import Key, once
from .operations import address, reads, writes
from .papers import plain
from .shapes import Result
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
    """Show one version of a safety briefing. Whoever reads it from outside has opened it, and that is kept."""
    return shown(get_object_or_404(SafetyBriefing, pk=briefing), request.acting)


@writes(router, "/briefings/{uuid:briefing}/acknowledgement", Scope.BRIEFING)
def acknowledge_briefing(request: SignedInRequest, response: HttpResponse, briefing: UUID, key: Key) -> Result:
    """Confirm that you have read exactly this version, the newest.

    It is you who confirms. A program that does so without having shown it to you puts you in danger.
    """

    def do() -> UUID:
        read = get_object_or_404(SafetyBriefing, pk=briefing)
        return actions.acknowledge(read, by=request.acting).pk

    return once(request, response, key, None, do, at=lambda of: address("briefing", briefing=of))


def shown(one: SafetyBriefing, by: Membership) -> BriefingShape:
    """Show a version as the sheet does, and note that somebody from outside has it before them."""
    if one.owner_id != by.organisation_id:
        actions.open_briefing(one, by=by)
    owner = Organisation.objects.get(pk=one.owner_id)
    versions = SafetyBriefing.objects.filter(case_id=one.case_id)
    lines = sheet.lines_of(one, versions.filter(number__lt=one.number).first(), owner)
    return BriefingShape(
        id=one.pk, case=one.case_id, number=one.number, written_at=one.created_at, what_changed=one.what_changed,
        newest=not versions.filter(number__gt=one.number).exists(),
        confirmed=one.acknowledgements.filter(membership=by).exists(),
        lines=[LineShape(heading=plain(line.heading), text=line.text, changed=line.changed) for line in lines],
    )  # fmt: skip
