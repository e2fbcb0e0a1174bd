"""The shape of what is asked where two cases are about the same person."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case
from concordat.core.forms import NoteField, Radios


class MergeForm(forms.Form):
    """Which of the two goes on, and how one knows."""

    kept = forms.TypedChoiceField(
        label=gettext_lazy("Under which of the two does work go on?"), coerce=UUID, widget=Radios,
        error_messages={"required": gettext_lazy("Choose the case under which work goes on")},
    )  # fmt: skip
    why = NoteField(
        label=gettext_lazy("How do you know that it is the same person?"), limit=300, rows=3,
        error_messages={"required": gettext_lazy("Say how you know that it is the same person")},
    )  # fmt: skip

    def __init__(self, *args: object, cases: tuple[Case, Case], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kept"].choices = [(str(one.pk), one.reference) for one in cases]  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    """What showed that they are two people."""

    why = NoteField(
        label=gettext_lazy("What showed that they are not the same person?"), limit=300, rows=3,
        error_messages={"required": gettext_lazy("Say what showed it")},
    )  # fmt: skip
