"""The shape of what a data protection officer states."""

from django import forms
from django.utils.translation import gettext_lazy

from concordat.core.codes import ABOUT_PERSONS
from concordat.core.forms import Radios, Text

from .models import Law


class RegimeForm(forms.Form):
    """Which law holds, and for which kinds another."""

    law = forms.ChoiceField(
        label=gettext_lazy("Which law holds for what you keep?"), choices=Law, widget=Radios,
        help_text=gettext_lazy("For everything that is not ticked below."),
    )  # fmt: skip
    enforcement = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What do you keep under the law for law enforcement all the same?"), coerce=int,
        choices=[(int(one), one.label) for one in ABOUT_PERSONS], required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only an authority can tick something here."),
    )  # fmt: skip
    citation = forms.CharField(label=gettext_lazy("Which act and section?"), max_length=200, widget=Text(40))
