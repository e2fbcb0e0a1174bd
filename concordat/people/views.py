"""The pages of one's own account: second factor, sessions, what was kept, for whom one acts. See also `joining.py`."""

from collections.abc import Collection
from functools import partial
from typing import NamedTuple
from uuid import UUID

from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from concordat.core.codes import Purpose
from concordat.core.edits import choose, hold_to_change
from concordat.core.errors import Refused
from concordat.core.refusals import UNPROCESSABLE
from concordat.core.screens import show_form
from concordat.core.templatetags.ui import square_of
from concordat.core.wording import enumerated

from . import actions, drafts, forms, rules, second_factor, sessions, tokens
from . import kept as kept_posts
from .acting import act_for
from .clock import Clock
from .confirm import confirmed_recently, next_of, show_question
from .devices import device_of
from .door import as_uuid
from .forms import sent
from .http import SignedInRequest
from .log import record_signin
from .memberships import held_memberships_of, purposes_of
from .models import Membership, Session
from .roles import Role
from .seen import read_ticket, still_seen
from .signin_transaction import in_signin
from .stages import Stage, open_to


class SendAgain(HttpResponseRedirect):
    """Have the browser send the same form on to another address (RFC 9110, 307)."""

    status_code = 307


# ---- the second factor ------------------------------------------------------------------------------------


@open_to(Stage.CONFIRMED)
def account(request: SignedInRequest) -> HttpResponse:
    """Show what one can do about one's account."""
    left = len(second_factor.recovery_codes_of(request.user))
    return render(request, "people/account.html", {
        "has_app": second_factor.has_app(request.user), "passkeys": len(second_factor.passkeys_of(request.user)),
        "codes_left": left,
        "tokens": tokens.live_count(request.acting),
    })  # fmt: skip


@open_to(Stage.SIGNED_IN)
@never_cache
def set_up(request: SignedInRequest) -> HttpResponse:
    """Set up an authenticator app, or another one in its place."""
    if second_factor.exists_for(request.user.id):
        return replace_app(request)
    if not second_factor.is_fresh(request):
        logout(request)
        messages.info(request, _("Sign in once more, then set up the second factor."))
        return redirect("account_login")
    return ask_for_app(request)


@confirmed_recently
def replace_app(request: SignedInRequest) -> HttpResponse:
    """Set up another app; the old one holds until the new one has shown its first code."""
    return ask_for_app(request)


def ask_for_app(request: SignedInRequest) -> HttpResponse:
    """Show the secret of a new app as a square and as text, and ask for its first code."""
    form = forms.SetUpForm(data=sent(request), user=request.user)
    if form.is_valid():
        second_factor.set_up(request.user, secret=form.secret, request=request)
        clear_totp_secret(request)
        messages.success(request, _("The second factor is set up. Keep these recovery codes where you will find them."))
        return redirect("people:recovery_codes")
    square = square_of(second_factor.address_of(request.user, form.secret))
    secret = " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4))
    return render(
        request,
        "people/set_up.html",
        {"form": form, "square": square, "secret": secret},
        status=422 if form.is_bound else 200,
    )


