"""The shape of what is typed about a delivery. What must be so besides stands in `rules.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Heading
from concordat.core.forms import DayField, NoteField, Radios, Text, WrittenInField
from concordat.people.models import Membership
from concordat.referrals.models import Achievement, Cause, EarlyReason, HeadingNote

NOTE, CONCERN, WORDS, COMMENT = 500, 1000, 1000, 500  # characters
YES, NO = "yes", "no"
ANSWERS = ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")))
NOT_HELD = (("", gettext_lazy("Choose")), *Cause.choices)


class HeadingsForm(forms.Form):
    """A form with one note for each heading that the person agreed to; there is no other."""

    def __init__(
        self, data: QueryDict | None = None, *, headings: Sequence[Heading] = (), initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.headings = headings

    def add_headings(self, hint: str) -> None:
        """Add the notes; the first one says what belongs there."""
        for heading in self.headings:
            self.fields[f"note_{heading.value}"] = NoteField(
                label=heading.label,
                limit=NOTE,
                rows=3,
                required=False,
                help_text=hint if heading is self.headings[0] else "",
            )

    def note_fields(self) -> list[BoundField]:
        """Return the fields of the notes, for a page that places them itself."""
        return [self[f"note_{heading.value}"] for heading in self.headings]

    def notes(self) -> dict[str, str]:
        """Return what was noted, by heading."""
        typed = {heading.value: self.cleaned_data.get(f"note_{heading.value}") for heading in self.headings}
        return {heading: text for heading, text in typed.items() if text}


class SessionForm(HeadingsForm):
    """One session, in the order in which it is remembered. Only a coordinator chooses whose it was."""

    worker = forms.ModelChoiceField(
        Membership.objects.none(), label=gettext_lazy("Whose session was it?"),
        error_messages={"required": gettext_lazy("Choose whose session it was")},
    )  # fmt: skip
    day = DayField(
        label=gettext_lazy("On which day?"), error_messages={"required": gettext_lazy("Enter the day of the session")}
    )
    time = forms.TimeField(
        label=gettext_lazy("From when?"), input_formats=["%H:%M", "%H.%M", "%H%M"], widget=Text(5),
        help_text=gettext_lazy("Such as 14:00"),
        error_messages={
            "required": gettext_lazy("Enter when the session began, such as 14:00"),
            "invalid": gettext_lazy("Enter a time of day, such as 14:00"),
        },
    )  # fmt: skip
    held = forms.ChoiceField(
        label=gettext_lazy("Was it held?"), choices=ANSWERS, widget=Radios(inline=True, small=True),
        error_messages={"required": gettext_lazy("Say whether the session was held")},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=gettext_lazy("How long?"), min_value=1, max_value=600, required=False,
        widget=Text(3, suffix=gettext_lazy("minutes"), numeric=True), help_text=gettext_lazy("If it was held"),
        error_messages={
            name: gettext_lazy("Say how long the session was, from 1 to 600 minutes")
            for name in ("invalid", "min_value", "max_value")
        },
    )  # fmt: skip
    cause = forms.ChoiceField(
        label=gettext_lazy("On whose side was the cause?"), choices=NOT_HELD, required=False,
        help_text=gettext_lazy("If it was not held. No judgement, and nobody outside reads it"),
    )  # fmt: skip

    all_optional = True  # which answers are needed follows from “Was it held?”

    def __init__(
        self, data: QueryDict | None = None, *, workers: Sequence[Membership], headings: Sequence[Heading] = ()
    ) -> None:
        super().__init__(data, headings=headings, initial={"day": timezone.localdate(), "concern": NO})
        self.workers = {worker.pk: worker for worker in workers}
        chosen = self.fields["worker"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Membership.objects.filter(pk__in=self.workers)
        if len(workers) == 1:
            del self.fields["worker"]
        self.add_headings(_("A heading agreed with the person; nothing that was said in the room."))
        self.fields["concern"] = forms.ChoiceField(
            label=_("Is there something you worry about?"), widget=Radios(small=True),
            choices=((NO, _("No")), (YES, _("Yes. Nothing is sent: it stays in your organisation"))),
        )  # fmt: skip
        self.fields["concern_text"] = NoteField(label=_("What worries you"), limit=CONCERN, rows=3, required=False)
        self.fields["told"] = forms.CharField(label=_("Whom have you told"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed, notes = self.cleaned_data, self.notes()
        held = typed.get("held")
        if held == YES:
            self._ask(typed.get("minutes"), "minutes", _("Say how long the session was, in minutes"))
            self._take_back(
                typed.get("cause"), "cause", _("It was held, so there is no cause why not: choose nothing here")
            )
        elif held == NO:
            self._ask(typed.get("cause"), "cause", _("Say on whose side the cause was"))
            self._take_back(typed.get("minutes"), "minutes", _("It was not held, so it took no time: leave this empty"))
            for heading in notes:
                self.add_error(f"note_{heading}", _("Notes are about a session that was held: leave this empty"))
        worries = typed.get("concern") == YES
        if worries:
            self._ask(typed.get("concern_text"), "concern_text", _("Say what worries you"))
        else:
            self._take_back(
                typed.get("concern_text"), "concern", _("You wrote what worries you: answer yes, or take it out")
            )
        return {
            "worker": typed.get("worker") or next(iter(self.workers.values())),
            "starts_at": self._moment(),
            "held": held == YES,
            "minutes": typed.get("minutes"),
            "cause": typed.get("cause", ""),
            "notes": notes,
            "concern": typed.get("concern_text", "") if worries else "",
            "told": typed.get("told", ""),
        }

    def _moment(self) -> datetime | None:
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        return timezone.make_aware(datetime.combine(day, time)) if day and time is not None else None

    def _ask(self, typed: object, field: str, sentence: str) -> None:
        if not typed and field not in self.errors:
            self.add_error(field, sentence)

    def _take_back(self, typed: object, field: str, sentence: str) -> None:
        if typed:
            self.add_error(field, sentence)


class ReviewForm(HeadingsForm):
    """A review: what is noted under the agreed headings, the person's words, and who sees it differently."""

    all_optional = True

    def __init__(self, data: QueryDict | None = None, *, headings: Sequence[Heading] = ()) -> None:
        super().__init__(data, headings=headings, initial={"held_on": timezone.localdate()})
        self.fields["held_on"] = DayField(
            label=_("When was it held?"), error_messages={"required": _("Enter the day of the review")}
        )
        self.add_headings(_("Progress under a heading agreed with the person."))
        self.fields["own_words"] = NoteField(
            label=_("In the person’s own words"),
            limit=WORDS,
            rows=4,
            required=False,
            help_text=_("As they say it, read back to them."),
        )
        self.fields["person_differs"] = NoteField(
            label=_("What the person sees differently"), limit=WORDS, rows=2, required=False
        )
        self.fields["provider_differs"] = NoteField(
            label=_("What you see differently"), limit=WORDS, rows=2, required=False,
            help_text=_("The referrer writes its own view beside it. Nobody edits another’s."),
        )  # fmt: skip
        self.fields["written_in"] = WrittenInField()

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data
        notes = self.notes()
        if not notes and not typed.get("own_words") and not self.errors:
            self.add_error(None, _("Write something under at least one heading, or the person’s own words."))
        asked = ("held_on", "own_words", "person_differs", "provider_differs", "written_in")
        return {**{name: typed.get(name) for name in asked}, "notes": notes}


