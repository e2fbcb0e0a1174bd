"""Goals and measures, what the person says to them, and who evaluates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.forms import DayField, Radios, WrittenInField
from concordat.organisations.models import Organisation
from concordat.referrals.asking.rules.goals import MOST_GOALS
from concordat.referrals.models import Goal, GoalSet, Target

from .questions import NO, YES, one_of


class GoalsForm(forms.Form):
    """One to five goals, each with what it is about, a measure, a threshold, and who measures."""

    all_optional = True  # the headings say "if there is one"
    LEAST = 2  # blocks of questions that stand open

    ASKED = (
        ("text", gettext_lazy("Goal"), 200, gettext_lazy("In the person’s words")),
        (
            "measure",
            gettext_lazy("How is it measured?"),
            200,
            gettext_lazy("Such as: three of four planned activities a week"),
        ),
        (
            "threshold",
            gettext_lazy("When does it count as reached?"),
            200,
            gettext_lazy("Such as: four weeks in a row"),
        ),
        ("measured_by", gettext_lazy("Who measures?"), 120, gettext_lazy("Such as: the person, the workshop")),
    )

    def __init__(self, *args: Any, targets: Iterable[str], is_change: bool = False, **settings: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **settings)
        if is_change:
            self.fields["why_changed"] = forms.CharField(
                label=_("Why do the goals change?"), max_length=300,
                error_messages={"required": _(
                    "These goals were signed. A change is a new version: say why it is needed"
                )},
            )  # fmt: skip
        for number in range(1, MOST_GOALS + 1):
            self._add(number, list(targets))
        self.fields["written_in"] = WrittenInField()

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
        said: dict[str, Any] = {name: typed[name] for name in ("why_changed", "written_in") if name in typed}
        return {**said, "goals": [one for one in goals if one]}

    def _goal(self, typed: dict[str, Any], number: int) -> Goal | None:
        """Return a goal that was begun; what is missing from it is asked for at its own place."""
        asked = ("text", "target", "measure", "threshold", "measured_by")
        said = {name: str(typed.get(f"{name}_{number}", "")).strip() for name in asked}
        if not any(said.values()) and number > 1:
            return None
        sentences = {
            "text": _("Write the goal"),
            "target": _("Say what the goal is about"),
            "measure": _("Say how it is measured"),
            "threshold": _("Say when it counts as reached"),
            "measured_by": _("Say who measures"),
        }
        for name, sentence in sentences.items():
            if not said[name] and f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", sentence)
        return Goal(**said)


def as_typed(before: GoalSet) -> dict[str, str]:
    """Return a version of the goals as the form shows it."""
    names = ("text", "target", "measure", "threshold", "measured_by")
    typed = {f"{name}_{one.position}": getattr(one, name) for one in before.goals.all() for name in names}
    return {**typed, "written_in": before.written_in} if before.written_in else typed


class PersonsWordForm(forms.Form):
    """Whether the person signed the goals."""

    answer = one_of(
        gettext_lazy("Does the person sign?"),
        ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("They would rather not"))),
        gettext_lazy("Say whether the person signed"),
        hints={NO: gettext_lazy("That is recorded and stops nothing.")},
    )
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
        Organisation.objects.all(),
        label=gettext_lazy("Which organisation evaluates?"),
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("Not the one that delivers the service."),
        error_messages={"required": gettext_lazy("Choose who evaluates")},
    )
    evaluator_name = forms.CharField(
        label=gettext_lazy("Who there?"), max_length=120, help_text=gettext_lazy("Not the person’s own case manager."),
        error_messages={"required": gettext_lazy("Name who evaluates")},
    )  # fmt: skip
    question = forms.CharField(
        label=gettext_lazy("What is to be found out?"), max_length=300,
        error_messages={"required": gettext_lazy("Say what is to be found out")},
    )  # fmt: skip