@open_to(Stage.CONFIRMED)
@never_cache
@confirmed_recently
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show the recovery codes that are left; make new ones on request."""
    if request.method == "POST":
        second_factor.renew_recovery_codes(request.user)
        messages.success(request, _("These are new codes. The old ones are worth nothing any more."))
        return redirect("people:recovery_codes")
    return render(request, "people/recovery_codes.html", {"codes": second_factor.recovery_codes_of(request.user)})


@open_to(Stage.SIGNED_IN)
@never_cache
@in_signin
def confirm(request: SignedInRequest) -> HttpResponse:
    """Ask for the second factor, then go on to where somebody was going, with what they had typed."""
    if not second_factor.exists_for(request.user.id):
        return redirect("people:set_up")
    then = next_of(request)
    by_passkey = "second-factor-credential" in request.POST
    form = (forms.PasskeyConfirmForm if by_passkey else forms.ConfirmForm)(data=sent(request), user=request.user)
    carries = "second-factor-carries" in request.POST
    if not form.is_valid():
        return show_question(request, form, then=then, carries=carries)
    form.save()
    return SendAgain(then) if carries else redirect(then)


# ---- sessions ---------------------------------------------------------------------------------------------


@open_to(Stage.CONFIRMED)
def sessions_list(request: SignedInRequest) -> HttpResponse:
    """Show where one is signed in."""
    own = sessions.hash_of(request.session.session_key or "")
    rows = [(row, device_of(row.user_agent), row.key_hash == own) for row in sessions.live_sessions_of(request.user.id)]
    return render(request, "people/sessions.html", {"rows": rows})


@open_to(Stage.CONFIRMED)
@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    """End one other session, or all others."""
    own = sessions.hash_of(request.session.session_key or "")
    others = Session.objects.filter(user=request.user, expires_at__gt=Clock()).exclude(key_hash=own)
    if number := request.POST.get("session"):
        others = others.filter(id=as_uuid(number))
    if others.delete()[0]:
        record_signin("other sessions ended", request.user.id)
    messages.success(request, _("You are signed out there."))
    return redirect("people:sessions")


# ---- what was kept, and for whom one acts -------------------------------------------------------------------


@never_cache
def kept(request: SignedInRequest) -> HttpResponse:
    """Show what was sent after the last session had expired; send it again or throw it away."""
    if request.method == "POST":
        taken = kept_posts.take(request.user.id, as_uuid(request.POST.get("kept-post", "")))
        if taken and "kept-send" in request.POST:
            return SendAgain(taken.address)
        return redirect(next_of(request, reverse("people:kept")))
    found = kept_posts.kept_for(request.user.id)
    here = still_seen([one for one in found if one.acting in {"", str(request.acting.id)}])
    other = [one for one in found if one.acting not in {"", str(request.acting.id)} and not one.title]
    if not here and not other:
        return redirect("/")
    unfinished = [(one, drafts.address_of(one)) for one in here if one.title]
    late = [one for one in here if not one.title]
    return render(request, "people/kept.html", {"own": late, "other": other, "unfinished": unfinished})


@require_POST
def keep_draft(request: SignedInRequest) -> HttpResponse:
    """Keep a draft without asking for its page again, so that writing on leaves no line of reading in the log."""
    found = read_ticket(request)
    if found is None:
        raise Http404
    path, title, about = found
    try:
        draft = drafts.put(request, path=path, title=title, about=about)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    if "draft-auto" in request.POST:
        return JsonResponse({"draft": str(draft.id), "said": drafts.words(draft)})
    messages.success(request, drafts.words(draft))
    return redirect("/")


@open_to(Stage.CONFIRMED)
def acting(request: SignedInRequest) -> HttpResponse:
    """Choose for which organisation to act, and for which purpose where a page leaves a choice."""
    if request.method == "POST":
        chosen = next((one for one in request.memberships if str(one.id) == request.POST.get("membership")), None)
        if chosen:
            act_for(request, chosen.id, purpose=request.POST.get("purpose", ""))
            return redirect(next_of(request))
    offered = [(one, [(value, Purpose(value).label) for value in purposes_of(one)]) for one in request.memberships]
    held = held_memberships_of(request.user.id)
    return render(request, "people/acting.html", {"offered": offered, "held": held, "then": next_of(request)})


# ---- the members of an organisation ---------------------------------------------------------------------------


class Row(NamedTuple):
    """One member in the list, with what the reader may not do about them, and why."""

    member: Membership
    roles: list[object]
    ended: bool
    no_change: str | None
    no_vouching: str | None


def members(request: SignedInRequest) -> HttpResponse:
    """List who acts for one's own organisation, and who did."""
    found = Membership.objects.filter(organisation_id=request.acting.organisation_id).select_related("organisation")
    rows = [
        Row(
            one, [Role(role).label for role in one.roles], rules.has_ended(one),
            rules.refuse_alter(request.acting, one), rules.refuse_vouching(request.acting, one),
        )
        for one in found
    ]  # fmt: skip
    rows.sort(key=lambda row: row.ended)
    refusal = rules.refuse_looking_after(request.acting, request.acting.organisation)
    return render(request, "people/members.html", {"rows": rows, "refusal": refusal})


@confirmed_recently
def change_roles(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Give a member other roles, another post or unit, in two steps: what is to be, then what follows from it."""
    membership = hold_to_change(request, member_of(pk))
    now = {"roles": membership.roles, "title": membership.title, "unit": membership.unit, "keeps_work": "end"}
    form = forms.MoveForm(sent(request), initial=now)
    choose(form)
    title = _("Roles and post of %(name)s") % {"name": membership.shown_name}
    if form.is_valid() and "checked" not in request.POST:
        plan = {name: form.cleaned_data[name] for name in ("roles", "title", "unit")}
        if not (refusal := rules.refuse_move(request.acting, membership, **plan)):
            return check_move(request, membership, form)
        form.add_error(None, refusal)
    save = partial(actions.move, membership, by=request.acting)
    return show_form(
        request, form, save, changes=membership, title=title, button=_("Continue"),
        done=_("Roles changed"), to="people:members",
        cancel_url=reverse("people:members"),
    )  # fmt: skip


def check_move(request: SignedInRequest, membership: Membership, form: forms.MoveForm) -> HttpResponse:
    """Show before and after, and what follows, before anything is changed."""
    wanted = form.cleaned_data
    pairs = [
        (_("Post"), membership.title, wanted["title"]),
        (_("Unit or place of work"), membership.unit, wanted["unit"]),
        (_("Roles"), names_of(membership.roles), names_of(wanted["roles"])),
    ]
    consequence = (
        _("It holds from the next request on. They go on with the same cases.")
        if wanted["keeps_work"]
        else _("It holds from the next request on. All their cases end in the same second; what they wrote stays.")
    )
    context = {"membership": membership, "pairs": pairs, "consequence": consequence, "carried": request.POST.lists()}
    return render(request, "people/check_move.html", context)


def names_of(roles: Collection[str]) -> str:
    """Name roles in words."""
    return enumerated(str(Role(role).label) for role in sorted(roles))


@confirmed_recently
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End a membership."""
    membership = member_of(pk)
    return show_form(
        request, forms.Nothing(sent(request)), partial(actions.end, membership, by=request.acting),
        title=_("End the membership of %(name)s") % {"name": membership.shown_name}, done=_("Membership ended"),
        intro=_("At once nothing of %(organisation)s is open to them any more. What they have written stays.")
        % {"organisation": membership.organisation},
        button=_("End the membership"), kind="warning", to="people:members", cancel_url=reverse("people:members"),
    )  # fmt: skip


def member_of(pk: UUID) -> Membership:
    """Return a membership that may be seen; what may be done with it is said by the rules."""
    return get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)
