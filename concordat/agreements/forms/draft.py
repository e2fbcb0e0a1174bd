"""What is asked of somebody who drafts an agreement. Drafts may be saved with answers missing."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.agreements.catalogue import TEMPLATES, Entry, Parameter
from concordat.agreements.catalogue.protocol import SHARED_PURPOSES
from concordat.agreements.given import CLOSED
from concordat.agreements.models import Agreement, Kind, Version
from concordat.core.codes import NEVER_STORED, Activity, Category, Condition, Form
from concordat.core.forms import DayField, NoteField, Radios, Text
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership
from concordat.people.models.membership import Level
from concordat.people.roles import Role

KIND_HINTS: dict[str, str | Promise] = {
    Kind.FRAMEWORK: gettext_lazy("The rules of working together. It comes first and opens no data."),
    Kind.PROTOCOL: gettext_lazy("Who gives what information to whom, in which form, for which purpose."),
    Kind.TERMS: gettext_lazy("A service at named places: workers, supervision, payments."),
}


class LinesField(forms.CharField):
    """Several short texts, one a line; the value is a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: object) -> Any:  # noqa: ANN401 - a list, where CharField has a text
        text = value if isinstance(value, str) else "\n".join(map(str, value or [])) if isinstance(value, list) else ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: object) -> object:
        return "\n".join(map(str, value)) if isinstance(value, list) else value


# ---- drafting ------------------------------------------------------------------------------------------------------


class KindForm(forms.Form):
    kind = forms.ChoiceField(choices=Kind, widget=Radios(KIND_HINTS))


def zones() -> list[tuple[str, str]]:
    """Return the time zones by their place, and UTC."""
    return [("UTC", "UTC"), *((one, one) for one in sorted(available_timezones()) if "/" in one and one[:4] != "Etc/")]


