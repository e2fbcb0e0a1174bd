"""The forms of signing in and of memberships: labels of our own, no placeholders."""

from collections.abc import Collection
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Purpose
from concordat.core.forms import Radios, Text

from .adapters import WRONG_CODE
from .log import note_failure
from .models import Checked, Scope, User
from .roles import Role
from .spent import spend

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autocapitalize": "off"}
HOW_LONG = _("At least 12 characters. Three words that do not belong together are easy to remember.")


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, or None when it is only shown."""
    return request.POST if request.method == "POST" else None


class Plain(forms.Form):
    """Labels and hints of our own on the fields of a form of django-allauth."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Plain, LoginForm):  # type: ignore[misc]
    labels = {"login": _("E-mail address"), "password": _("Password")}


class ChangeForm(Plain, ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": _("Your password now"), "password1": _("New password"), "password2": _("New password once more"),
    }  # fmt: skip
    hints = {"password1": HOW_LONG}


class ForgottenForm(Plain, ResetPasswordForm):  # type: ignore[misc]
    """Sends one message, whether there is an account or not: its answer takes as long."""

    labels = {"email": _("E-mail address")}

    def save(self, request: HttpRequest, **options: object) -> str:
        email = str(self.cleaned_data["email"])
        if self.users:
            return str(super().save(request, **options))
        get_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class NewPasswordForm(Plain, ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": _("New password"), "password2": _("New password once more")}
    hints = {"password1": HOW_LONG}


class Once(Plain):
    """A code counts once, and a wrong one is logged."""

    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that your authenticator app shows now, or one of your recovery codes")}
    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = Text(10, attrs=dict(CODE))

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.user.id, code):
            raise ValidationError(WRONG_CODE)
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]
        note_failure("second factor failed", self.user.id)


