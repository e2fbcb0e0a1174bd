"""The shape of what is typed when something is offered, asked, answered and agreed. What must be so stands in `rules`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.agreements.models import Agreement
from concordat.cases import rules as case_rules
from concordat.cases.models import Heading, Informer, Route, Sex, Signed
from concordat.core.forms import DayField, NoteField, Radios, Text
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership
from concordat.referrals.models import AgeGroup, FreePlaces, Goal, Need, Service, Target

from .rules.goals import MOST_GOALS
from .rules.referral import MOST_OUTCOMES

TEXT, REASON, METHOD = 3000, 500, 1000  # characters
ANY = [("", gettext_lazy("All"))]
YES, NO = "yes", "no"
CLOCK = ["%H:%M", "%H.%M", "%H%M"]
NAMED_SEXES = [one for one in Sex.choices if one[0] != Sex.UNKNOWN]
TARGET_HINTS = {
    Target.ATTITUDES: gettext_lazy("What somebody thinks. Nobody may be made to change it: not for regime, release or a service."),
    Target.BEHAVIOUR: gettext_lazy("What somebody does."),
    Target.SKILLS: gettext_lazy("What somebody can do."),
}


def several(label: Any, choices: Iterable[tuple[str, Any]], sentence: Any, help_text: Any = "") -> forms.MultipleChoiceField:  # noqa: ANN401 - a text, translated now or later
    """Make a question that several answers fit."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, help_text=help_text,
        error_messages={"required": sentence},
    )  # fmt: skip


