"""What is asked before signing, suspending and ending, and which two versions to compare."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.agreements.models import Ground
from concordat.core.forms import DayField, NoteField, Radios, Text

GROUND_HINTS: dict[str, str | Promise] = {
    Ground.SAFETY: gettext_lazy("A worker, a person in custody or staff is in danger if the work goes on"),
    Ground.BREACH: gettext_lazy("A clause was broken, in writing and named; not that somebody spoke about it"),
    Ground.DATA: gettext_lazy("Data got out and it is not yet contained"),
    Ground.LAW: gettext_lazy("The order or the section of the law is named in your words"),
}


class SignForm(forms.Form):
    hash = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(label=gettext_lazy("I have read this text, and I may sign for my organisation"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        found.pop("read", None)
        return found


class PaperForm(forms.Form):
    """What is typed from a paper that was signed by hand, and which file is its scan."""

    scan = forms.TypedChoiceField(
        label=gettext_lazy("Which file is the scan?"),
        coerce=UUID,
        widget=Radios(),
        help_text=gettext_lazy("Files that your organisation attached to this version. A scan stays with it."),
    )
    paper_signer = forms.CharField(label=gettext_lazy("Who signed by hand? Name and post"), max_length=120)
    paper_on = DayField(label=gettext_lazy("Which day stands on the paper?"))
    check_number = forms.CharField(
        label=gettext_lazy("Check number that is printed on the paper"),
        max_length=30,
        help_text=gettext_lazy("The first four groups. They show that this text was signed and no other."),
    )
    read = forms.BooleanField(label=gettext_lazy("The paper was signed for my organisation, and I may record it"))

    def __init__(self, scans: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["scan"].choices = scans  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        found.pop("read", None)
        return found


class GroundForm(forms.Form):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=Ground, widget=Radios(GROUND_HINTS))
    explanation = NoteField(
        label=gettext_lazy("What has happened"),
        limit=500,
        rows=4,
        help_text=gettext_lazy("The other party reads this. Name no person in custody."),
    )

    def __init__(self, grounds: tuple[str, ...], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [one for one in Ground.choices if one[0] in grounds]  # type: ignore[attr-defined]


class LengthForm(forms.Form):
    days = forms.IntegerField(widget=Text(2, suffix=gettext_lazy("days"), numeric=True))

    def __init__(self, most: int, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = _(
            "From 1 to %(most)d. Then it ends by itself; you need not remember. Longer needs the arbiter."
        ) % {"most": most}


class MakingUpForm(forms.Form):
    making_up = NoteField(
        label=gettext_lazy("How will you make up for what is called off?"),
        limit=500,
        rows=3,
        required=False,
        help_text=gettext_lazy("The other party reads this."),
    )


class RenewForm(forms.Form):
    first_day = DayField(label=gettext_lazy("In force from"))
    last_day = DayField(label=gettext_lazy("Last day"))
    gap = NoteField(
        label=gettext_lazy("If there is a gap: why?"),
        limit=300,
        rows=2,
        required=False,
        help_text=gettext_lazy("Between the two nothing passes. The reason becomes part of the text that is signed."),
    )


class DisputeForm(forms.Form):
    about = NoteField(
        label=gettext_lazy("What do you disagree about?"),
        limit=500,
        rows=4,
        help_text=gettext_lazy("The other party reads this. Name no person in custody."),
    )


class SettleForm(forms.Form):
    outcome = NoteField(
        label=gettext_lazy("How was it settled?"),
        limit=500,
        rows=4,
        help_text=gettext_lazy("The other party reads this. Name no person in custody."),
    )


WITH_NOTICE = "notice"


class EndForm(forms.Form):
    reason = NoteField(
        label=gettext_lazy("Why do you end it?"),
        limit=500,
        rows=4,
        help_text=gettext_lazy("The other party reads this."),
    )
    ground = forms.ChoiceField(label=gettext_lazy("When does it end?"), widget=Radios())
    known = forms.BooleanField(label=gettext_lazy("I know that an end cannot be taken back"))

    def __init__(self, grounds: tuple[str, ...], with_notice: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        at_once = [(one, _("At once: %(ground)s") % {"ground": Ground(one).label}) for one in grounds]
        self.fields["ground"].choices = [(WITH_NOTICE, with_notice), *at_once]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        found.pop("known", None)
        return {**found, "ground": "" if found.get("ground") == WITH_NOTICE else found.get("ground", "")}


class CompareForm(forms.Form):
    before = forms.TypedChoiceField(label=gettext_lazy("Version"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("With version"), coerce=int)

    def __init__(self, numbers: list[int], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = [(one, str(one)) for one in numbers]  # type: ignore[attr-defined]
