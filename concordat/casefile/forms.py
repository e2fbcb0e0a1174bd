"""What narrows the list of cases and of readers, what is asked on the page "why", and what a list is taken out for."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.agreements.sides import titled
from concordat.agreements.validator import LONGEST_YEARS, years_after
from concordat.cases.models import ListGround, Outcome, Right
from concordat.core.codes import Category
from concordat.core.forms import DayField, NoteField, Radios, WrittenInField
from concordat.core.wording import plain_day
from concordat.people.models import Membership

from .asking import People

FIRST_DAY = date(2000, 1, 1)
ASKED_ABOUT = [category for category in Category if category.code.startswith("P")]


class Narrow(forms.Form):
    """A form that is sent with GET and changes nothing; every answer may be left out."""

    all_optional = True


class CasesForm(Narrow):
    """Which cases to list."""

    OPEN, CLOSED, MINE, OTHERS = "open", "closed", "mine", "others"

    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            (OPEN, gettext_lazy("Open cases of our organisation")),
            (MINE, gettext_lazy("Those I am assigned to")),
            (CLOSED, gettext_lazy("Closed cases")),
            (OTHERS, gettext_lazy("Other organisations’ cases")),
        ],
    )
    text = forms.CharField(label=gettext_lazy("Working code or reference begins with"), required=False, max_length=40)


class Day(forms.DateInput):
    """A day in one box, for narrowing a list; the browser offers a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReadersForm(Narrow):
    """Which lines of the log to list."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who"),
        required=False,
        choices=[("", gettext_lazy("Everybody")), ("others", gettext_lazy("Other organisations only"))],
    )
    start = forms.DateField(label=gettext_lazy("From"), required=False, widget=Day)
    end = forms.DateField(label=gettext_lazy("To"), required=False, widget=Day)


class WhyForm(Narrow):
    """Whose record, of which category, and for whom it is asked."""

    giver = forms.ChoiceField(label=gettext_lazy("Held by"))
    category = forms.TypedChoiceField(
        label=gettext_lazy("What"), coerce=lambda value: Category(int(value)),
        choices=[(category.value, category.label) for category in ASKED_ABOUT],
    )  # fmt: skip
    who = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    day = forms.DateField(
        label=gettext_lazy("On another day"), required=False, widget=Day,
        help_text=gettext_lazy("Only agreements, posts and papers are looked at then, no case and no person."),
        error_messages={"invalid": gettext_lazy("Write the day as in 2026-11-30")},
    )  # fmt: skip
    version = forms.ChoiceField(
        label=gettext_lazy("If this text were signed"), required=False,
        help_text=gettext_lazy("It is tried out and taken back; nothing is signed, and nobody else learns of it."),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, people: People) -> None:
        super().__init__(data)
        self.versions = people.versions
        self.fields["giver"].choices = [(str(one.pk), one.name) for one in people.givers]  # type: ignore[attr-defined]
        others = [(str(one.pk), f"{one.shown_name}, {one.title}") for one in people.colleagues]
        self.offer("who", _("Me"), others)
        self.offer("version", _("As it is"), [(str(one.pk), titled(one)) for one in people.versions])

    def offer(self, name: str, usual: str, choices: list[tuple[str, str]]) -> None:
        """Offer these beside what is usual; without any the question is not asked."""
        if choices:
            self.fields[name].choices = [("", usual), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data.get("day")
        if day and not FIRST_DAY <= day <= years_after(localdate(), LONGEST_YEARS):
            raise forms.ValidationError(
                _("Choose a day from %(first)s on, at most %(years)d years ahead: no agreement lasts longer.")
                % {"first": plain_day(FIRST_DAY), "years": LONGEST_YEARS}
            )
        return day

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        version = next((one for one in self.versions if str(one.pk) == found.get("version")), None)
        parties = (version.agreement.party_a_id, version.agreement.party_b_id) if version else ()
        if version and found.get("giver") and int(found["giver"]) not in parties:
            self.add_error("version", _("This text is with another organisation. Choose one with whoever holds it."))
        return found


class NamedForm(forms.Form):
    """Who alone may see a case, why, and when that is looked at again."""

    named = forms.ModelMultipleChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who alone may see it?"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Of your organisation at least two, you among them. Whoever of a partner meets the person and is not named "
            "cannot read the safety briefing any more, and may not meet the person."
        ),
        error_messages={"required": gettext_lazy("Name who alone may see it")},
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=gettext_lazy("Why only they?"), choices=ListGround, widget=Radios,
        error_messages={"required": gettext_lazy("Say why only they may see it")},
    )  # fmt: skip
    reason = NoteField(
        label=gettext_lazy("In words"), limit=300, rows=3,
        help_text=gettext_lazy("Read by those whom you name, by nobody else."),
        error_messages={"required": gettext_lazy("Say in words why only they may see it")},
    )  # fmt: skip
    review_on = DayField(
        label=gettext_lazy("When do you look at it again?"),
        help_text=gettext_lazy("Within six months. The case does not open by itself then: you are asked."),
        error_messages={"required": gettext_lazy("Say when you look at it again")},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, people: Iterable[Membership], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        people = list(people)
        field = cast("forms.ModelMultipleChoiceField[Membership]", self.fields["named"])
        field.queryset = Membership.objects.filter(pk__in=[one.pk for one in people])
        field.choices = [
            (one.pk, _("%(name)s, %(post)s, %(organisation)s") % {
                "name": one.shown_name, "post": one.title, "organisation": one.organisation.name})
            for one in people
        ]  # fmt: skip


class RequestForm(forms.Form):
    """What a person asks under their rights."""

    right = forms.ChoiceField(
        label=gettext_lazy("What do they ask for?"), choices=Right, widget=Radios,
        error_messages={"required": gettext_lazy("Say what they ask for")},
    )  # fmt: skip
    words = NoteField(
        label=gettext_lazy("What they said"), limit=2000, rows=4,
        help_text=gettext_lazy("As near to their own words as can be. They need give no reason."),
        error_messages={"required": gettext_lazy("Write down what they said")},
    )  # fmt: skip
    route = forms.CharField(
        label=gettext_lazy("How they asked"), max_length=120,
        help_text=gettext_lazy("Such as: by letter, to their mentor"),
        error_messages={"required": gettext_lazy("Say how they asked")},
    )  # fmt: skip
    asked_on = DayField(
        label=gettext_lazy("Asked on"), help_text=gettext_lazy("The month in which you answer begins on this day."),
        error_messages={"required": gettext_lazy("Give the day on which they asked")},
    )  # fmt: skip


class LongerForm(forms.Form):
    """Why a request takes longer than a month."""

    why_longer = NoteField(
        label=gettext_lazy("Why does it take longer?"), limit=300, rows=3,
        help_text=gettext_lazy("Tell the person the same, within the first month."),
        error_messages={"required": gettext_lazy("Say why it takes longer")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What was done about a request, what the person was told, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What was done?"), choices=Outcome, widget=Radios,
        error_messages={"required": gettext_lazy("Say what was done")},
    )  # fmt: skip
    answer = NoteField(
        label=gettext_lazy("What they were told, and why"), limit=2000, rows=5,
        error_messages={"required": gettext_lazy("Say what the person was told, and why")},
    )  # fmt: skip
    told = forms.CharField(
        label=gettext_lazy("How were they told?"), max_length=120,
        help_text=gettext_lazy("Such as: on paper, in Arabic, read aloud"),
        error_messages={"required": gettext_lazy("Say how the person was told")},
    )  # fmt: skip
    complain_to = forms.CharField(
        label=gettext_lazy("Where can they complain?"), max_length=200,
        help_text=gettext_lazy("Such as: the supervisory authority, the ombudsman, a court. The person is told."),
        error_messages={"required": gettext_lazy("Say where the person can complain")},
    )  # fmt: skip


class EffectForm(AnswerForm):
    """The answer to a request that changes what somebody sees: it sets what it says."""

    stopped = forms.MultipleChoiceField(
        label=gettext_lazy("What is no longer used?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "It is kept, and read only by those in your organisation who answer for it. For everybody else it is not "
            "there. A category is stopped as it stands now; what is written later is not."
        ),
    )  # fmt: skip
    shut_out = forms.MultipleChoiceField(
        label=gettext_lazy("Who may not see this case any more?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "They see nothing of yours about it, nor the safety briefing: nobody of them may meet "
            "the person any more."
        ),
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None, *, stoppable: Iterable[tuple[str, str]], viewers: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        for name, offered in (("stopped", list(stoppable)), ("shut_out", list(viewers))):
            self.fields[name].choices = offered  # type: ignore[attr-defined]
            if not offered:
                del self.fields[name]
        self.order_fields(["outcome", "stopped", "shut_out"])


class EndForm(forms.Form):
    """Why what was set on a person's request ends, and how the person was told."""

    why_ended = NoteField(
        label=gettext_lazy("Why does it end?"), limit=300, rows=3,
        error_messages={"required": gettext_lazy("Say why it ends")},
    )  # fmt: skip
    told = forms.CharField(
        label=gettext_lazy("How was the person told?"), max_length=120,
        help_text=gettext_lazy("The person is told before it ends."),
        error_messages={"required": gettext_lazy("Say how the person was told")},
    )  # fmt: skip


class DisagreeForm(forms.Form):
    """What the person says against a record."""

    words = NoteField(
        label=gettext_lazy("What the person says"), limit=2000, rows=5,
        help_text=gettext_lazy("In their own words. It stands before the record wherever the record is shown."),
        error_messages={"required": gettext_lazy("Write down what the person says")},
    )  # fmt: skip
    written_in = WrittenInField()
    said_on = DayField(
        label=gettext_lazy("On which day did they say it?"),
        error_messages={"required": gettext_lazy("Give the day on which they said it")},
    )  # fmt: skip


class TakenFor(TextChoices):
    """What a list of cases is taken out of Concordat for; the log keeps the code."""

    MEETING = "meeting", gettext_lazy("A meeting about these cases")
    HANDOVER = "handover", gettext_lazy("Handing the work over to a colleague")
    PLANNING = "planning", gettext_lazy("Planning our own work")
    CHECK = "check", gettext_lazy("Comparing it with our own register")


class ExportForm(forms.Form):
    """Ask what the list is for before it leaves."""

    taken_for = forms.ChoiceField(
        label=gettext_lazy("What do you need the list for?"), choices=TakenFor, widget=forms.RadioSelect
    )