class NewForm(forms.Form):
    """A new agreement. Below a framework the parties follow from it."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("Such as “Mentoring at Aldermoor Prison”")
    )
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("It ends with this day, at most five years on.")
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone in which its days begin and end"), choices=zones)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if (first := found.get("first_day")) and (last := found.get("last_day")) and last < first:
            self.add_error("last_day", _("The last day lies before the first"))
        return found


class NewFrameworkForm(NewForm):
    other = forms.ModelChoiceField(label=gettext_lazy("With"), queryset=Organisation.objects.none(), empty_label="")
    objectives = forms.MultipleChoiceField(
        label=gettext_lazy("Objectives"), choices=Activity, widget=forms.CheckboxSelectMultiple, required=False
    )
    field_order = ["title", "other", "objectives", "first_day", "last_day", "time_zone"]

    def __init__(self, *args: Any, own: int, frameworks: QuerySet[Agreement], **kwargs: Any) -> None:  # noqa: ANN401, ARG002 - all three kinds are made alike
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Organisation.objects.exclude(pk=own)  # type: ignore[attr-defined]


class NewProtocolForm(NewForm):
    framework = forms.ModelChoiceField(
        label=gettext_lazy("Under the framework agreement"), queryset=Agreement.objects.none(), empty_label=""
    )
    field_order = ["title", "framework", "first_day", "last_day", "time_zone"]

    def __init__(self, *args: Any, own: int, frameworks: QuerySet[Agreement], **kwargs: Any) -> None:  # noqa: ANN401, ARG002 - all three kinds are made alike
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = frameworks  # type: ignore[attr-defined]


class NewTermsForm(NewProtocolForm):
    activity = forms.ChoiceField(label=gettext_lazy("Activity"), choices=[("", ""), *Activity.choices])
    field_order = ["title", "framework", "activity", "first_day", "last_day", "time_zone"]


NEW_FORMS: dict[str, type[NewFrameworkForm | NewProtocolForm]] = {
    Kind.FRAMEWORK: NewFrameworkForm,
    Kind.PROTOCOL: NewProtocolForm,
    Kind.TERMS: NewTermsForm,
}


class DaysForm(forms.Form):
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        if version.agreement.kind == Kind.TERMS:
            parties = (version.agreement.party_a, version.agreement.party_b)
            self.fields["whole_team_of"] = forms.TypedMultipleChoiceField(
                label=_("Whose whole team may work on every case"),
                choices=[(one.pk, one.name) for one in parties],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Usually nobody's: then only workers who are assigned to a case see it."),
            )


class ClauseForm(forms.Form):
    """The words of a clause and its answers; each parameter of the catalogue is a field."""

    all_optional = True  # a draft may be saved with answers missing, so it is not said at each of them
    wording = NoteField(label=gettext_lazy("Words"), limit=4000, rows=7, required=False)

    def __init__(self, entry: Entry, version: Version, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.parameters = entry.parameters
        for one in entry.parameters:
            self.fields[f"answer_{one.name}"] = field_of(one, version.agreement)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        answers = {one.name: found.get(f"answer_{one.name}") for one in self.parameters}
        return {"wording": found.get("wording", ""), "parameters": answers}


def field_of(one: Parameter, agreement: Agreement) -> forms.Field:
    """Return the field for a parameter. Nothing is obligatory here: the check says what is still missing."""
    about: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": False}
    options = officers(agreement) if one.shape == "officer" else list(one.choices.items())
    number: dict[str, Any] = {
        "min_value": one.least,
        "max_value": one.most,
        "widget": Text(4, suffix=one.unit, numeric=True),
    }
    makers: dict[str, Callable[[], forms.Field]] = {
        "number": lambda: forms.IntegerField(**number, **about),
        "yesno": lambda: forms.BooleanField(**about),
        "choice": lambda: forms.ChoiceField(choices=options, widget=Radios(), **about),
        "many": lambda: forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **about),
        "officer": lambda: forms.ChoiceField(choices=options, **about),
        "lines": lambda: LinesField(**about),
        "text": lambda: forms.CharField(max_length=300, **about),
    }
    return makers[one.shape]()


def officers(agreement: Agreement) -> list[tuple[str, str]]:
    """Offer the people of the authority alone: civil society cannot be made to answer for public decisions."""
    authorities = [one.pk for one in (agreement.party_a, agreement.party_b) if one.is_authority]
    found = Membership.objects.filter(organisation__in=authorities).select_related("organisation")
    return [("", ""), *((str(one.pk), f"{one.shown_name}, {one.title}, {one.organisation}") for one in found)]


# ---- rules, places, payments ---------------------------------------------------------------------------------------

NOTHING_CHOSEN = ("", "")  # how much is given to whom is not chosen beforehand
GIVABLE = [(int(one), f"{one.label} ({one.code})") for one in Category if one not in NEVER_STORED and one not in CLOSED]


class ChangeRuleForm(forms.Form):
    form = forms.ChoiceField(label=gettext_lazy("How much"), choices=[NOTHING_CHOSEN, *Form.choices])
    purpose = forms.ChoiceField(
        label=gettext_lazy("For which purpose"), choices=[NOTHING_CHOSEN, *SHARED_PURPOSES.items()]
    )
    role = forms.ChoiceField(label=gettext_lazy("To the role"), choices=[NOTHING_CHOSEN, *Role.choices])
    condition = forms.ChoiceField(label=gettext_lazy("Condition"), choices=Condition, widget=Radios(inline=True))
    basis = forms.CharField(label=gettext_lazy("Legal basis"), max_length=200)
    first_day = DayField(
        label=gettext_lazy("From"), required=False, help_text=gettext_lazy("Empty: as long as the version.")
    )
    last_day = DayField(label=gettext_lazy("Last day"), required=False)


class RuleForm(ChangeRuleForm):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who gives"), queryset=Organisation.objects.none(), widget=Radios(), empty_label=None
    )
    category = forms.TypedChoiceField(label=gettext_lazy("What"), choices=[NOTHING_CHOSEN, *GIVABLE], coerce=int)
    field_order = ["owner", "category", "form", "purpose", "role", "condition", "basis", "first_day", "last_day"]

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = parties(version)  # type: ignore[attr-defined]


def parties(version: Version) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=[version.agreement.party_a_id, version.agreement.party_b_id])


class FillForm(forms.Form):
    template = forms.ChoiceField(
        label=gettext_lazy("Template"), widget=Radios(), choices=[(name, one.title) for name, one in TEMPLATES.items()]
    )
    basis = forms.CharField(
        label=gettext_lazy("Legal basis of these rules"),
        max_length=200,
        help_text=gettext_lazy("Each rule can get one of its own afterwards."),
    )


class ProhibitionForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who never gives it"),
        queryset=Organisation.objects.none(),
        widget=Radios(),
        empty_label=None,
    )
    category = forms.TypedChoiceField(label=gettext_lazy("What"), choices=[NOTHING_CHOSEN, *GIVABLE], coerce=int)

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = parties(version)  # type: ignore[attr-defined]


class PlacesForm(forms.Form):
    places = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Places"), queryset=Place.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = Place.objects.filter(organisation__in=parties(version))  # type: ignore[attr-defined]


class RequirementForm(forms.Form):
    clearance = forms.ChoiceField(
        label=gettext_lazy("Clearance"),
        choices=[("", gettext_lazy("None")), *Level.choices],
        required=False,
        widget=Radios(inline=True),
    )
    trainings = LinesField(label=gettext_lazy("Courses, one a line"), required=False)


class PaymentForm(forms.Form):
    due_on = DayField(label=gettext_lazy("Due on"))
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), min_value=0, max_digits=12, decimal_places=2, widget=Text(10, numeric=True)
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        widget=Text(3),
        help_text=gettext_lazy("Three letters, such as EUR"),
    )
    reason = forms.CharField(label=gettext_lazy("For what; for 0, why nothing is paid"), max_length=200)
