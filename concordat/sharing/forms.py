"""The shape of what is typed about safety."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from concordat.core.forms import DayField, NoteField, Radios, WrittenInField
from concordat.organisations.models import Organisation

from . import partners, rules
from .models import ClosedCheck, SafetyBriefing

LINES = 300  # characters under one heading: the whole sheet fits on one page


class BriefingForm(forms.Form):
    """The headings of the sheet. A new version begins with the words of the newest."""

    how_to_meet = NoteField(
        label=_("How to meet safely"), limit=LINES, rows=3, required=False,
        help_text=_("Room, escort, alarm, seats, who is in line of sight. Never why."),
    )  # fmt: skip
    triggers = NoteField(label=_("What may upset or endanger"), limit=LINES, rows=2, required=False)
    keep_apart = NoteField(
        label=_("To be kept apart from"), limit=LINES, rows=2, required=False, help_text=_("Working codes, no names.")
    )
    items = NoteField(label=_("What may be brought along"), limit=LINES, rows=2, required=False)
    threats = NoteField(label=_("Known threats to or from the person"), limit=LINES, rows=2, required=False)
    language = forms.CharField(label=_("Language"), max_length=80, required=False)
    health = NoteField(
        label=_("Health emergencies"), limit=LINES, rows=2, required=False,
        help_text=_("What to do, not the history of an illness."),
    )  # fmt: skip
    restrictions = NoteField(label=_("Rules that affect the activity"), limit=LINES, rows=2, required=False)
    nothing_to_add = forms.BooleanField(
        label=_("There is nothing to add under the headings left empty"), required=False,
        help_text=_("An empty heading is printed as “nothing to add”."),
    )  # fmt: skip
    what_changed = forms.CharField(
        label=_("What changed"), max_length=200, required=False,
        help_text=_("One line. Whoever works with the person confirms the new version before the next contact."),
    )  # fmt: skip
    closed_check_by = forms.ChoiceField(
        label=_("Closed material was checked by"), choices=ClosedCheck.choices, required=False,
        widget=Radios(small=True),
        help_text=_("Only the post and the day are kept. What the material says does not belong here."),
    )  # fmt: skip
    closed_check_on = DayField(label=_("Checked on"), required=False)
    written_in = WrittenInField()

    all_optional = True  # what has to be there is said by the rules, in their own words

    def __init__(self, data: QueryDict | None = None, *, newest: SafetyBriefing | None = None) -> None:
        kept = ("how_to_meet", *rules.HEADINGS, "nothing_to_add")
        initial = {name: getattr(newest, name) for name in kept} if newest else {}
        if newest and newest.written_in:
            initial["written_in"] = newest.written_in
        super().__init__(data, initial={"closed_check_on": localdate(), **initial})
        self.changes = newest is not None
        if not self.changes:
            del self.fields["what_changed"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for field, name in rules.missing_in(typed, changes=self.changes).items():
            if field not in self.errors:
                self.add_error(field, rules.in_words(name))
        return typed


class NoticeForm(forms.Form):
    """To whom, and what they must know."""

    to = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("To"), widget=Radios(small=True), empty_label=None,
        error_messages={"required": _("Choose who has to know this")},
    )  # fmt: skip
    text = NoteField(
        label=_("What they must know now"), limit=500, rows=5,
        help_text=_("The least that keeps people safe: what, where, from when. Codes, no names."),
        error_messages={"required": _("Say what they must know now")},
    )  # fmt: skip
    written_in = WrittenInField()

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=partners.within_wind_down())
