"""What is never done by a machine: what needs a signature, or the second factor confirmed just now.

Each of these says so, whatever is asked for: nothing is looked up, so nothing can be learned.
"""

from http import HTTPStatus
from typing import NoReturn
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from concordat.people.models import Scope

from .operations import writes
from .problems import Problem

router = Router(tags=["Never by a machine"])


def refuse() -> NoReturn:
    """Say where it is done instead."""
    sentence = _(
        "A machine does not do this. It needs a person, who signs it or confirms it on the pages of Concordat: "
        "input is not sign-off."
    )
    raise Problem(HTTPStatus.FORBIDDEN, sentence)


@writes(router, "/agreements/{uuid:agreement}/signature", Scope.LISTS)
def sign_agreement(request: HttpRequest, agreement: UUID) -> None:  # noqa: ARG001 - nothing is looked up
    """Never: a signatory signs on the pages, with the second factor."""
    refuse()


@writes(router, "/agreements/{uuid:agreement}/suspension", Scope.LISTS)
def suspend_agreement(request: HttpRequest, agreement: UUID) -> None:  # noqa: ARG001 - the same
    """Never: a signatory suspends and lifts on the pages, with the second factor."""
    refuse()


@writes(router, "/agreements/{uuid:agreement}/end", Scope.LISTS)
def end_agreement(request: HttpRequest, agreement: UUID) -> None:  # noqa: ARG001 - the same
    """Never: a signatory ends on the pages, with the second factor."""
    refuse()


@writes(router, "/goals/{uuid:goals}/signature", Scope.DELIVERY)
def sign_goals(request: HttpRequest, goals: UUID) -> None:  # noqa: ARG001 - the same
    """Never: each party signs goals on the pages."""
    refuse()


@writes(router, "/briefings/{uuid:briefing}/acknowledgement", Scope.BRIEFING)
def acknowledge_briefing(request: HttpRequest, briefing: UUID) -> None:  # noqa: ARG001 - the same
    """Never: whoever meets the person reads the briefing on its page and confirms it there."""
    refuse()


@writes(router, "/log/keys", Scope.WITNESS)
def record_key(request: HttpRequest) -> None:  # noqa: ARG001 - the same
    """Never: a person records the key of their organisation on the pages, with the second factor."""
    refuse()


@writes(router, "/imports/{uuid:upload}/confirmation", Scope.IMPORTS)
def confirm_upload(request: HttpRequest, upload: UUID) -> None:  # noqa: ARG001 - the same
    """Never: an officer confirms the columns of a caseload file on the pages."""
    refuse()


@writes(router, "/imports/{uuid:upload}/load", Scope.IMPORTS)
def load_upload(request: HttpRequest, upload: UUID) -> None:  # noqa: ARG001 - the same
    """Never: an officer loads a caseload file on the pages."""
    refuse()
