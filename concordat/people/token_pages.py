"""The pages of tokens for machines: one's own, and for an administrator those of the organisation without the key."""

from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concordat.core.codes import Purpose
from concordat.core.edits import take_turn
from concordat.core.errors import Refused
from concordat.core.screens import show_form

from . import actions, forms, rules
from . import tokens as kept
from .acting import THROUGH
from .confirm import confirmed_recently
from .forms import sent
from .http import SignedInRequest
from .models import Membership, Scope, Token, TokenPermit
from .roles import Role


class Row(NamedTuple):
    """One token as it is shown."""

    token: Token
    purpose: str
    scopes: list[str]
    live: bool
    holder: Membership | None = None


def row_of(token: Token, holder: Membership | None = None) -> Row:
    live = token.ended_at is None and token.expires_at > now()
    scopes = [str(Scope(one).label) for one in token.scopes]
    return Row(token, str(Purpose(token.purpose).label), scopes, live, holder)


@require_safe
def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's own tokens for the organisation that one acts for."""
    rows = sorted(map(row_of, kept.own_tokens(request.acting.id)), key=lambda row: not row.live)
    refusal = rules.refuse_tokens(request.acting, permitted=kept.is_permitted(request.acting.organisation_id))
    return render(request, "people/tokens.html", {"rows": rows, "refusal": refusal})


@never_cache
@confirmed_recently
def new_token(request: SignedInRequest) -> HttpResponse:
    """Make a token. Its key is on the page that answers, and nowhere else."""
    form = forms.TokenForm(sent(request), purposes=kept.possible_purposes(request.acting))
    if form.is_valid():
        try:
            return render(request, "people/token.html", made(request, **form.cleaned_data))
        except Refused as error:
            form.add_error(None, str(error))
    refusal = rules.refuse_tokens(request.acting, permitted=kept.is_permitted(request.acting.organisation_id))
    context: dict[str, Any] = {
        "form": form, "title": _("Make a token for a machine"), "button": _("Make the token"), "refusal": refusal,
        "cancel_url": reverse("people:tokens"),
    }  # fmt: skip
    return render(request, "people/new_token.html", context, status=422 if form.is_bound else 200)


def made(request: SignedInRequest, **typed: Any) -> dict[str, Any]:  # noqa: ANN401 - handed on
    """Make a token out of what was typed, and return what its page shows."""
    done = actions.make_token(
        **typed, user=request.user, level=request.level, through=request.session.get(THROUGH), by=request.acting
    )
    return {"row": row_of(done.token), "key": done.key}


@require_POST
def end_token(request: SignedInRequest, token: UUID) -> HttpResponse:
    """End a token, one's own or as an administrator one of the organisation."""
    ended = get_object_or_404(Token, pk=token, organisation=request.acting.organisation_id)
    own = ended.membership_id == request.acting.id
    if not own and not request.acting.has(Role.ADMINISTRATOR):
        raise Http404
    actions.end_token(ended, by=request.acting)
    messages.success(request, _("Token %(number)s has ended. It opens nothing any more.") % {"number": ended.number})
    return redirect("people:tokens" if own else "people:members_tokens")


@require_safe
def members_tokens(request: SignedInRequest) -> HttpResponse:
    """Show an administrator which tokens there are, whose, until when, and whether they are permitted."""
    refusal = rules.refuse_looking_after(request.acting, request.acting.organisation)
    if refusal:
        return render(request, "people/members_tokens.html", {"refusal": refusal}, status=403)
    known = {one.id: one for one in Membership.objects.filter(organisation_id=request.acting.organisation_id)}
    found = kept.tokens_of(request.acting.organisation_id)
    context = {
        "rows": [row_of(one, known.get(one.membership_id)) for one in found],
        "permitted": kept.is_permitted(request.acting.organisation_id),
    }
    return render(request, "people/members_tokens.html", context)


@confirmed_recently
def permit_tokens(request: SignedInRequest) -> HttpResponse:
    """Permit or forbid tokens to the members of one's organisation."""
    organisation = request.acting.organisation
    if request.method == "POST":
        take_turn(organisation)
    before = TokenPermit.objects.filter(organisation=organisation, allowed=True).exists()
    form = forms.PermitForm(sent(request), initial={"allowed": "yes" if before else "no"})
    return show_form(
        request, form, partial(actions.permit_tokens, organisation, by=request.acting), changes=organisation,
        title=_("Tokens for machines at %(organisation)s") % {"organisation": organisation}, button=_("Save"),
        intro=_(
            "With a token a program works for one member, for one purpose and at most 90 days, without asking for the "
            "second factor each time. Whoever has a copy of its key can do the same. It never signs, suspends or ends "
            "an agreement. Every line of the log says with which token."
        ),
        done=_("Your choice is kept."), to="people:members_tokens", cancel_url=reverse("people:members_tokens"),
    )  # fmt: skip
