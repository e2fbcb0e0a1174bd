"""The shape of what is asked about passes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.forms import DayField, NoteField, Radios
from concordat.objectives.custody.agreed import Agreed
from concordat.objectives.custody.models import Ground, Item, Pass
from concordat.people.models import Membership

from . import rules

THINGS = 20
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class AskForm(forms.Form):
    """Who comes where, in which days, with which things."""

    worker = forms.ModelChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who comes?"), widget=Radios, empty_label=None,
        error_messages={"required": gettext_lazy("Choose who comes")},
    )  # fmt: skip
    where = forms.ChoiceField(
        label=gettext_lazy("At which place, for which service?"), widget=Radios,
        error_messages={"required": gettext_lazy("Choose the place")},
    )  # fmt: skip
    from_on = DayField(
        label=gettext_lazy("From which day?"), error_messages={"required": gettext_lazy("Give the first day")}
    )
    until_on = DayField(
        label=gettext_lazy("Until which day?"), error_messages={"required": gettext_lazy("Give the last day")}
    )
    things = NoteField(
        label=gettext_lazy("What do they bring?"), limit=1000, rows=4, required=False,
        help_text=gettext_lazy("One thing on each line, such as: a laptop without a camera."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreed: list[Agreed], workers: Any, by: Membership, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.by = by
        self.offered = {f"{one.terms.pk}/{place.pk}": (one, place) for one in agreed for place in one.places}
        choices = [(key, f"{place} · {one.terms}") for key, (one, place) in self.offered.items()]
        self.fields["where"].choices = choices  # type: ignore[attr-defined]
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]

    def clean_things(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["things"].splitlines() if line.strip()]
        if len(lines) > THINGS or any(len(line) > 80 for line in lines):  # noqa: PLR2004 - as the model
            raise forms.ValidationError(_("Name at most 20 things, each in at most 80 characters."))
        return lines

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            found["agreed"], found["place"] = self.offered[found.pop("where")]
            days = {"from_on": found["from_on"], "until_on": found["until_on"]}
            if refusal := rules.refuse_pass(found["worker"], found["agreed"], found["place"], **days, by=self.by):
                self.add_error("worker", refusal)
        return found


class DecideForm(forms.Form):
    """Whether the worker may come, and with which things."""

    granted = forms.TypedChoiceField(
        label=gettext_lazy("May the worker come?"), choices=YES_NO, widget=Radios, coerce=lambda said: said == "yes",
        error_messages={"required": gettext_lazy("Say whether the worker may come")},
    )  # fmt: skip
    allowed = forms.ModelMultipleChoiceField(
        Item.objects.none(), label=gettext_lazy("Which of these things?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=gettext_lazy("If not: on which ground?"), choices=[("", gettext_lazy("None")), *Ground.choices],
        required=False, widget=Radios,
        help_text=gettext_lazy("The organisation reads it, and may appeal. Somebody else answers the appeal."),
    )  # fmt: skip
    words = NoteField(label=gettext_lazy("In words"), limit=500, rows=3, required=False)

    def __init__(self, *args: Any, one: Pass, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["allowed"].queryset = one.items.all()  # type: ignore[attr-defined]
        if not one.items.exists():
            del self.fields["allowed"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("granted") is False and not found.get("ground"):
            self.add_error("ground", str(rules.CONSTRAINT_SENTENCES["pass_refusal_has_a_ground"]))
        if found.get("ground") == Ground.OTHER and not found.get("words"):
            self.add_error("words", str(rules.CONSTRAINT_SENTENCES["pass_other_ground_is_put_in_words"]))
        return found


class AppealForm(forms.Form):
    """Why a refusal should not stand."""

    appeal = NoteField(
        label=gettext_lazy("Why should the refusal not stand?"), limit=500, rows=4,
        error_messages={"required": gettext_lazy("Say why")},
    )  # fmt: skip


class SettleForm(forms.Form):
    """The answer to an appeal."""

    granted = forms.TypedChoiceField(
        label=gettext_lazy("May the worker come after all?"), choices=YES_NO, widget=Radios,
        coerce=lambda said: said == "yes",
        error_messages={"required": gettext_lazy("Say whether the worker may come")},
    )  # fmt: skip
    settlement = NoteField(
        label=gettext_lazy("The answer to the appeal"), limit=500, rows=4,
        error_messages={"required": gettext_lazy("Write an answer")},
    )  # fmt: skip


class EndForm(forms.Form):
    """Why a pass ends."""

    why_ended = NoteField(
        label=gettext_lazy("Why does it end?"), limit=300, rows=3, error_messages={"required": gettext_lazy("Say why")}
    )
