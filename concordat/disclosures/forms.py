"""The shape of what is typed about a disclosure."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concordat.core.forms import DayField, NoteField, Radios
from concordat.organisations.models import Organisation

from .models import DISCLOSABLE, Ended, Offer, Receiver

YES_NO = (("yes", _("Yes")), ("no", _("No")))
NOTHING_CHOSEN = ("", "")


class ProposeForm(forms.Form):
    """To whom, what for, and why."""

    receiver_kind = forms.ChoiceField(label=_("Who receives it?"), choices=Receiver, widget=Radios(small=True))
    receiver_body = forms.CharField(label=_("Name of the firm, household or group"), max_length=120)
    receiver_name = forms.CharField(label=_("Who there answers for it, by name"), max_length=120)
    purpose = forms.CharField(label=_("What they need it for"), max_length=300)
    necessity = NoteField(
        label=_("Why it is needed, and why less would not do"), limit=1000, rows=4,
        help_text=_("What would happen without it; what else was considered; why the person’s rights stand back."),
    )  # fmt: skip
    review_on = DayField(label=_("Looked at again on"))


class ItemForm(forms.Form):
    """One passage, to the letter."""

    of_owner = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who knows it?"), widget=Radios(small=True), empty_label=None,
        help_text=_("Where it is another organisation’s, that one is asked. Its silence is no yes."),
    )  # fmt: skip
    category = forms.TypedChoiceField(
        label=_("What is it about?"),
        choices=[NOTHING_CHOSEN, *((int(one), one.label) for one in DISCLOSABLE)],
        coerce=int,
    )
    words = NoteField(
        label=_("Exactly these words"), limit=1000, rows=4,
        help_text=_("The least that serves the purpose. Only this is told, nothing around it."),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, owners: list[int]) -> None:
        super().__init__(data)
        field = self.fields["of_owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=owners)


class OfferForm(forms.Form):
    """What the person said when they were offered to tell it themself."""

    offer = forms.ChoiceField(label=_("What did the person say?"), choices=Offer, widget=Radios(small=True))
    offered_on = DayField(label=_("Asked on"), required=False)
    offer_ground = forms.CharField(
        label=_("Why all the same"), max_length=300, required=False,
        help_text=_("Where they do not want it, or were not asked: which law or which danger."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        offer = typed.get("offer", "")
        if (
            offer in {Offer.TELLS, Offer.ASKS, Offer.AGAINST}
            and not typed.get("offered_on")
            and "offered_on" not in self.errors
        ):
            self.add_error("offered_on", _("Enter the day on which the person was asked"))
        if offer in {Offer.AGAINST, Offer.NOT_ASKED} and not typed.get("offer_ground"):
            self.add_error("offer_ground", _("Say why it should be told all the same"))
        return typed


class ToldForm(forms.Form):
    """That the person was told, or why later."""

    told_on = DayField(label=_("Told on"), required=False)
    told_how = forms.CharField(label=_("How the person was told"), max_length=120, required=False)
    deferral_ground = forms.CharField(
        label=_("Why they are told later"),
        max_length=300,
        required=False,
        help_text=_("Only if they were not told yet."),
    )
    deferral_review_on = DayField(label=_("That is looked at again on"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if (
            not self.errors
            and not typed.get("told_on")
            and not (typed.get("deferral_ground") and typed.get("deferral_review_on"))
        ):
            self.add_error(
                None, _("Say when and how the person was told, or why later and when that is looked at again.")
            )
        return typed


class DecideForm(forms.Form):
    """Yes or no, with the reasons."""

    allowed = forms.TypedChoiceField(
        label=_("May it be told?"), choices=YES_NO, coerce=lambda said: said == "yes", widget=Radios(inline=True)
    )
    decision_words = NoteField(label=_("Reasons"), limit=1000, rows=4)


class SignedForm(forms.Form):
    """On which day the receiver signed."""

    signed_on = DayField(label=_("Signed on"))


class HandForm(forms.Form):
    """How it was told."""

    handed_how = forms.CharField(
        label=_("How it was handed over"),
        max_length=120,
        help_text=_("Such as: on paper, in our office, to nobody else."),
    )


class EndForm(forms.Form):
    """What became of it."""

    ended_how = forms.ChoiceField(label=_("What became of it?"), choices=Ended, widget=Radios(small=True))
    ended_words = forms.CharField(label=_("In words"), max_length=300)


class AnswerForm(forms.Form):
    """Whether one's own organisation's information may be told."""

    given = forms.TypedChoiceField(
        label=_("May they tell it?"), choices=YES_NO, coerce=lambda said: said == "yes", widget=Radios(inline=True)
    )
    answer_words = forms.CharField(
        label=_("Conditions, or reasons if you want to give any"), max_length=300, required=False
    )
