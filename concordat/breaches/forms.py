"""The shape of what is asked about a breach. No question asks for a name."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.codes import NEVER_STORED, Category
from concordat.core.forms import DayField, NoteField, Radios, Text
from concordat.organisations.models import Organisation

from .models import Harm

STORED = [(one.value, one.label) for one in Category if one not in NEVER_STORED]
NO_NAMES = gettext_lazy("Name no person: this stays in the register.")


def moment_of(form: forms.Form, found: dict[str, Any]) -> datetime | None:
    """Put a day and a time together; one that lies ahead is an error of the day."""
    if not (found.get("day") and found.get("time")):
        return None
    at = datetime.combine(found["day"], found["time"], get_current_timezone())
    if at > now():
        form.add_error("day", _("Give a time in the past."))
    return at


class ReportForm(forms.Form):
    """What somebody noticed."""

    words = NoteField(
        label=gettext_lazy("What happened?"), limit=1000, rows=5, help_text=NO_NAMES,
        error_messages={"required": gettext_lazy("Say what happened")},
    )  # fmt: skip
    day = DayField(
        label=gettext_lazy("On which day did somebody of your organisation know?"),
        error_messages={"required": gettext_lazy("Give the day")},
    )  # fmt: skip
    time = forms.TimeField(
        label=gettext_lazy("At what time?"), input_formats=["%H:%M", "%H.%M", "%H %M"], widget=Text(5),
        help_text=gettext_lazy("Such as 14:30. The time limits count from here."),
        error_messages={
            "required": gettext_lazy("Give the time"), "invalid": gettext_lazy("Enter a time such as 14:30"),
        },
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        return {"words": found.get("words"), "known_at": moment_of(self, found)}


class AssessForm(forms.Form):
    """What got out, how many persons, what can follow, what is done, and which partners are concerned."""

    categories = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What got out?"), coerce=int, choices=STORED, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of information")},
    )  # fmt: skip
    persons = forms.IntegerField(
        label=gettext_lazy("About how many persons?"), min_value=0, max_value=10_000_000, widget=Text(10, numeric=True)
    )
    harm = forms.ChoiceField(label=gettext_lazy("What can follow for them?"), choices=Harm, widget=Radios)
    measures = NoteField(label=gettext_lazy("What is done about it?"), limit=1000, rows=4, help_text=NO_NAMES)
    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Which partners are concerned?"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whose records got out, or whose workers or persons are concerned. Each is told."),
    )  # fmt: skip

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["partners"].queryset = partners  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """What a partner is told."""

    text = NoteField(
        label=gettext_lazy("What they are told"), limit=1000, rows=5,
        help_text=gettext_lazy("What happened, which kinds of information, what is done, whom they can ask. No names."),
        error_messages={"required": gettext_lazy("Say what they are told")},
    )  # fmt: skip


class AuthorityForm(forms.Form):
    """When the supervisory authority was told, or why it is not."""

    day = DayField(label=gettext_lazy("On which day was it told?"), required=False)
    time = forms.TimeField(
        label=gettext_lazy("At what time?"), required=False, input_formats=["%H:%M", "%H.%M", "%H %M"], widget=Text(5),
        error_messages={"invalid": gettext_lazy("Enter a time such as 14:30")},
    )  # fmt: skip
    reference = forms.CharField(label=gettext_lazy("Their reference"), max_length=80, required=False, widget=Text(20))
    why_not = NoteField(label=gettext_lazy("Or: why it is not told"), limit=300, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        told_at = moment_of(self, found)
        if bool(told_at) == bool(found.get("why_not")) and not self.errors:
            raise ValidationError(_("Give the day and the time, or say why it is not told; one of the two."))
        return {"told_at": told_at, "reference": found.get("reference", ""), "why_not": found.get("why_not", "")}


class PersonsForm(forms.Form):
    """When and how the persons were told, or why they are not."""

    told_on = DayField(label=gettext_lazy("On which day were they told?"), required=False)
    how = NoteField(
        label=gettext_lazy("How were they told?"), limit=300, rows=3, required=False,
        help_text=gettext_lazy("By letter or in words, by somebody they know, in their language."),
    )  # fmt: skip
    why_not = NoteField(label=gettext_lazy("Or: why they are not told"), limit=300, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        told = bool(found.get("told_on") and found.get("how"))
        if told == bool(found.get("why_not")) and not self.errors:
            raise ValidationError(_("Give the day and how, or say why they are not told; one of the two."))
        return found


class CloseForm(forms.Form):
    """What was learned."""

    lessons = NoteField(
        label=gettext_lazy("What was learned, and what changes?"), limit=1000, rows=4, help_text=NO_NAMES,
        error_messages={"required": gettext_lazy("Say what was learned")},
    )  # fmt: skip
