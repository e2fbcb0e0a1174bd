"""How somebody wants to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concordat.people.models import Rhythm

PAPER = [("mail", _("By e-mail")), ("paper", _("On paper, handed over by my organisation"))]


class PreferencesForm(forms.Form):
    """Language, rhythm and way."""

    language = forms.ChoiceField(label=_("Language of messages"), widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(
        label=_("When to be told"), choices=Rhythm, widget=forms.RadioSelect,
        help_text=_("What concerns safety always comes at once. On Today you see everything, whatever you choose."),
    )  # fmt: skip
    on_paper = forms.TypedChoiceField(
        label=_("How to be told"), choices=PAPER, coerce=lambda value: value == "paper", widget=forms.RadioSelect,
        help_text=_("A message holds a reference and a link, no name and nothing of what waits."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, name) for code, name in settings.LANGUAGES]
