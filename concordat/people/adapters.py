"""Where Concordat differs from django-allauth: nobody signs up, each sign-in is logged, secrets are sealed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import kept, second_factor, sessions, spent
from .log import note_failure, record_signin
from .models import User
from .seal import seal, unseal

SAID = {
    "account/messages/password_changed.txt": gettext_lazy(
        "Your password is changed. You are signed out everywhere else."
    ),
    "account/messages/logged_out.txt": gettext_lazy("You are signed out."),
}
WRONG_CODE = gettext_lazy("This code is not right, or was used already. Wait for the next one and type it in.")
TOO_OFTEN = gettext_lazy("That was too many attempts. Wait five minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signs people in and out, with a line of the log for each."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "enter_current_password": gettext_lazy("This is not your password."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": gettext_lazy("This link is not valid any more."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: people are invited."""
        del request
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        assert isinstance(user, User)
        note_sign_in(request, user)
        super().login(request, user)
        sessions.note_browser(request, user)
        sessions.SessionStore.clear_expired()
        spent.forget_expired()
        record_signin("signed in", user.id)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **others: object) -> HttpResponse:
        """Go on in the language of the account, unless this browser has chosen one."""
        response: HttpResponse = super().post_login(request, user, **others)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            speak_with(response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User) or user.pk:
            record_signin("signed out", user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Log the attempt; with or without an account of that name it takes the same steps."""
        del request
        known = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        note_failure("sign-in failed", known.id if known else None)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])
        record_signin("password changed", user.pk)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go to what was kept when the last session expired, else to Today."""
        user = request.user
        return reverse("people:kept") if isinstance(user, User) and kept.late(user.id) else "/"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *_unused: object, message: str = ""
    ) -> None:
        """Say it in our own words, or not at all."""
        said = message or SAID.get(message_template)
        if said:
            messages.add_message(request, level, str(said))

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is: neutral, without the name of the site."""
        return subject


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Keep when and with what somebody was here before, and what failed in between, for them to see."""
    user.refresh_from_db(fields=["failed"])
    user.previous_login, user.previous_agent = user.last_login, user.agent
    user.agent = request.headers.get("User-Agent", "")[:200]
    user.failed_before, user.failed = user.failed, 0
    user.save(update_fields=["previous_login", "previous_agent", "agent", "failed_before", "failed"])


def speak_with(response: HttpResponse, user: AbstractBaseUser) -> None:
    """Have the browser ask for the language of an account from now on."""
    assert isinstance(user, User)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite="Lax",
    )  # fmt: skip


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals the secrets of second factors with a key that is not in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_totp_issuer(self) -> str:
        return _("Concordat")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this server as the device shows it."""
        found: dict[str, str] = super().get_public_key_credential_rp_entity()
        return found | {"name": _("Concordat")}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: object) -> str:  # noqa: A002 - so it is called
        """Call a passkey by a number until its owner calls it otherwise."""
        del type
        count = len(second_factor.passkeys_of(user)) if isinstance(user, User) else 0
        return _("Passkey %(number)d") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return seal(text, use="second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, use="second factor")
