"""What somebody looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """A name, or a part of it, in any script; or a working code or reference."""

    text = forms.CharField(
        label=_("Name, working code or reference"),
        help_text=_("At least three letters of a name, in any script. Spelling need not be exact."),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
