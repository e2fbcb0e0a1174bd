"""The directory: what it is narrowed to, and a service as it is offered."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from concordat.agreements.models import Agreement
from concordat.cases.models import Sex
from concordat.core.forms import NoteField, Radios, Text, WrittenInField
from concordat.organisations.models import Place
from concordat.referrals.models import AgeGroup, FreePlaces, Need, Service, Target

from .questions import one_of, several

METHOD = 1000  # characters
ANY = [("", gettext_lazy("All"))]
NAMED_SEXES = [one for one in Sex.choices if one[0] != Sex.UNKNOWN]
TARGET_HINTS = {
    Target.ATTITUDES: gettext_lazy(
        "What somebody thinks. Nobody may be made to change it: not for regime, release or a service."
    ),
    Target.BEHAVIOUR: gettext_lazy("What somebody does."),
    Target.SKILLS: gettext_lazy("What somebody can do."),
}


class ServicesForm(forms.Form):
    """What the directory is narrowed to."""

    all_optional = True

    need = forms.ChoiceField(label=gettext_lazy("Need"), choices=[*ANY, *Need.choices], required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    sex = forms.ChoiceField(label=gettext_lazy("For"), choices=[*ANY, *NAMED_SEXES], required=False)
    age_group = forms.ChoiceField(label=gettext_lazy("Age"), choices=[*ANY, *AgeGroup.choices], required=False)
    place = forms.ModelChoiceField(
        Place.objects.all(), label=gettext_lazy("Place"), required=False, empty_label=gettext_lazy("All")
    )

    def __init__(self, *args: Any, languages: Iterable[str] = (), **settings: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **settings)
        self.fields["language"].choices = [*ANY, *((one, one) for one in languages)]  # type: ignore[attr-defined]

    def narrow(self, services: QuerySet[Service]) -> QuerySet[Service]:
        """Return the services that fit what was asked; an empty question fits all."""
        wanted = self.cleaned_data if self.is_valid() else {}
        fields = {"need": "needs", "language": "languages", "sex": "sexes", "age_group": "age_groups"}
        found = {f"{field}__contains": [wanted[name]] for name, field in fields.items() if wanted.get(name)}
        if wanted.get("place"):
            found["places__place"] = wanted["place"]
        return services.filter(**found)


class ServiceForm(forms.Form):
    """A service as it is offered."""

    terms = forms.ModelChoiceField(
        Agreement.objects.none(), label=gettext_lazy("Under which terms?"), empty_label=None, widget=Radios(),
        error_messages={"required": gettext_lazy("Choose the terms under which you offer it")},
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("What is it called?"), max_length=120,
        error_messages={"required": gettext_lazy("Give the service a name")},
    )  # fmt: skip
    description = NoteField(label=gettext_lazy("What happens?"), limit=METHOD, rows=3, required=False)
    method = NoteField(
        label=gettext_lazy("Which method, and why should it help?"), limit=METHOD, rows=4,
        help_text=gettext_lazy("It stands in the directory word for word. Nobody edits it for you."),
        error_messages={"required": gettext_lazy("Say which method you use and why it should help")},
    )  # fmt: skip
    target = one_of(
        gettext_lazy("What is it about?"),
        Target.choices,
        gettext_lazy("Say what the service is about"),
        hints=TARGET_HINTS,
        help_text=gettext_lazy("Persons are shown this. Reports speak only to what is declared here."),
    )
    needs = several(gettext_lazy("What does it help with?"), Need.choices, gettext_lazy("Choose at least one need"))
    sexes = several(gettext_lazy("For whom?"), NAMED_SEXES, gettext_lazy("Choose for whom it is"))
    age_groups = several(gettext_lazy("Which ages?"), AgeGroup.choices, gettext_lazy("Choose at least one age group"))
    languages = forms.CharField(
        label=gettext_lazy("In which languages?"), help_text=gettext_lazy("With commas between them"),
        error_messages={"required": gettext_lazy("Name at least one language")},
    )  # fmt: skip
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(), label=gettext_lazy("Where do you offer it?"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Only places where your terms are in force. What you do not choose you do not serve; nobody "
            "asks why."
        ),
        error_messages={"required": gettext_lazy("Choose at least one place where you offer it")},
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=gettext_lazy("How many people can take part?"), min_value=1, max_value=999, widget=Text(3, numeric=True),
        error_messages={"required": gettext_lazy("Say how many people can take part")},
    )  # fmt: skip
    free_places = one_of(
        gettext_lazy("How full is it now?"), FreePlaces.choices, gettext_lazy("Say how full it is"),
        help_text=gettext_lazy("You say it in words. Nothing is counted: a number that moves would tell who stopped."),
    )  # fmt: skip
    written_in = WrittenInField()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - handed on
        terms: Sequence[Agreement] = (),
        places: Iterable[UUID] = (),
        **settings: Any,  # noqa: ANN401 - handed on
    ) -> None:
        super().__init__(*args, **settings)
        self.fields["terms"].queryset = Agreement.objects.filter(pk__in=[one.pk for one in terms])  # type: ignore[attr-defined]
        self.fields["places"].queryset = Place.objects.filter(pk__in=places)  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        named = [one.strip() for one in str(self.cleaned_data["languages"]).split(",")]
        return [one[:40] for one in dict.fromkeys(named) if one]


def described(service: Service) -> dict[str, Any]:
    """Return what the form shows of a service that is offered."""
    names = ("name", "description", "method", "target", "needs", "sexes", "age_groups", "capacity", "free_places")
    return {
        **{name: getattr(service, name) for name in names},
        **({"written_in": service.written_in} if service.written_in else {}),
        "terms": service.terms_id,
        "languages": ", ".join(service.languages),
        "places": [one.place_id for one in service.places.all()],
    }
