"""The person's own agreement, its withdrawal, and a conflict of interest."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases import rules as case_rules
from concordat.cases.models import Heading, Informer, Route, Signed
from concordat.core.forms import DayField, Radios, Text
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .questions import one_of

CLOCK = ["%H:%M", "%H.%M", "%H%M"]


class ParticipationForm(forms.Form):
    """What is recorded when a person agrees, in the order in which it happens."""

    informer = one_of(
        gettext_lazy("Who told the person about the service?"), (), gettext_lazy("Say who told the person about it")
    )
    informed_by = forms.CharField(
        label=gettext_lazy("Their name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Name who informed the person")},
    )
    informed_on = DayField(
        label=gettext_lazy("On which day?"),
        error_messages={"required": gettext_lazy("Give the day on which the person was informed")},
    )
    informed_time = forms.TimeField(
        label=gettext_lazy("At what time?"),
        input_formats=CLOCK,
        widget=Text(5),
        help_text=gettext_lazy("Such as 14:00"),
        error_messages={"required": gettext_lazy("Give the time at which the person was informed")},
    )
    interpreter = forms.CharField(
        label=gettext_lazy("Interpreter, if there was one"), max_length=120, required=False,
        help_text=gettext_lazy("Not from the unit, and not another prisoner"),
    )  # fmt: skip
    teach_back = forms.BooleanField(
        label=gettext_lazy("The person explained it back in their own words"), required=False,
        help_text=gettext_lazy(
            "Three questions: what is it, who hears what, what happens after a “no”. It is no test."
        ),
    )  # fmt: skip
    agreed_on = DayField(
        label=gettext_lazy("On which day did the person agree?"),
        help_text=gettext_lazy(
            "At least 24 hours after they were informed: time to ask a lawyer, family or a chaplain"
        ),
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
        label=gettext_lazy("How did they get their copy?"),
        max_length=120,
        help_text=gettext_lazy("Such as: on paper, in Arabic"),
        error_messages={"required": gettext_lazy("Give the person a copy, and say how they got it")},
    )
    contest_route = forms.CharField(
        label=gettext_lazy("How can they contest it?"),
        max_length=200,
        help_text=gettext_lazy("Such as: slip to the ombudsman"),
        error_messages={"required": gettext_lazy("Say how the person can contest this agreement")},
    )
    renew_by = DayField(
        label=gettext_lazy("By when is it renewed?"), help_text=gettext_lazy(
            "At most six months later. Then it runs out by itself."
        ),
        error_messages={"required": gettext_lazy("Give the day by which it is renewed")},
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - handed on
        provider: Organisation,
        authority: Organisation,
        headings: Iterable[str],
        **settings: Any,  # noqa: ANN401 - handed on
    ) -> None:
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
        kept = {
            name: value for name, value in typed.items() if name not in {one for pair in days.values() for one in pair}
        }
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
        gettext_lazy("How did the person say it?"),
        Route.choices,
        gettext_lazy("Choose the way by which it reached you"),
        help_text=gettext_lazy("Any way counts. Nobody asks why."),
    )


class ConflictForm(forms.Form):
    """Whose conflict of interest it is; what it consists of is nobody's business here."""

    worker = forms.ModelChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Who has a conflict of interest?"),
        empty_label=None,
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose who has a conflict of interest")},
    )

    def __init__(self, *args: Any, workers: QuerySet[Membership], **settings: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **settings)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]


def renewal_by_default() -> date:
    """Return the last day by which an agreement of today is renewed."""
    return case_rules.latest_renewal(localdate())


class CoverForm(forms.Form):
    """Who is away, when, and who covers."""

    worker = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Who is away?"))
    cover = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Who covers?"))
    starts_on = DayField(label=gettext_lazy("First day away"))
    ends_on = DayField(label=gettext_lazy("Last day away"))

    def __init__(self, *args: Any, workers: QuerySet[Membership], **settings: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **settings)
        fit = workers.prefetch_related("clearances", "trainings", "conflicts", "assignments", "absences")
        for name in ("worker", "cover"):
            self.fields[name].queryset = fit.select_related("organisation")  # type: ignore[attr-defined]
