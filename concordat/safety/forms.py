"""The shape of what is asked about the safety of workers. Nothing asks who was to blame, or what was said."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone, localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case
from concordat.core.forms import DayField, NoteField, Radios, Text
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .models import About, Cause, Ground, Kind, Level, Owner, PairingAnswer, Pressure, Subject, Triage
from .models.threats import FACTS, GRID, Part
from .sealing import is_key

LONG = 2000
LEAST = gettext_lazy("Only what they need. No name of the worker, no day and no place that would point to them.")


class ReportForm(forms.Form):
    """An approach to oneself."""

    kind = forms.ChoiceField(label=gettext_lazy("What was tried?"), choices=Pressure, widget=Radios)
    words = NoteField(label=gettext_lazy("What happened?"), limit=1000, rows=5)
    happened_on = DayField(label=gettext_lazy("On which day?"))


class LookForm(forms.Form):
    """What is done now."""

    answer = NoteField(
        label=gettext_lazy("What is done now?"), limit=1000, rows=4,
        help_text=gettext_lazy("The worker reads this. Thank them for telling."),
    )  # fmt: skip


class PassOnForm(forms.Form):
    """The least that an integrity officer has to know."""

    to = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("To the integrity officer of"), widget=Radios, empty_label=None
    )
    ground = forms.ChoiceField(label=gettext_lazy("What makes it necessary?"), choices=Ground, widget=Radios)
    text = NoteField(label=gettext_lazy("What they read"), limit=400, rows=4, help_text=LEAST)

    def __init__(self, *args: Any, authorities: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = authorities  # type: ignore[attr-defined]


class PairingForm(forms.Form):
    """What comes of looking at long pairings."""

    answer = forms.ChoiceField(label=gettext_lazy("What comes of it?"), choices=PairingAnswer, widget=Radios)
    again_on = DayField(label=gettext_lazy("When is it looked at again?"))


class TermsForm(forms.Form):
    """What an organisation decides for its workers."""

    cap = forms.IntegerField(
        label=gettext_lazy("With how many persons may one worker work at once?"), min_value=1, max_value=60,
        widget=Text(3, numeric=True),
    )  # fmt: skip
    pairing_months = forms.IntegerField(
        label=gettext_lazy("After how many months is one worker alone with one person looked at?"), min_value=1,
        max_value=36, widget=Text(3, numeric=True),
    )  # fmt: skip
    public_key = forms.CharField(
        label=gettext_lazy("Public half of your key"), max_length=62, required=False,
        help_text=gettext_lazy(
            "For files about threats from an authority. It begins with age1. The secret half stays with you: without "
            "it nobody reads such a file."
        ),
    )  # fmt: skip

    def clean_public_key(self) -> str:
        key = str(self.cleaned_data["public_key"]).strip()
        if key and not is_key(key):
            raise ValidationError(_("This is not the public half of a key: that begins with age1."))
        return key


class SupervisorForm(forms.Form):
    """A colleague outside line management, or somebody from outside."""

    member = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("A colleague"), required=False)
    outside = forms.CharField(
        label=gettext_lazy("Or: name of somebody from outside"), max_length=120, required=False,
        help_text=gettext_lazy("Somebody who does not decide about this worker’s post, pay or cases."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(found.get("member")) == bool(found.get("outside")) and not self.errors:
            raise ValidationError(_("Choose a colleague, or give the name of somebody from outside; one of the two."))
        return found


class AttendanceForm(forms.Form):
    """The day, and nothing else."""

    held_on = DayField(label=gettext_lazy("On which day?"))

    def clean_held_on(self) -> object:
        if self.cleaned_data["held_on"] > localdate():
            raise ValidationError(_("This day has not come yet."))
        return self.cleaned_data["held_on"]


class ReasonForm(forms.Form):
    """Why a worker goes on beyond a limit."""

    about = forms.ChoiceField(label=gettext_lazy("What goes beyond the limit?"), choices=About, widget=Radios)
    words = NoteField(label=gettext_lazy("Why does it go on?"), limit=500, rows=3)


class SupportForm(forms.Form):
    """Who, and since when."""

    worker = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Whom did it happen to?"))
    day = DayField(label=gettext_lazy("On which day?"))
    time = forms.TimeField(
        label=gettext_lazy("At what time?"), input_formats=["%H:%M", "%H.%M", "%H %M"], widget=Text(5),
        error_messages={"invalid": gettext_lazy("Enter a time such as 14:30")},
    )  # fmt: skip

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not (found.get("day") and found.get("time")):
            return found
        at = datetime.combine(found["day"], found["time"], get_current_timezone())
        if at > now():
            self.add_error("day", _("Give a time in the past."))
        return {"worker": found.get("worker"), "known_at": at}


class TalkForm(forms.Form):
    """When and with whom; what was said stays between the two."""

    talked_on = DayField(label=gettext_lazy("On which day was the talk?"))
    talked_with = forms.CharField(
        label=gettext_lazy("With whom?"), max_length=120, help_text=gettext_lazy("Somebody outside line management.")
    )


class PauseForm(forms.Form):
    """Which case. There is no question why."""

    case = forms.ModelChoiceField(Case.objects.none(), label=gettext_lazy("Which case do you pause?"))

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset, field.label_from_instance = cases, lambda case: case.working_code


class OtherForm(forms.Form):
    """Whom the person is offered."""

    other = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Whom is the person offered?"))

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = colleagues  # type: ignore[attr-defined]


# ---- critical incidents ----------------------------------------------------------------------------------------------

IN_PLACE_OF_NAMES = gettext_lazy("Say posts and working codes, not names.")


class IncidentForm(forms.Form):
    """What happened, since when it is known, and what protects people now."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened?"), choices=Kind, widget=Radios)
    known_on = DayField(label=gettext_lazy("On which day did your organisation know?"))
    safeguard = NoteField(label=gettext_lazy("What protects people now?"), limit=LONG, rows=4)


