"""What is asked when two parties talk about a clause."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.agreements.models import SharingRule
from concordat.core.forms import NoteField, Radios

from .draft import ChangeRuleForm, ClauseForm, RuleForm

TAKE, LEAVE = "take", "leave"
REPLIES: dict[str, str | Promise] = {
    TAKE: gettext_lazy("We take this. It binds nobody until it is proposed and signed."),
    LEAVE: gettext_lazy("The text stays as it is here, unless one of you proposes something else."),
}


def why() -> NoteField:
    return NoteField(
        label=gettext_lazy("Why do you propose this?"), limit=500, rows=3,
        help_text=gettext_lazy("The other party reads this. Name no person in custody."),
    )  # fmt: skip


class SuggestForm(ClauseForm):
    """Other words and answers for a clause, and why."""

    all_optional = False
    comment = why()

    def clean(self) -> dict[str, Any]:
        comment = self.cleaned_data.get("comment", "")
        found = super().clean()
        if not found["wording"].strip():
            self.add_error("wording", _("Write the words that you propose."))
        return {**found, "comment": comment}


class NewRowForm(RuleForm):
    """A row of the table that is not in the text."""

    comment = why()
    field_order = [*RuleForm.field_order, "comment"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        return {
            "row": {name: value for name, value in found.items() if name != "comment"},
            "comment": found.get("comment", ""),
        }


class RowForm(ChangeRuleForm):
    """Another way for a row of the text to be, or that it goes."""

    CHANGE, OUT = "change", "out"
    what = forms.ChoiceField(
        label=gettext_lazy("What do you propose?"),
        choices=[(CHANGE, gettext_lazy("The row as I write it here")), (OUT, gettext_lazy("Take this row out"))],
        widget=Radios(), initial=CHANGE,
    )  # fmt: skip
    comment = why()
    field_order = ["what", "form", "purpose", "role", "condition", "basis", "first_day", "last_day", "comment"]

    def __init__(self, rule: SharingRule, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.rule = rule

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        comment, what = found.get("comment", ""), found.get("what")
        row = {name: value for name, value in found.items() if name not in {"comment", "what"}}
        whole = {**row, "owner": self.rule.owner, "category": self.rule.category}
        return {"row": None if what == self.OUT else whole, "comment": comment}


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
