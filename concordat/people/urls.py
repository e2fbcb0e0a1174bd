"""The addresses of signing in, of one's own account and of the members of an organisation."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from . import door, joining, passkeys, providers, through, token_pages, views
from .signin_transaction import in_signin
from .stages import Stage, open_to

# django-allauth looks these up by name, so they stand outside of the namespace.
signing_in: list[URLPattern | URLResolver] = [
    path("sign-in/", in_signin(account.login), name="account_login"),
    path("sign-in/code/", in_signin(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login, name="mfa_login_webauthn"),
    path("sign-out/", in_signin(account.logout), name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", open_to(Stage.CONFIRMED)(in_signin(account.password_change)), name="account_change_password"),
    path("forgotten/", in_signin(account.password_reset), name="account_reset_password"),
    path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", in_signin(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("forgotten/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]  # fmt: skip

own: list[URLPattern | URLResolver] = [
    path("account/", views.account, name="account"),
    path("account/second-factor/", views.set_up, name="set_up"),
    path("account/sign-in/through/", through.through, name="through"),
    path("account/sign-in/through/<slug:slug>/", through.through_organisation, name="through_organisation"),
    path("account/sign-in/through/<slug:slug>/go/", through.go_through, name="go_through"),
    path("account/sign-in/back/", through.come_back, name="come_back"),
    path("people/sign-in/", providers.provider, name="provider"),
    path("account/passkeys/", passkeys.passkeys, name="passkeys"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_passkey, name="remove_passkey"),
    path("account/recovery-codes/", views.recovery_codes, name="recovery_codes"),
    path("account/confirm/", views.confirm, name="confirm"),
    path("account/sessions/", views.sessions_list, name="sessions"),
    path("account/sessions/end/", views.end_sessions, name="end_sessions"),
    path("account/tokens/", token_pages.tokens, name="tokens"),
    path("account/tokens/new/", token_pages.new_token, name="new_token"),
    path("account/tokens/<uuid:token>/end/", token_pages.end_token, name="end_token"),
    path("people/tokens/", token_pages.members_tokens, name="members_tokens"),
    path("people/tokens/permit/", token_pages.permit_tokens, name="permit_tokens"),
    path("account/kept/", views.kept, name="kept"),
    path("account/drafts/", views.keep_draft, name="keep_draft"),
    path("account/acting/", views.acting, name="acting"),
    path("account/invitation/", joining.invitation, name="invitation"),
    path("account/invitation/<slug:code>/", joining.invitation_link, name="invitation_link"),
    path("account/join/", joining.join, name="join"),
    path("people/", views.members, name="members"),
    path("people/<uuid:pk>/roles/", views.change_roles, name="change_roles"),
    path("people/<uuid:pk>/end/", views.end, name="end"),
]


def door_urls(*, demo: bool) -> list[URLPattern | URLResolver]:
    """Return the address of the demonstration's door; without a demonstration there is none."""
    return [path("demo-door/", door.door, name="door")] if demo else []


people = (own + door_urls(demo=settings.DEMO), "people")
urlpatterns: list[URLPattern | URLResolver] = [path("account/", include(signing_in)), path("", include(people))]
