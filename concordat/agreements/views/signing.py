"""Signing a version: read, tick, sign, with the second factor just before."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.agreements import actions, rules, signing
from concordat.agreements.forms import PaperForm, SignForm
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.core.wiring import wired
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .finding import find_version


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def sign(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what is signed, with the first groups of its check number, and sign it."""
    found = find_version(pk, number)
    if refusal := rules.refuse_sign(request.acting, found):
        raise Refused(refusal)
    form = SignForm(sent(request), initial={"hash": found.hash})
    page = reverse("agreements:version", args=[pk, number])
    return show_form(
        request, form, partial(actions.sign, found, by=request.acting), title=_("Check what you sign"),
        template="agreements/sign.html", to=page, done=signing.done(found), cancel_url=page,
        **signing.before(found, request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def sign_on_paper(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Record what one's own side signed by hand, with its scan and the check number that is printed on it."""
    found = find_version(pk, number)
    if refusal := rules.refuse_sign(request.acting, found):
        raise Refused(refusal)
    files = wired("RECORD_FILES")("agreement", found, request.acting)
    page = reverse("agreements:version", args=[pk, number])
    return show_form(
        request, PaperForm(signing.scans(files, request.acting), sent(request)),
        partial(actions.sign_on_paper, found, by=request.acting), title=_("Record a signature on paper"),
        template="agreements/sign_on_paper.html", to=page, done=signing.done(found), cancel_url=page,
        button=_("Record the signature"), files=files, **signing.on_paper(found),
    )  # fmt: skip
