"""The shape of a quotation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from concordat.core.forms import NoteField


class QuoteForm(forms.Form):
    """Which words of the record."""

    words = NoteField(
        label=_("Which words?"), limit=1000, rows=5,
        help_text=_("Copy them in from above, exactly as they stand there."),
        error_messages={"required": _("Copy in the words that you want to quote.")},
    )  # fmt: skip


class ReferForm(forms.Form):
    """A file needs no words."""
