"""What the pages share: a form that leads back to where it was opened from."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _

from concordat.core.screens import show_form
from concordat.people.http import SignedInRequest


def step(request: SignedInRequest, form: BaseForm, save: Any, *, back: str, **context: Any) -> HttpResponse:  # noqa: ANN401
    """Show the form of one step, and lead back."""
    said = {"done": _("It is kept."), "button": _("Keep this"), **context}
    return show_form(request, form, save, to=back, cancel_url=back, **said)
