"""The shape of what is asked about teams."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case, Team
from concordat.core.codes import Activity
from concordat.core.forms import Radios, Text
from concordat.people.models import Membership


class TeamForm(forms.Form):
    """What a team is called."""

    name = forms.CharField(
        label=gettext_lazy("Name of the team"), max_length=80, widget=Text(30),
        help_text=gettext_lazy("Known to everybody of your organisation. No name of a person."),
        error_messages={"required": gettext_lazy("Name the team")},
    )  # fmt: skip


class JoinForm(forms.Form):
    """Who comes into a team, and whether they lead it."""

    worker = forms.ModelChoiceField(
        label=gettext_lazy("Who?"), queryset=Membership.objects.none(), widget=Radios,
        error_messages={"required": gettext_lazy("Choose somebody")},
    )  # fmt: skip
    leads = forms.BooleanField(
        label=gettext_lazy("Leads the team"), required=False,
        help_text=gettext_lazy("Whoever leads sees every case of the team, also one that they may not work on."),
    )  # fmt: skip

    def __init__(self, data: object = None, *, people: Iterable[Membership]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        pks = [one.pk for one in people]
        self.fields["worker"].queryset = Membership.objects.filter(pk__in=pks)  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    """Which case a team gets, and for what."""

    case = forms.CharField(
        label=gettext_lazy("Reference of the case"), max_length=40, widget=Text(20),
        error_messages={"required": gettext_lazy("Type the reference of the case")},
    )  # fmt: skip
    activity = forms.ChoiceField(
        label=gettext_lazy("For what?"), choices=Activity, widget=Radios,
        error_messages={"required": gettext_lazy("Say for what the team works on it")},
    )  # fmt: skip

    def __init__(self, data: object = None, *, team: Team) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.team = team

    def clean_case(self) -> Case:
        found = Case.objects.filter(owner=self.team.owner_id, reference=self.cleaned_data["case"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("You see no case of this reference in your organisation."))
        return found
