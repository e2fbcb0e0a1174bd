"""The shape of what is asked about calendars and pauses."""

from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concordat.core.forms import DayField, Radios, Text

from .catalogue import Ground
from .loading import COUNTRIES
from .models import MIDNIGHT

WEEK = (
    (1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday")), (5, _("Friday")), (6, _("Saturday")),
    (7, _("Sunday")),
)  # fmt: skip
TIME: dict[str, Any] = {"input_formats": ["%H:%M", "%H.%M", "%H %M"], "widget": Text(5)}


def countries() -> list[tuple[str, str]]:
    """Return the countries that have a list, by name in the reader's language."""
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    return sorted(((code, names.get(code, code)) for code in COUNTRIES if len(code) == 2), key=lambda one: one[1])  # noqa: PLR2004 - two letters


class CalendarForm(forms.Form):
    """By which days an organisation counts."""

    name = forms.CharField(
        label=_("Region"), max_length=120, widget=Text(30),
        help_text=_("What partners call it, such as the name of a province."),
    )  # fmt: skip
    rest_days = forms.TypedMultipleChoiceField(
        label=_("On which days of the week does nobody work?"), coerce=int, choices=WEEK, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    opens = forms.TimeField(label=_("When does work begin?"), help_text=_("Such as 08:00."), **TIME)
    closes = forms.TimeField(
        label=_("When does work end?"), help_text=_("What is due on a day is due then. 00:00 is the end of the day."),
        **TIME,
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(one, one) for one in sorted(available_timezones())])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = found.get("opens"), found.get("closes")
        if opens and closes is not None and closes != MIDNIGHT and closes <= opens:
            self.add_error("closes", _("Work ends after it begins."))
        return found


class HolidayForm(forms.Form):
    """One day on which nobody works."""

    day = DayField(label=_("Which day?"), error_messages={"required": _("Give the day")})
    name = forms.CharField(label=_("What is it called?"), max_length=200, widget=Text(30))


class CountryForm(forms.Form):
    """The list of a country."""

    country = forms.ChoiceField(label=_("Country"), choices=countries)
    subdivision = forms.CharField(
        label=_("Part of the country, if it has holidays of its own"), required=False, max_length=10, widget=Text(10),
        help_text=_("Its short letters. Leave it empty for the whole country."),
    )  # fmt: skip


class FileForm(forms.Form):
    """A file with days and names."""

    file = forms.FileField(
        label=_("File"), help_text=_("Lines such as 2027-03-03,Founding day, or a calendar file that ends in .ics.")
    )


class PauseForm(forms.Form):
    """On which ground a clock stands still."""

    ground = forms.ChoiceField(label=_("On which ground?"), widget=Radios)

    def __init__(self, *args: Any, grounds: list[str], **kwargs: Any) -> None:  # noqa: ANN401 - as Django takes them
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, Ground(one).label) for one in grounds]
