"""The shape of what is asked when an organisation leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from concordat.core.forms import NoteField


class DeclareForm(forms.Form):
    """Why it leaves, and that it is known what follows."""

    reason = NoteField(
        label=_("Why your organisation leaves"), limit=500, rows=3, help_text=_("Its partners read it."),
        error_messages={"required": _("Say why your organisation leaves; its partners read it.")},
    )  # fmt: skip
    taken_out = forms.BooleanField(
        label=_("We have written what we owe, such as end reports, and take everything out within 30 days"),
    )  # fmt: skip