class PositionForm(forms.Form):
    """How one's own side sees a review differently."""

    text = NoteField(
        label=gettext_lazy("What you see differently"), limit=WORDS, rows=5,
        error_messages={"required": gettext_lazy("Say what you see differently")},
    )  # fmt: skip
    written_in = WrittenInField()


def reasons() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the reasons for an early end, grouped by where they lie."""
    groups = (
        (_("The referral"), (EarlyReason.MISTAKE, EarlyReason.NEEDS_MET)),
        (_("The person"), (EarlyReason.PERSON, EarlyReason.MOVED)),
        (_("The provider"), (EarlyReason.PROVIDER,)),
        (_("The service"), (EarlyReason.COMPLETED, EarlyReason.OTHER)),
    )
    return [(group, [(reason.value, str(reason.label)) for reason in listed]) for group, listed in groups]


class EarlyEndForm(forms.Form):
    """Why a service ends before its time; it stays in the organisation that writes it."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does it end early?"), choices=reasons, widget=Radios(small=True),
        help_text=gettext_lazy("It stays in your organisation. Outside, the service shows as “not currently”."),
        error_messages={"required": gettext_lazy("Choose why it ends early")},
    )  # fmt: skip
    comment = NoteField(label=gettext_lazy("Comment"), limit=COMMENT, rows=3, required=False)


class EndReportForm(forms.Form):
    """What was done, and how far each desired outcome was achieved. `outcomes` holds what they are called."""

    def __init__(self, data: QueryDict | None = None, *, outcomes: Sequence[str]) -> None:
        super().__init__(data)
        self.count = len(outcomes)
        self.fields["summary"] = NoteField(
            label=_("What was done"), limit=2000, rows=5, help_text=_("The service, not what was said in it."),
            error_messages={"required": _("Say what was done")},
        )  # fmt: skip
        for number, outcome in enumerate(outcomes, start=1):
            self.fields[f"achieved_{number}"] = forms.ChoiceField(
                label=outcome, choices=Achievement.choices, widget=Radios(small=True),
                error_messages={"required": _("Say how far this was achieved: %(outcome)s") % {"outcome": outcome}},
            )  # fmt: skip
            self.fields[f"comment_{number}"] = NoteField(
                label=_("In words"), limit=COMMENT, rows=2,
                error_messages={"required": _("Say in words how far: %(outcome)s") % {"outcome": outcome}},
            )  # fmt: skip
        self.fields["onward"] = NoteField(
            label=_("What should go on, and who could do it"), limit=WORDS, rows=3, required=False
        )
        self.fields["written_in"] = WrittenInField()

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed, numbers = self.cleaned_data, range(1, self.count + 1)
        return {
            "summary": typed.get("summary"),
            "onward": typed.get("onward", ""),
            "written_in": typed.get("written_in", ""),
            "outcomes": [(typed.get(f"achieved_{n}"), typed.get(f"comment_{n}")) for n in numbers],
        }


assert HeadingNote._meta.get_field("text").max_length == NOTE  # what the form says is what fits