class SecondFactorForm(Once, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class ConfirmForm(Once, ReauthenticateForm):  # type: ignore[misc]
    """The code before a weighty act; its field must not collide with those of the form that it carries along."""

    prefix = "second-factor"


MALFORMED = (KeyError, TypeError, ValueError, AttributeError)  # what fido2 raises at an answer that is none
WRONG_PASSKEY = _("That passkey did not fit. Try again, or use a code.")


class Answering(forms.Form):
    """A passkey answers instead of a code; a wrong answer is logged like a wrong code."""

    user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (ValidationError, *MALFORMED) as error:
            note_failure("second factor failed", self.user.id if self.user else None)
            raise ValidationError(WRONG_PASSKEY) from error


class PasskeySignInForm(Answering, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of password and code."""


class PasskeyCodeForm(Answering, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class PasskeyConfirmForm(Answering, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before a weighty act."""

    prefix = "second-factor"


class PasskeyForm(Plain, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, as the browser gives it."""

    labels = {"name": _("What you call it")}
    hints = {"name": _("Such as “My telephone” or “Key on the ring”")}
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].required = False
        self.is_first = not Authenticator.objects.filter(user_id=self.user.id).exists()

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except MALFORMED as error:
            raise ValidationError(WRONG_PASSKEY) from error


class SetUpForm(Plain, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    labels = {"code": _("Code that the app shows now")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = Text(10, attrs=dict(CODE))


class Nothing(forms.Form):
    """A question that is answered by sending it."""


class CodeForm(forms.Form):
    """The code of an invitation on paper."""

    code = forms.CharField(
        label=_("Code of the invitation"),
        help_text=_("16 letters and digits; upper or lower case and dashes do not matter"),
        widget=Text(20, attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )


class JoinForm(forms.Form):
    """The password of somebody who takes up an invitation."""

    password = forms.CharField(
        label=_("Choose a password"), help_text=HOW_LONG, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("The password once more"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, User(email=self.email))
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned


class OrganisationForm(forms.Form):
    """The short name of one's organisation."""

    slug = forms.SlugField(
        label=_("Short name of your organisation"), help_text=_("Your administrator knows it"),
        widget=Text(20, attrs={"autocomplete": "organization", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip


class ProviderForm(forms.Form):
    """An organisation's own sign-in."""

    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=200,
        help_text=_("As the provider publishes it, such as https://login.example.org"),
    )
    client_id = forms.CharField(label=_("Client id"), max_length=200)
    secret = forms.CharField(
        label=_("Secret"), max_length=400, required=False, strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )  # fmt: skip
    claim = forms.CharField(
        label=_("Claim that holds the address"), max_length=60,
        help_text=_("Usually email. The provider also has to say that it has verified it (email_verified)."),
    )  # fmt: skip
    second_factor = forms.CharField(
        label=_("Value that says a second factor was used"), max_length=60, required=False,
        help_text=_("As it stands in amr or acr, such as mfa. Left empty, Concordat asks for its own second factor."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Members sign in only there, except administrators"), required=False)
    enabled = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, has_secret: bool, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        if has_secret:
            self.fields["secret"].help_text = _("It is kept sealed. Leave this empty to keep it as it is.")


LIVES = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days, the longest")))


class TokenForm(forms.Form):
    """What a machine is to do, for which purpose, and for how long."""

    name = forms.CharField(
        label=_("What is the token for?"), max_length=60,
        help_text=_("Such as “Sessions from our calendar”. No names of persons."),
        error_messages={"required": _("Say what it is for, so that you know later which one to end")},
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label=_("For which purpose does it read?"), widget=Radios(small=True),
        error_messages={"required": _("Choose the purpose")},
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=Scope, widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may do yourself. Choose as little as it needs."),
        error_messages={"required": _("Choose at least one thing that it may do")},
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("How long does it live?"), coerce=int, choices=LIVES, initial=30, widget=Radios(small=True)
    )

    def __init__(self, *args: Any, purposes: Collection[str], **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        chosen = self.fields["purpose"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(one, Purpose(one).label) for one in purposes]


class PermitForm(forms.Form):
    """Whether members may use tokens."""

    allowed = forms.TypedChoiceField(
        label=_("May your members use tokens?"), coerce=lambda value: value == "yes", widget=Radios(),
        choices=[("yes", _("Yes")), ("no", _("No; those that there are stop working at once"))],
        error_messages={"required": _("Choose whether they may")},
    )  # fmt: skip


class RolesForm(forms.Form):
    """What a membership is there for."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role, widget=forms.CheckboxSelectMultiple)


class MoveForm(RolesForm):
    """Another post, unit or roles, and whether the cases stay with the person."""

    title = forms.CharField(label=_("Post"), max_length=80)
    unit = forms.CharField(label=_("Unit or place of work"), max_length=80, required=False)
    keeps_work = forms.TypedChoiceField(
        label=_("Their cases"), coerce=lambda value: value == "keep", widget=forms.RadioSelect, initial="end",
        choices=[
            ("end", _("They leave all cases now, and others take over")), ("keep", _("They go on with the same cases")),
        ],
    )  # fmt: skip
    field_order = ["title", "unit", "roles", "keeps_work"]


class InviteAgainForm(forms.Form):
    """How an invitation gets there."""

    by_mail = forms.TypedChoiceField(
        label=_("How the invitation gets there"), coerce=lambda value: value == "mail", widget=forms.RadioSelect,
        choices=[("mail", _("By e-mail")), ("paper", _("On paper, which I print and hand over"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        if not settings.EMAIL_HOST:
            field = self.fields["by_mail"]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices, field.initial = [("paper", _("On paper, which I print and hand over"))], "paper"


class ResetForm(forms.Form):
    """How somebody made sure of a colleague who has lost the second factor."""

    checked = forms.ChoiceField(
        label=_("How you made sure that it is the person"), choices=Checked, widget=forms.RadioSelect
    )
    statement = forms.CharField(
        label=_("When, where and how"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("For whoever confirms it and for a later check, such as “Today at 10 in my office, passport”"),
    )  # fmt: skip


class ConfirmResetForm(ResetForm, InviteAgainForm):
    """The same by the second one, and how the new way in gets to the person."""

    field_order = ["checked", "statement", "by_mail"]


class InviteForm(InviteAgainForm, RolesForm):
    """Whom to invite, for what, and how the invitation gets there."""

    shown_name = forms.CharField(
        label=_("Name shown to others"), max_length=80,
        help_text=_("A working name is enough where a real one would put somebody at risk"),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Post"), max_length=80, help_text=_("As partners know it, such as “Mentor” or “Case officer”")
    )
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it"))
    field_order = ["shown_name", "title", "email", "roles", "by_mail"]