class FactForm(forms.Form):
    """One fact, its time and its source."""

    day = DayField(label=gettext_lazy("On which day?"))
    time = forms.TimeField(
        label=gettext_lazy("At what time?"), input_formats=["%H:%M", "%H.%M", "%H %M"], widget=Text(5),
        error_messages={"invalid": gettext_lazy("Enter a time such as 14:30")},
    )  # fmt: skip
    fact = NoteField(
        label=gettext_lazy("What happened then? One fact."), limit=400, rows=3, help_text=IN_PLACE_OF_NAMES
    )
    source = forms.CharField(label=gettext_lazy("Who says so, or where does it stand?"), max_length=200)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not (found.get("day") and found.get("time")):
            return found
        at = datetime.combine(found["day"], found["time"], get_current_timezone())
        if at > now():
            self.add_error("day", _("Give a time in the past."))
        return {"happened_at": at, "fact": found.get("fact"), "source": found.get("source")}


class StartForm(forms.Form):
    """How it is looked at, and the terms."""

    level = forms.ChoiceField(label=gettext_lazy("How is it looked at?"), choices=Level, widget=Radios)
    words = NoteField(label=gettext_lazy("Terms of reference"), limit=LONG, rows=5)


class InvolveForm(forms.Form):
    """Which organisation is a party."""

    party = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Which organisation?"))

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = partners  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """What is written down, and for a recommendation by when."""

    words = NoteField(limit=LONG, rows=5, help_text=IN_PLACE_OF_NAMES)

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["words"].label = subject.label
        if subject == Subject.FINDING:
            self.fields["cause"] = forms.ChoiceField(label=_("Of which type is it?"), choices=Cause, widget=Radios)
        if subject == Subject.RECOMMENDATION:
            self.fields["due_on"] = DayField(label=_("By when?"))


# ---- threat files ----------------------------------------------------------------------------------------------------


class WordsForm(forms.Form):
    """Some parts of a file, each in words, none of them needed."""

    parts: tuple[Part, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        for part in self.parts:
            self.fields[part.value] = NoteField(label=part.label, limit=LONG, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        words = {part.value: found.pop(part.value, "") for part in self.parts}
        if not any(words.values()) and not self.errors:
            raise ValidationError(_("Write at least one of these."))
        return {**found, "words": words}


class FactsForm(WordsForm):
    """What happened, when, who, whether there is a pattern, and what for."""

    parts = FACTS


class GridForm(WordsForm):
    """What is talked through: threats, vulnerabilities, capacities. In words: nothing is counted or rated."""

    parts = GRID


class ThreatForm(WordsForm):
    """Whom it is about, what kind of threat, whether it comes from an authority, and the facts so far."""

    parts = FACTS
    field_order = ["worker", "triage", "authority", *FACTS]
    worker = forms.ModelChoiceField(
        Membership.objects.none(), label=gettext_lazy("Whom is it about?"), required=False,
        empty_label=gettext_lazy("The organisation as a whole"),
    )  # fmt: skip
    triage = forms.ChoiceField(label=gettext_lazy("Which of these is it?"), choices=Triage, widget=Radios)
    authority = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Does it come from an authority?"), required=False,
        empty_label=gettext_lazy("No"),
        help_text=gettext_lazy(
            "Then no authority is ever let into the file, and your words are encrypted to your organisation’s key."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, workers: Any, authorities: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        for name, rows in (("worker", workers), ("authority", authorities)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        return {**{key: found.get(key) for key in ("worker", "triage", "authority")}, "facts": found["words"]}


class StepForm(forms.Form):
    """One part of a file, in words; its label says which."""

    words = NoteField(limit=LONG, rows=5)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["words"].label = part.label


class MeasureForm(forms.Form):
    """One measure of the plan."""

    words = NoteField(
        label=gettext_lazy("What is done?"), limit=500, rows=3,
        help_text=gettext_lazy(
            "Such as other routes, company on the way, another telephone, help for the family, a lawyer, leave, a move."
        ),
    )  # fmt: skip
    who = forms.ChoiceField(label=gettext_lazy("Who does it?"), choices=Owner, widget=Radios)
    cost = forms.CharField(
        label=gettext_lazy("What does it cost, and who pays?"), max_length=200, required=False,
    )  # fmt: skip
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(label=gettext_lazy("Until"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("starts_on") and found.get("ends_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return found


class OpenForm(forms.Form):
    """To which authority's protection officer."""

    to = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("To the protection officer of"), widget=Radios, empty_label=None
    )

    def __init__(self, *args: Any, authorities: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = authorities  # type: ignore[attr-defined]
