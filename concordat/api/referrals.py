"""Referrals: written and sent by the one side, acknowledged and answered by the other."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from concordat.cases.disagreements import Beside, beside
from concordat.cases.models import Case
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership, Scope
from concordat.referrals.asking import actions, forms
from concordat.referrals.asking.listing import answer_state, sent_state
from concordat.referrals.asking.outside import OutsideView, outside_views
from concordat.referrals.asking.views.referral import REFERRALS
from concordat.referrals.models import Answer, Referral, Service

from .cases import said_shapes
from .directory import SERVICES
from .once import Key, once
from .operations import address, reads, writes
from .paging import MOST, Cursor, Limit, piece
from .papers import party
from .saying import checked, typed
from .shapes import Result
from .shapes.referrals import (
    AnswerShape,
    Checked,
    NewAnswer,
    NewReferral,
    OutsideShape,
    ReferralPage,
    ReferralShape,
)

router = Router(tags=["Referrals"])


@reads(router, "/referrals", Scope.CASES, ReferralPage)
def referrals(
    request: SignedInRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the referrals that your organisation wrote, as an authority, or else received, the newest first."""
    mine = request.acting.organisation_id
    wrote = request.acting.organisation.is_authority
    rows = REFERRALS.filter(owner=mine) if wrote else REFERRALS.filter(to=mine, sent_at__isnull=False)

    def show(found: list[Referral]) -> Iterable[ReferralShape]:
        return shown(found, request.acting)

    by = ("-created_at" if wrote else "-sent_at", "pk")
    return piece(request, response, rows, show, by=by, cursor=cursor, limit=limit)


@reads(router, "/referrals/{uuid:referral}", Scope.CASES, ReferralShape)
def referral(request: SignedInRequest, referral: UUID) -> ReferralShape:
    """Show a referral from the side on which you stand."""
    (one,) = shown([get_object_or_404(REFERRALS, pk=referral)], request.acting)
    return one


@writes(router, "/cases/{uuid:case}/referrals", Scope.REFERRALS)
def draft_referral(request: SignedInRequest, response: HttpResponse, case: UUID, said: NewReferral, key: Key) -> Result:
    """Draft a referral of the person of one of your organisation's cases. It is looked at before it is sent."""

    def do() -> UUID:
        about = get_object_or_404(Case, pk=case)
        chosen: Service = get_object_or_404(SERVICES, pk=said.service)
        hoped = {f"outcome_{number}": text for number, text in enumerate(said.desired_outcomes, start=1)}
        form = forms.ReferralForm(typed(said, **hoped), needs=chosen.needs)
        written = checked(form, **dict.fromkeys(hoped, "desired_outcomes"))
        return actions.draft(about, service=chosen, **written, by=request.acting).pk

    return once(request, response, key, said, do, at=at)


@writes(router, "/referrals/{uuid:referral}/sending", Scope.REFERRALS)
def send_referral(request: SignedInRequest, response: HttpResponse, referral: UUID, said: Checked, key: Key) -> Result:
    """Send a draft, as somebody has checked it."""

    def do() -> UUID:
        found = get_object_or_404(REFERRALS, pk=referral)
        return actions.send(found, **checked(forms.SendForm(typed(said))), by=request.acting).pk

    return once(request, response, key, said, do, at=at)


@writes(router, "/referrals/{uuid:referral}/acknowledgement", Scope.REFERRALS)
def acknowledge_referral(request: SignedInRequest, response: HttpResponse, referral: UUID, key: Key) -> Result:
    """Say that a referral has arrived."""

    def do() -> UUID:
        found = get_object_or_404(REFERRALS, pk=referral)
        return actions.acknowledge(found, by=request.acting).referral_id

    return once(request, response, key, None, do, at=at)


@writes(router, "/referrals/{uuid:referral}/answer", Scope.REFERRALS)
def answer_referral(
    request: SignedInRequest, response: HttpResponse, referral: UUID, said: NewAnswer, key: Key
) -> Result:
    """Accept or decline. Outside a no looks like every other "not currently", and like no answer at all."""

    def do() -> UUID:
        found = get_object_or_404(REFERRALS, pk=referral)
        return actions.answer(found, **checked(forms.AnswerForm(typed(said))), by=request.acting).referral_id

    return once(request, response, key, said, do, at=at)


def at(referral: UUID) -> str:
    return address("referral", referral=referral)


# ---- how they are shown ----------------------------------------------------------------------------------------------


def shown(found: list[Referral], by: Membership) -> list[ReferralShape]:
    """Show referrals, each from the reader's side, with two more queries whatever their number."""
    sent = outside_views(one.pk for one in found if one.owner_id == by.organisation_id and one.sent_at)
    received = [one.pk for one in found if one.owner_id != by.organisation_id]
    answers = {one.referral_id: one for one in Answer.objects.filter(referral__in=received)} if received else {}
    said = beside(found)
    return [
        sent_shape(one, sent.get(one.pk, OutsideView()), said)
        if one.owner_id == by.organisation_id
        else received_shape(one, answers.get(one.pk), said)
        for one in found
    ]


def sent_shape(one: Referral, view: OutsideView, against: Beside) -> ReferralShape:
    """Show a referral to its sender: acknowledged or not, agreed or not currently, and nothing else."""
    outside = OutsideShape(acknowledged=view.acknowledged, agreed=view.agreed) if one.sent_at else None
    return ReferralShape(
        **common(one, against), case=one.case_id, state=sent_state(one, view).text, outside=outside, answer=None
    )


def received_shape(one: Referral, said: Answer | None, against: Beside) -> ReferralShape:
    """Show a referral to whoever was asked: the curated text, one's own answer, and nothing else of the case."""
    answer = AnswerShape(
        acknowledged_at=said.acknowledged_at, accepted=said.accepted, answered_at=said.answered_at,
        reason=said.reason, link=said.link_id, case=said.case_id,
    ) if said else None  # fmt: skip
    return ReferralShape(**common(one, against), case=None, state=answer_state(said).text, outside=None, answer=answer)


def common(one: Referral, against: Beside) -> dict[str, Any]:
    return {
        "disagreements": said_shapes(against.get(one.pk, ())),
        "id": one.pk, "reference": one.reference, "service": one.service.name, "sender": party(one.owner),
        "to": party(one.to), "need": one.need, "place": one.place.name, "text": one.text,
        "desired_outcomes": one.desired_outcomes, "sent_at": one.sent_at, "acknowledge_due": one.acknowledge_due,
        "answer_due": one.answer_due,
    }  # fmt: skip
