"""What is asked when two parties talk about a clause."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.forms import NoteField, Radios

from .draft import ClauseForm

TAKE, LEAVE = "take", "leave"
REPLIES: dict[str, str | Promise] = {
    TAKE: gettext_lazy("We take these words. They bind nobody until they are proposed and signed."),
    LEAVE: gettext_lazy("The text stays as it is here, unless one of you proposes something else."),
}


class SuggestForm(ClauseForm):
    """Other words and answers for a clause, and why."""

    all_optional = False
    comment = NoteField(
        label=gettext_lazy("Why do you propose this?"),
        limit=500,
        rows=3,
        help_text=gettext_lazy("The other party reads this. Name no person in custody."),
    )

    def clean(self) -> dict[str, Any]:
        comment = self.cleaned_data.get("comment", "")
        found = super().clean()
        if not found["wording"].strip():
            self.add_error("wording", _("Write the words that you propose."))
        return {**found, "comment": comment}


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[(TAKE, gettext_lazy("Take it")), (LEAVE, gettext_lazy("Do not take it"))],
        widget=Radios(REPLIES),
    )
    comment = NoteField(
        label=gettext_lazy("Why?"),
        limit=500,
        rows=3,
        required=False,
        help_text=gettext_lazy("The other party reads this. It is needed where you do not take it."),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") == LEAVE and not found.get("comment", "").strip():
            self.add_error("comment", _("Say why not; the other party reads it."))
        return {"accepted": found.get("answer") == TAKE, "comment": found.get("comment", "")}
