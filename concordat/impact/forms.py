"""The shape of what is asked in an assessment. No question asks for a person, and none for a number."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.forms import DayField, NoteField, Radios, Text
from concordat.people.roles import Role

from .models import LONG, SHORT, Decision, Expected, Lasting, Speaker


def note(label: str | Promise, help_text: str | Promise = "") -> NoteField:
    return NoteField(label=label, limit=LONG, rows=4, help_text=help_text)


class TextsForm(forms.Form):
    """What the sharing is for, whether less would do, and what it does to rights."""

    aim = note(gettext_lazy("What is this sharing for, and for whom?"), gettext_lazy("Name no person."))
    necessity = note(
        gettext_lazy("Why is each kind of information needed?"),
        gettext_lazy("Go through the table above, kind by kind. What nobody needs is taken out of the agreement."),
    )
    proportionality = note(
        gettext_lazy("Why would less not be enough?"),
        gettext_lazy("Fewer kinds, a summary instead of everything, a shorter time, only while the person agrees."),
    )
    private_life = note(
        gettext_lazy("Private life"), gettext_lazy("What will others come to know that the person did not tell them?")
    )
    religion = note(
        gettext_lazy("Religion and belief"),
        gettext_lazy("Can belief or practice be read out of it, or be held against somebody?"),
    )
    family = note(gettext_lazy("Family"), gettext_lazy("What does it mean for relatives, visits and children?"))
    equality = note(
        gettext_lazy("No discrimination"), gettext_lazy("Whom does it reach more than others, and is there a reason?")
    )


class RiskForm(forms.Form):
    """One thing that could happen."""

    what = NoteField(label=gettext_lazy("What could happen, and to whom?"), limit=SHORT, rows=3)
    expected = forms.ChoiceField(label=gettext_lazy("Is it to be expected?"), choices=Expected, widget=Radios)
    lasting = forms.ChoiceField(
        label=gettext_lazy("If it happens, can it be made good?"), choices=Lasting, widget=Radios
    )
    measure = NoteField(label=gettext_lazy("What is done against it?"), limit=SHORT, rows=3)
    post = forms.ChoiceField(label=gettext_lazy("Who sees to it?"), choices=[("", ""), *Role.choices])


class AdviceForm(forms.Form):
    """What somebody says of it."""

    speaker = forms.ChoiceField(label=gettext_lazy("Who says it?"), choices=Speaker, widget=Radios)
    heard = forms.CharField(
        label=gettext_lazy("Who was heard, and how?"), max_length=200, required=False, widget=Text(40),
        help_text=gettext_lazy(
            "Such as “the residents’ council, in a meeting”. Name no person in custody. Empty for the officer."
        ),
    )  # fmt: skip
    words = NoteField(
        label=gettext_lazy("In their own words"), limit=LONG, rows=6,
        help_text=gettext_lazy("Nobody can change it afterwards. What is said later is added."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("speaker") in {Speaker.OUTSIDE, Speaker.PERSONS} and not found.get("heard"):
            self.add_error("heard", _("Say who was heard, and how."))
        return found


class DecisionForm(forms.Form):
    """Whether it goes ahead."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Decision, widget=Radios)
    reasons = note(gettext_lazy("Reasons"), gettext_lazy("Where you do not follow the advice, say why."))
    review_on = DayField(
        label=gettext_lazy("Looked at again by"),
        help_text=gettext_lazy("Within a year; earlier, where the table of rules changes."),
    )
