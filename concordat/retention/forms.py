"""The shape of what is asked about how long records are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.codes import ABOUT_PERSONS
from concordat.core.forms import DayField, NoteField, Radios, Text

from .models import Event, Ground
from .rules import LICENCE

EVERYTHING = "all"
STORED = [(one.value, one.label) for one in ABOUT_PERSONS]


def category_or_none(value: str) -> int | None:
    """Read a category; everything is none."""
    return None if value == EVERYTHING else int(value)


class PeriodForm(forms.Form):
    """For which records, counted from what, how long, and by which law."""

    category = forms.TypedChoiceField(
        label=gettext_lazy("Which records?"), coerce=category_or_none,
        choices=[(EVERYTHING, gettext_lazy("Everything for which no other period is set")), *STORED],
    )  # fmt: skip
    event = forms.ChoiceField(
        label=gettext_lazy("Counted from"), widget=Radios,
        choices=[*Event.choices, (LICENCE, gettext_lazy("The licence ends"))],
        error_messages={"required": gettext_lazy("Say from which day on the months are counted")},
    )  # fmt: skip
    age = forms.IntegerField(
        label=gettext_lazy("Which age, in years?"), required=False, min_value=1, max_value=120,
        widget=Text(3, attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy(
            "Only where the person’s age is what counts. Where no birth date is known, it is the end of the case."
        ),
    )  # fmt: skip
    months = forms.IntegerField(
        label=gettext_lazy("Months"), min_value=0, max_value=1200, widget=Text(4, attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Say how many months")},
    )  # fmt: skip
    child_months = forms.IntegerField(
        label=gettext_lazy("Months where the rules for children apply"), min_value=0, max_value=1200,
        widget=Text(4, attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("The same or fewer. In doubt about an age the rules for children apply."),
        error_messages={"required": gettext_lazy("Say how many months where the rules for children apply")},
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("Law or rule that says so"), max_length=200,
        error_messages={"required": gettext_lazy("Name the law or rule")},
    )  # fmt: skip


class HoldForm(forms.Form):
    """What is kept, why, and when somebody looks at it again."""

    category = forms.TypedChoiceField(
        label=gettext_lazy("What is kept?"), coerce=category_or_none,
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=gettext_lazy("Why is it kept?"), choices=Ground, widget=Radios,
        error_messages={"required": gettext_lazy("Say why it is kept")},
    )  # fmt: skip
    words = NoteField(
        label=gettext_lazy("In words"), limit=300, rows=3,
        help_text=gettext_lazy("Read by everybody of your organisation who may open the case."),
        error_messages={"required": gettext_lazy("Say in words why it is kept")},
    )  # fmt: skip
    review_on = DayField(
        label=gettext_lazy("When do you look at it again?"),
        help_text=gettext_lazy("Within a year. The hold does not end by itself then: you are asked."),
        error_messages={"required": gettext_lazy("Say when you look at it again")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        choices = [(EVERYTHING, _("The whole case, with everything in it")), *STORED]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]


class LiftHoldForm(forms.Form):
    """Why a hold is not needed any more."""

    why_lifted = NoteField(
        label=gettext_lazy("Why is it not needed any more?"), limit=300, rows=3,
        error_messages={"required": gettext_lazy("Say why it is not needed any more")},
    )  # fmt: skip
