"""As whom one acts; agreements; services; what waits; notices."""

from collections.abc import Iterable
from html import unescape
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import strip_tags
from django.utils.timezone import now
from ninja import Router

from concordat.agreements import overview
from concordat.agreements.models import Agreement
from concordat.agreements.status import status, with_everything
from concordat.agreements.views.finding import find_agreement
from concordat.core.feeds import whole_card
from concordat.core.parts import Card
from concordat.core.wording import by_time
from concordat.notices.models import Notice
from concordat.organisations.models import Organisation
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership, Scope
from concordat.referrals.asking.listing import listed
from concordat.referrals.asking.terms import Papers, papers
from concordat.referrals.models import Service
from concordat.today.views import FIRST_VISIT, gathered

from .directory import SERVICES
from .operations import reads
from .paging import MOST, Cursor, Limit, piece
from .shapes.common import PartyShape
from .shapes.papers import (
    ActingShape,
    AgreementDetail,
    AgreementPage,
    AgreementShape,
    CardShape,
    ClauseShape,
    ClockShape,
    GivenShape,
    NewsShape,
    NoticePage,
    NoticeShape,
    OfferedPage,
    OfferedShape,
    SignatureShape,
    TodayShape,
)

router = Router(tags=["Papers"])


@reads(router, "/me", Scope.LISTS, ActingShape)
def me(request: SignedInRequest) -> ActingShape:
    """Say as whom and for which purpose you act, and until when your token lives."""
    by, token = request.acting, request.token
    return ActingShape(
        membership=by.pk, name=by.shown_name, title=by.title, organisation=party(by.organisation), roles=by.roles,
        purpose=request.purpose, token=token.number if token else None, scopes=token.scopes if token else list(Scope),
        until=token.expires_at if token else None,
    )  # fmt: skip


# ---- agreements -----------------------------------------------------------------------------------------------------


@reads(router, "/agreements", Scope.LISTS, AgreementPage)
def agreements(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the agreements of your organisation and where each stands, by title."""
    rows = with_everything()

    def show(found: Iterable[Agreement]) -> list[AgreementShape]:
        return [AgreementShape(**standing(one)) for one in found]

    return piece(request, response, rows, show, by=("title", "pk"), cursor=cursor, limit=limit)


@reads(router, "/agreements/{uuid:agreement}", Scope.LISTS, AgreementDetail)
def agreement(request: HttpRequest, agreement: UUID) -> AgreementDetail:  # noqa: ARG001 - django-ninja hands it over
    """Show an agreement: where it stands, the words of its clauses, and what it gives."""
    found = find_agreement(agreement)
    whole = overview.WHOLE.get(pk=overview.shown_version(found, status(found)).pk)
    return AgreementDetail(
        **standing(found), shown_version=whole.number, first_day=whole.first_day, last_day=whole.last_day,
        check_number=whole.hash, clauses=[ClauseShape(code=one.code, words=one.wording) for one in whole.clauses.all()],
        gives=[
            GivenShape(
                giver=one.owner.name, receiver=one.recipient.name, category=one.get_category_display(),
                form=one.get_form_display(), purpose=one.get_purpose_display(), role=one.get_role_display(),
                condition=one.get_condition_display(),
            )
            for one in whole.sharingrules.select_related("owner", "recipient")
        ],
        places=[one.place.name for one in whole.termsplaces.all()],
        signatures=[
            SignatureShape(
                party=names_of(found)[one.organisation_id], name=one.membership.shown_name, at=one.signed_at,
                on_paper=one.on_paper,
            )
            for one in whole.signatures.all()
        ],
    )  # fmt: skip


def names_of(found: Agreement) -> dict[int, str]:
    return {one.pk: one.name for one in (found.party_a, found.party_b)}


def standing(found: Agreement) -> dict[str, Any]:
    """Say where an agreement stands now."""
    held = status(found)
    return {
        "id": found.pk, "kind": found.kind, "reference": found.reference, "title": found.title,
        "activity": found.activity, "parties": [party(found.party_a), party(found.party_b)],
        "standing": held.standing.value, "state": held.shown.text,
        "version": held.version.number if held.version else None, "until": held.until,
    }  # fmt: skip


# ---- services -------------------------------------------------------------------------------------------------------


@reads(router, "/services", Scope.LISTS, OfferedPage)
def services(
    request: SignedInRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List what is offered, by name, and whether your organisation can refer to it."""
    known = papers()

    def show(found: Iterable[Service]) -> list[OfferedShape]:
        return [offered(one, known, request.acting) for one in found]

    rows = SERVICES.filter(closed_at=None)
    return piece(request, response, rows, show, by=("sort_key", "pk"), cursor=cursor, limit=limit)


@reads(router, "/services/{uuid:service}", Scope.LISTS, OfferedShape)
def service(request: SignedInRequest, service: UUID) -> OfferedShape:
    """Show one service."""
    return offered(get_object_or_404(SERVICES, pk=service), papers(), request.acting)


def offered(one: Service, known: Papers, by: Membership) -> OfferedShape:
    said = listed(one, known=known, by=by)
    return OfferedShape(
        id=one.pk, name=one.name, provider=party(one.organisation), description=one.description, method=one.method,
        target=one.target, needs=one.needs, languages=one.languages, sexes=one.sexes, age_groups=one.age_groups,
        places=[place.place.name for place in one.places.all()], free_places=one.free_places,
        free_places_on=one.free_places_on, open_at=said.open_at, refusals=said.refusals,
    )  # fmt: skip


# ---- what waits -----------------------------------------------------------------------------------------------------


@reads(router, "/today", Scope.LISTS, TodayShape)
def waiting(request: SignedInRequest) -> TodayShape:
    """Show what needs you, what lapses next and what is new, as the page Today does."""
    since = request.user.previous_login or now() - FIRST_VISIT
    cards = sorted(gathered("TODAY_CARDS", request.acting), key=lambda one: by_time(one.due))
    clocks = sorted(gathered("TODAY_CLOCKS", request.acting), key=lambda one: by_time(one.due))
    news = sorted(gathered("TODAY_NEWS", request.acting, since), key=lambda one: one.at, reverse=True)
    return TodayShape(
        cards=[card_shape(whole_card(one)) for one in cards],
        clocks=[ClockShape(name=plain(one.name), due=one.due, then=plain(one.then), owner=one.owner) for one in clocks],
        news=[NewsShape(words=plain(one.words), by=plain(one.by), at=one.at) for one in news],
    )


def card_shape(card: Card) -> CardShape:
    checks = [plain(one.text) for one in card.checks]
    return CardShape(
        title=plain(card.title), due=card.due, place=plain(card.place), because=plain(card.because), checks=checks
    )


@reads(router, "/notices", Scope.LISTS, NoticePage)
def notices(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST) -> dict[str, Any]:
    """List the notices that stand for you, the newest first."""
    rows = Notice.objects.filter(over_at=None)
    return piece(request, response, rows, told, by=("-made_at", "pk"), cursor=cursor, limit=limit)


def told(found: Iterable[Notice]) -> list[NoticeShape]:
    return [
        NoticeShape(
            id=one.pk, about=one.about, words=one.get_about_display(), reference=one.reference, urgent=one.is_urgent,
            made_at=one.made_at, seen_at=one.seen_at,
        )
        for one in found
    ]  # fmt: skip


def plain(words: object) -> str:
    """Return words without the links and marks of a page."""
    return unescape(strip_tags(str(words)))


def party(one: Organisation) -> PartyShape:
    return PartyShape(id=one.pk, name=one.name, side=one.side)
