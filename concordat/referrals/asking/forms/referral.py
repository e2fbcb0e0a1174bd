"""A referral as it is written, checked and answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.forms import DayField, NoteField, WrittenInField
from concordat.referrals.asking.rules.referral import MOST_OUTCOMES
from concordat.referrals.models import Need

from .questions import NO, YES, one_of

TEXT, REASON = 3000, 500  # characters


class ReferralForm(forms.Form):
    """What a referral says. It becomes the one text about this person that the provider's coordinators read."""

    all_optional = True  # the labels say "if there is one"

    need = one_of(gettext_lazy("What is it for?"), (), gettext_lazy("Choose what it is for"))
    text = NoteField(
        label=gettext_lazy("What will the provider read?"), limit=TEXT, rows=10,
        help_text=gettext_lazy(
            "Why this service, what the person says about it, what helps in practice: language, times, "
            "what to avoid."
        ),
        error_messages={"required": gettext_lazy("Write what the provider will read")},
    )  # fmt: skip

    def __init__(self, *args: Any, needs: Iterable[str] = (), **settings: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **settings)
        self.fields["need"].choices = [(one, Need(one).label) for one in needs]  # type: ignore[attr-defined]
        hopes = settings.get("initial") or {}
        for number, label in enumerate(self.hopes(), start=1):
            self.fields[f"outcome_{number}"] = forms.CharField(
                label=label, max_length=200, required=number == 1, initial=hopes.get(f"outcome_{number}", ""),
                help_text=_(
                    "What you and the person hope for, in words that can be answered at the end."
                ) if number == 1 else "",
                error_messages={"required": _("Name at least one outcome that you and the person hope for")},
            )  # fmt: skip
        self.fields["written_in"] = WrittenInField()

    @staticmethod
    def hopes() -> list[str]:
        more = [_("Desired outcome %(number)d, if there is one") % {"number": n} for n in range(2, MOST_OUTCOMES + 1)]
        return [_("Desired outcome 1"), *more]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        hoped = [str(typed.get(f"outcome_{number}", "")).strip() for number in range(1, MOST_OUTCOMES + 1)]
        said: dict[str, Any] = {name: typed[name] for name in ("need", "text", "written_in") if name in typed}
        return {**said, "desired_outcomes": [one for one in hoped if one]}


class SendForm(forms.Form):
    """The last look at a text before it leaves the house."""

    checked_by = forms.CharField(
        label=gettext_lazy("Who checked the text?"), max_length=120,
        help_text=gettext_lazy("Name and post. Whoever checks has read it against the list above; it may be you."),
        error_messages={"required": gettext_lazy("Name who checked the text")},
    )  # fmt: skip
    checked_on = DayField(
        label=gettext_lazy("When?"),
        error_messages={"required": gettext_lazy("Give the day on which the text was checked")},
    )


class AnswerForm(forms.Form):
    """Yes, or not now."""

    accept = one_of(
        gettext_lazy("Do you take this on?"), ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("Not now"))),
        gettext_lazy("Say whether you take this on"),
        hints={
            YES: gettext_lazy(
                "A case of your own is opened, with a working code. Nothing begins before the person has "
                "agreed."
            ),
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
