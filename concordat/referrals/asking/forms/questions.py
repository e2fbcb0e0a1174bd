"""How a question with listed answers is put."""

from collections.abc import Iterable
from typing import Any

from django import forms

from concordat.core.forms import Radios

Words = Any  # a text, translated now or when it is shown
YES, NO = "yes", "no"


def several(
    label: Words, choices: Iterable[tuple[str, Any]], sentence: Words, help_text: Words = ""
) -> forms.MultipleChoiceField:
    """Make a question that several answers fit."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, help_text=help_text,
        error_messages={"required": sentence},
    )  # fmt: skip


def one_of(label: Words, choices: Iterable[tuple[str, Any]], sentence: Words, **more: Any) -> forms.ChoiceField:  # noqa: ANN401 - handed on
    """Make a question with one answer; nothing is chosen beforehand."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=Radios(more.pop("hints", None)),
        error_messages={"required": sentence},
        **more,
    )
