"""The shape of what is asked about emergency access."""

from django import forms
from django.utils.translation import gettext_lazy

from concordat.core.forms import NoteField, Radios, Text

from .models import LONGEST, USUAL, Finding, Ground


def hours_field(longest: int = LONGEST) -> forms.IntegerField:
    """Return the question for how many hours, the usual number filled in."""
    return forms.IntegerField(
        label=gettext_lazy("For how many hours?"), min_value=1, max_value=longest, initial=min(USUAL, longest),
        widget=Text(2, attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("It ends by itself then, and is not prolonged. Whoever needs longer asks anew."),
        error_messages={"required": gettext_lazy("Say for how many hours")},
    )  # fmt: skip


class AskForm(forms.Form):
    """Which case, why it is an emergency, and for how long."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"), max_length=40, widget=Text(20),
        help_text=gettext_lazy(
            "As your organisation writes it. It is not looked up: whoever may open it sees what you ask for."
        ),
        error_messages={"required": gettext_lazy("Type the reference of the case")},
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=gettext_lazy("Why is it an emergency?"), choices=Ground, widget=Radios,
        error_messages={"required": gettext_lazy("Say why it is an emergency")},
    )  # fmt: skip
    words = NoteField(
        label=gettext_lazy("What happened, and what do you have to know?"), limit=300, rows=3,
        help_text=gettext_lazy("Read by whoever decides, and by whoever looks at it afterwards."),
        error_messages={"required": gettext_lazy("Say what happened")},
    )  # fmt: skip
    hours = hours_field()


class OpenForm(forms.Form):
    """For how many hours somebody opens it: as many as were asked for, or fewer."""

    def __init__(self, data: object = None, *, asked: int) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["hours"] = hours_field(asked)
        self.fields["hours"].initial = asked


class ReviewForm(forms.Form):
    """What a third person finds."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What do you find?"), choices=Finding, widget=Radios,
        error_messages={"required": gettext_lazy("Say what you find")},
    )  # fmt: skip
    finding_words = NoteField(
        label=gettext_lazy("In words"), limit=300, rows=3,
        help_text=gettext_lazy("Whoever asked and whoever opened it can read this."),
        error_messages={"required": gettext_lazy("Say in words what you find")},
    )  # fmt: skip
