"""The shape of what is asked about interference. No question asks for a name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.forms import DayField, NoteField, Radios, Text
from concordat.people.models import Membership

from . import rules
from .agreed import Agreed
from .models import MOST_SESSIONS, Kind, Outcome

NO_NAMES = gettext_lazy("Name neither the person nor a worker: the other organisation reads this.")


class ReportForm(forms.Form):
    """What went against the terms, where and when."""

    where = forms.ChoiceField(
        label=gettext_lazy("At which place, for which service?"), widget=Radios,
        error_messages={"required": gettext_lazy("Choose the place")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened?"), choices=Kind, widget=Radios,
        error_messages={"required": gettext_lazy("Choose what happened")},
    )  # fmt: skip
    happened_on = DayField(
        label=gettext_lazy("On which day?"), error_messages={"required": gettext_lazy("Give the day")}
    )
    sessions_lost = forms.IntegerField(
        label=gettext_lazy("How many sessions were not held or cut short because of it?"), initial=0, min_value=0,
        max_value=MOST_SESSIONS, widget=Text(3, numeric=True),
        help_text=gettext_lazy("They are counted to the place, not to you and not to the person."),
    )  # fmt: skip
    words = NoteField(
        label=gettext_lazy("In your words"), limit=1000, rows=5, help_text=NO_NAMES,
        error_messages={"required": gettext_lazy("Say what happened")},
    )  # fmt: skip

    def __init__(self, *args: Any, agreed: list[Agreed], by: Membership, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.by = by
        self.offered = {f"{one.terms.pk}/{place.pk}": (one, place) for one in agreed for place in one.places}
        choices = [(key, f"{place} · {one.terms}") for key, (one, place) in self.offered.items()]
        self.fields["where"].choices = choices  # type: ignore[attr-defined]

    def clean_happened_on(self) -> Any:  # noqa: ANN401 - a day
        if self.cleaned_data["happened_on"] > localdate():
            raise ValidationError(_("Give a day that is not in the future."))
        return self.cleaned_data["happened_on"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "where" in found and "kind" in found:
            found["agreed"], found["place"] = self.offered[found.pop("where")]
            if refusal := rules.refuse_kind(found["kind"], found["agreed"], found["place"], by=self.by):
                self.add_error("kind", refusal)
        return found


class AnswerForm(forms.Form):
    """What the authority answers."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Your answer"), choices=Outcome, widget=Radios,
        error_messages={"required": gettext_lazy("Choose an answer")},
    )  # fmt: skip
    answer = NoteField(
        label=gettext_lazy("What you did, will do, or how you see it"), limit=1000, rows=5,
        help_text=gettext_lazy("Do not ask who reported it. Name nobody: the other organisation reads this."),
        error_messages={"required": gettext_lazy("Write an answer")},
    )  # fmt: skip


class ReplyForm(forms.Form):
    """Whether the answer settles it."""

    settled = forms.TypedChoiceField(
        label=gettext_lazy("Is it settled for you?"), widget=Radios, coerce=lambda said: said == "yes",
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No: both positions stand side by side"))],
        error_messages={"required": gettext_lazy("Say whether it is settled")},
    )  # fmt: skip
    reply = NoteField(label=gettext_lazy("How you see it now"), limit=1000, rows=5, required=False, help_text=NO_NAMES)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("settled") is False and not found.get("reply"):
            self.add_error("reply", _("Say how you see it now"))
        return found
