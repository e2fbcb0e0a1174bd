"""The shape of what is asked about an export."""

from django import forms
from django.utils.translation import gettext_lazy as _

from concordat.core.forms import Text


class AskForm(forms.Form):
    """To whose key the export is sealed."""

    public_key = forms.CharField(
        label=_("Public half of your key"), max_length=200,
        widget=Text(62, attrs={"autocomplete": "off", "dir": "ltr"}),
        help_text=_("It begins with age1. The secret half stays with you: whoever has it can open the export."),
        error_messages={"required": _("Give the public half of your key")},
    )  # fmt: skip
