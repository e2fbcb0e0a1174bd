"""An organisation's own sign-in: what its administrator enters, and how it is found again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.edits import hold_to_change
from concordat.core.screens import show_form

from . import actions, forms, rules
from .confirm import confirmed_recently
from .forms import sent
from .http import SignedInRequest
from .models import Membership, Provider
from .oidc import Client
from .roles import Role
from .router import SIGNIN
from .seal import unseal


def provider_of(*, slug: str) -> Provider | None:
    """Return the sign-in of an organisation by its short name, where it has one in use."""
    found = Provider.objects.using(SIGNIN).select_related("organisation")
    return found.filter(organisation__slug=slug.strip().lower(), enabled=True).first()


def elsewhere(memberships: list[Membership], through: int | None) -> set[UUID]:
    """Return the memberships that this session cannot use.

    Who came through one organisation acts for that one only; and an organisation may ask its members to come through
    it, except administrators, who see no content and could otherwise not mend it.
    """
    if through is not None:
        return {one.id for one in memberships if one.organisation_id != through}
    strict = set(Provider.objects.using(SIGNIN).filter(
        enabled=True, required=True, organisation__in=[one.organisation_id for one in memberships]
    ).values_list("organisation", flat=True))  # fmt: skip
    return {one.id for one in memberships if one.organisation_id in strict and Role.ADMINISTRATOR not in one.roles}


def client_of(provider: Provider, request: HttpRequest) -> Client:
    """Return as whom we speak to a provider."""
    secret = unseal(provider.sealed_secret, use="provider", owner=provider.organisation_id)
    return Client(provider.issuer, provider.client_id, secret, back_of(request))


def back_of(request: HttpRequest) -> str:
    """Return the address to which a provider sends people back."""
    return request.build_absolute_uri(reverse("people:come_back"))


@confirmed_recently
def provider(request: SignedInRequest) -> HttpResponse:
    """Enter one's organisation's own sign-in, or change it."""
    organisation = request.acting.organisation
    found = Provider.objects.filter(organisation=organisation).first()
    held = hold_to_change(request, found or organisation)
    names = ("issuer", "client_id", "claim", "second_factor", "required", "enabled")
    initial = {name: getattr(found, name) for name in names} if found else {"claim": "email", "enabled": True}

    def save(**typed: str) -> Provider:
        return actions.set_provider(organisation, before=found, by=request.acting, **typed)  # type: ignore[arg-type]

    link = reverse("people:through_organisation", args=[organisation.slug])
    return show_form(
        request, forms.ProviderForm(sent(request), initial=initial, has_secret=found is not None), save,
        title=_("Sign-in of %(organisation)s") % {"organisation": organisation},
        changes=held, done=_("Saved. Try it in another browser."),
        to=reverse("people:provider"), cancel_url=reverse("people:members"), template="people/provider.html",
        back=back_of(request), link=request.build_absolute_uri(link),
        refusal=rules.refuse_looking_after(request.acting, organisation),
    )  # fmt: skip