def one_of(label: Any, choices: Iterable[tuple[str, Any]], sentence: Any, **more: Any) -> forms.ChoiceField:  # noqa: ANN401 - a text, translated now or later
    """Make a question with one answer; nothing is chosen beforehand."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=Radios(more.pop("hints", None)), error_messages={"required": sentence}, **more
    )


# ---- the directory -----------------------------------------------------------------------------------------------


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

    def __init__(self, *args: Any, languages: Iterable[str] = (), **settings: Any) -> None:
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
        gettext_lazy("What is it about?"), Target.choices, gettext_lazy("Say what the service is about"), hints=TARGET_HINTS,
        help_text=gettext_lazy("Persons are shown this. Reports speak only to what is declared here."),
    )  # fmt: skip
    needs = several(gettext_lazy("What does it help with?"), Need.choices, gettext_lazy("Choose at least one need"))
    sexes = several(gettext_lazy("For whom?"), NAMED_SEXES, gettext_lazy("Choose for whom it is"))
    age_groups = several(gettext_lazy("Which ages?"), AgeGroup.choices, gettext_lazy("Choose at least one age group"))
    languages = forms.CharField(
        label=gettext_lazy("In which languages?"), help_text=gettext_lazy("With commas between them"),
        error_messages={"required": gettext_lazy("Name at least one language")},
    )  # fmt: skip
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(), label=gettext_lazy("Where do you offer it?"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only places where your terms are in force. What you do not choose you do not serve; nobody asks why."),
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

    def __init__(
        self, *args: Any, terms: Sequence[Agreement] = (), places: Iterable[UUID] = (), **settings: Any
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
        "terms": service.terms_id,
        "languages": ", ".join(service.languages),
        "places": [one.place_id for one in service.places.all()],
    }


# ---- the referral ------------------------------------------------------------------------------------------------


class ReferralForm(forms.Form):
    """What a referral says. It becomes the one text about this person that the provider's coordinators read."""

    all_optional = True  # the labels say "if there is one"

    need = one_of(gettext_lazy("What is it for?"), (), gettext_lazy("Choose what it is for"))
    text = NoteField(
        label=gettext_lazy("What will the provider read?"), limit=TEXT, rows=10,
        help_text=gettext_lazy("Why this service, what the person says about it, what helps in practice: language, times, what to avoid."),
        error_messages={"required": gettext_lazy("Write what the provider will read")},
    )  # fmt: skip

    def __init__(self, *args: Any, needs: Iterable[str] = (), **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["need"].choices = [(one, Need(one).label) for one in needs]  # type: ignore[attr-defined]
        hopes = settings.get("initial") or {}
        for number, label in enumerate(self.hopes(), start=1):
            self.fields[f"outcome_{number}"] = forms.CharField(
                label=label, max_length=200, required=number == 1, initial=hopes.get(f"outcome_{number}", ""),
                help_text=_("What you and the person hope for, in words that can be answered at the end.") if number == 1 else "",
                error_messages={"required": _("Name at least one outcome that you and the person hope for")},
            )  # fmt: skip

    @staticmethod
    def hopes() -> list[str]:
        more = [_("Desired outcome %(number)d, if there is one") % {"number": n} for n in range(2, MOST_OUTCOMES + 1)]
        return [_("Desired outcome 1"), *more]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        hoped = [str(typed.get(f"outcome_{number}", "")).strip() for number in range(1, MOST_OUTCOMES + 1)]
        said: dict[str, Any] = {name: typed[name] for name in ("need", "text") if name in typed}
        return {**said, "desired_outcomes": [one for one in hoped if one]}


class SendForm(forms.Form):
    """The last look at a text before it leaves the house."""

    checked_by = forms.CharField(
        label=gettext_lazy("Who checked the text?"), max_length=120,
        help_text=gettext_lazy("Name and post. Whoever checks has read it against the list above; it may be you."),
        error_messages={"required": gettext_lazy("Name who checked the text")},
    )  # fmt: skip
    checked_on = DayField(
        label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Give the day on which the text was checked")}
    )


class AnswerForm(forms.Form):
    """Yes, or not now."""

    accept = one_of(
        gettext_lazy("Do you take this on?"), ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("Not now"))),
        gettext_lazy("Say whether you take this on"),
        hints={
            YES: gettext_lazy("A case of your own is opened, with a working code. Nothing begins before the person has agreed."),
            NO: gettext_lazy("Outside this looks like every other “not currently”, and like no answer at all."),
        },
    )  # fmt: skip
    reason = NoteField(
        label=gettext_lazy("A reason, if you want to keep one"), limit=REASON, rows=3, required=False,
        help_text=gettext_lazy("It stays in your organisation. The referrer does not see it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {**typed, "accept": typed.get("accept") == YES}


# ---- what must be so before it begins ----------------------------------------------------------------------------


class ParticipationForm(forms.Form):
    """What is recorded when a person agrees, in the order in which it happens."""

    informer = one_of(gettext_lazy("Who told the person about the service?"), (), gettext_lazy("Say who told the person about it"))
    informed_by = forms.CharField(
        label=gettext_lazy("Their name"), max_length=120, error_messages={"required": gettext_lazy("Name who informed the person")}
    )
    informed_on = DayField(
        label=gettext_lazy("On which day?"), error_messages={"required": gettext_lazy("Give the day on which the person was informed")}
    )
    informed_time = forms.TimeField(
        label=gettext_lazy("At what time?"), input_formats=CLOCK, widget=Text(5), help_text=gettext_lazy("Such as 14:00"),
        error_messages={"required": gettext_lazy("Give the time at which the person was informed")},
    )  # fmt: skip
    interpreter = forms.CharField(
        label=gettext_lazy("Interpreter, if there was one"), max_length=120, required=False,
        help_text=gettext_lazy("Not from the unit, and not another prisoner"),
    )  # fmt: skip
    teach_back = forms.BooleanField(
        label=gettext_lazy("The person explained it back in their own words"), required=False,
        help_text=gettext_lazy("Three questions: what is it, who hears what, what happens after a “no”. It is no test."),
    )  # fmt: skip
    agreed_on = DayField(
        label=gettext_lazy("On which day did the person agree?"),
        help_text=gettext_lazy("At least 24 hours after they were informed: time to ask a lawyer, family or a chaplain"),
        error_messages={"required": gettext_lazy("Give the day on which the person agreed")},
    )  # fmt: skip
    agreed_time = forms.TimeField(
        label=gettext_lazy("At what time did they agree?"), input_formats=CLOCK, widget=Text(5),
        error_messages={"required": gettext_lazy("Give the time at which the person agreed")},
    )  # fmt: skip
    headings = forms.MultipleChoiceField(
        label=gettext_lazy("What may be reported about?"), choices=Heading.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each one the person chose. None is an answer too: then nothing is reported."),
    )  # fmt: skip
    signed = one_of(gettext_lazy("How did they agree?"), Signed.choices, gettext_lazy("Say how the person agreed"))
    witness = forms.CharField(label=gettext_lazy("Witness, when it was in words"), max_length=120, required=False)
    copy_given = forms.CharField(
        label=gettext_lazy("How did they get their copy?"), max_length=120, help_text=gettext_lazy("Such as: on paper, in Arabic"),
        error_messages={"required": gettext_lazy("Give the person a copy, and say how they got it")},
    )  # fmt: skip
    contest_route = forms.CharField(
        label=gettext_lazy("How can they contest it?"), max_length=200, help_text=gettext_lazy("Such as: slip to the ombudsman"),
        error_messages={"required": gettext_lazy("Say how the person can contest this agreement")},
    )  # fmt: skip
    renew_by = DayField(
        label=gettext_lazy("By when is it renewed?"), help_text=gettext_lazy("At most six months later. Then it runs out by itself."),
        error_messages={"required": gettext_lazy("Give the day by which it is renewed")},
    )  # fmt: skip

    def __init__(self, *args: Any, provider: Organisation, authority: Organisation, headings: Iterable[str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["informer"].choices = [  # type: ignore[attr-defined]
            (Informer.PROVIDER, _("Somebody of %(provider)s") % {"provider": provider}),
            (Informer.NEUTRAL, _("Somebody neutral: an advocate, a chaplain, the ombudsman’s visitor")),
            (case_rules.STAFF, _("Staff of %(authority)s") % {"authority": authority}),
        ]
        self.fields["headings"].choices = [(one, Heading(one).label) for one in headings]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        days = {"informed_at": ("informed_on", "informed_time"), "starts_at": ("agreed_on", "agreed_time")}
        kept = {name: value for name, value in typed.items() if name not in {one for pair in days.values() for one in pair}}
        for name, (day, clock) in days.items():
            if typed.get(day) and typed.get(clock) is not None:
                kept[name] = make_aware(datetime.combine(typed[day], typed[clock]))
        if renew_by := kept.pop("renew_by", None):
            kept["ends_at"] = end_of(renew_by)
        return kept


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return make_aware(datetime.combine(day + timedelta(days=1), time()))


class WithdrawForm(forms.Form):
    """How the person said that they no longer agree. There is no field for a reason."""

    route = one_of(
        gettext_lazy("How did the person say it?"), Route.choices, gettext_lazy("Choose the way by which it reached you"),
        help_text=gettext_lazy("Any way counts. Nobody asks why."),
    )  # fmt: skip


class ConflictForm(forms.Form):
    """Whose conflict of interest it is; what it consists of is nobody's business here."""

    worker = forms.ModelChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who has a conflict of interest?"), empty_label=None, widget=Radios(),
        error_messages={"required": gettext_lazy("Choose who has a conflict of interest")},
    )  # fmt: skip

    def __init__(self, *args: Any, workers: QuerySet[Membership], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]


class GoalsForm(forms.Form):
    """One to five goals, each with what it is about, a measure, a threshold, and who measures."""

    all_optional = True  # the headings say "if there is one"
    LEAST = 2  # blocks of questions that stand open

    ASKED = (
        ("text", gettext_lazy("Goal"), 200, gettext_lazy("In the person’s words")),
        ("measure", gettext_lazy("How is it measured?"), 200, gettext_lazy("Such as: three of four planned activities a week")),
        ("threshold", gettext_lazy("When does it count as reached?"), 200, gettext_lazy("Such as: four weeks in a row")),
        ("measured_by", gettext_lazy("Who measures?"), 120, gettext_lazy("Such as: the person, the workshop")),
    )

    def __init__(self, *args: Any, targets: Iterable[str], is_change: bool = False, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if is_change:
            self.fields["why_changed"] = forms.CharField(
                label=_("Why do the goals change?"), max_length=300,
                error_messages={"required": _("These goals were signed. A change is a new version: say why it is needed")},
            )  # fmt: skip
        for number in range(1, MOST_GOALS + 1):
            self._add(number, list(targets))

    def _add(self, number: int, targets: Sequence[str]) -> None:
        for name, label, limit, hint in self.ASKED:
            self.fields[f"{name}_{number}"] = forms.CharField(
                label=label, max_length=limit, required=False, help_text=hint if number == 1 else ""
            )
            if name == "text":
                self.fields[f"target_{number}"] = forms.ChoiceField(
                    label=_("What is it about?"), required=False, widget=Radios(inline=True, small=True),
                    choices=[(one, Target(one).label) for one in targets],
                    help_text=_("The person is shown this. Reports speak only to it.") if number == 1 else "",
                )  # fmt: skip

    def shown(self) -> list[dict[str, Any]]:
        """Return the questions of the goals that were begun, and of one more."""
        begun = [number for number in range(1, MOST_GOALS + 1) if any(one.value() for one in self.questions(number))]
        last = max(self.LEAST, max(begun, default=0) + 1)
        return [{"number": n, "fields": self.questions(n)} for n in range(1, min(last, MOST_GOALS) + 1)]

    def folded(self) -> list[dict[str, Any]]:
        """Return the questions of the goals that nobody has begun; nothing is wrong among them."""
        first = len(self.shown()) + 1
        return [{"number": n, "fields": self.questions(n)} for n in range(first, MOST_GOALS + 1)]

    def questions(self, number: int) -> list[forms.BoundField]:
        return [self[f"{name}_{number}"] for name in ("text", "target", "measure", "threshold", "measured_by")]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        goals = [self._goal(typed, number) for number in range(1, MOST_GOALS + 1)]
        said = {"why_changed": typed["why_changed"]} if "why_changed" in typed else {}
        return {**said, "goals": [one for one in goals if one]}

    def _goal(self, typed: dict[str, Any], number: int) -> Goal | None:
        """Return a goal that was begun; what is missing from it is asked for at its own place."""
        asked = ("text", "target", "measure", "threshold", "measured_by")
        said = {name: str(typed.get(f"{name}_{number}", "")).strip() for name in asked}
        if not any(said.values()) and number > 1:
            return None
        sentences = {
            "text": _("Write the goal"), "target": _("Say what the goal is about"), "measure": _("Say how it is measured"),
            "threshold": _("Say when it counts as reached"), "measured_by": _("Say who measures"),
        }  # fmt: skip
        for name, sentence in sentences.items():
            if not said[name] and f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", sentence)
        return Goal(**said)


def as_typed(goals: Iterable[Goal]) -> dict[str, str]:
    """Return goals as the form shows them."""
    names = ("text", "target", "measure", "threshold", "measured_by")
    return {f"{name}_{one.position}": getattr(one, name) for one in goals for name in names}


class PersonsWordForm(forms.Form):
    """Whether the person signed the goals."""

    answer = one_of(
        gettext_lazy("Does the person sign?"), ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("They would rather not"))),
        gettext_lazy("Say whether the person signed"),
        hints={NO: gettext_lazy("That is recorded and stops nothing.")},
    )  # fmt: skip
    signed_on = DayField(label=gettext_lazy("If so, on which day?"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("answer") == YES and not typed.get("signed_on") and "signed_on" not in self.errors:
            self.add_error("signed_on", _("Give the day on which the person signed"))
        declined = typed.get("answer") == NO
        return {"declined": declined, "signed_on": None if declined else typed.get("signed_on")}


class EvaluationForm(forms.Form):
    """Who will say what came of it: neither who delivers nor who manages the case."""

    evaluator = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("Which organisation evaluates?"), empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("Not the one that delivers the service."),
        error_messages={"required": gettext_lazy("Choose who evaluates")},
    )  # fmt: skip
    evaluator_name = forms.CharField(
        label=gettext_lazy("Who there?"), max_length=120, help_text=gettext_lazy("Not the person’s own case manager."),
        error_messages={"required": gettext_lazy("Name who evaluates")},
    )  # fmt: skip
    question = forms.CharField(
        label=gettext_lazy("What is to be found out?"), max_length=300,
        error_messages={"required": gettext_lazy("Say what is to be found out")},
    )  # fmt: skip


def renewal_by_default() -> date:
    """Return the last day by which an agreement of today is renewed."""
    return case_rules.latest_renewal(localdate())
