"""The shape of a translation as it is typed: each passage under its original."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core import languages
from concordat.core.forms import NoteField

from .translated import Passage

LIMIT = 6000  # characters: twice the longest original, as some languages need more


class TranslationForm(forms.Form):
    """Into which language, by whom, and every passage of the original."""

    language = forms.ChoiceField(
        label=gettext_lazy("Into which language?"), choices=languages.choices,
        error_messages={"required": gettext_lazy("Choose the language of the translation")},
    )  # fmt: skip
    translated_by = forms.CharField(
        label=gettext_lazy("Who translated it?"), max_length=120, required=False,
        help_text=gettext_lazy("As the reader will see it: a name, or who they are, such as a sworn translator."),
    )  # fmt: skip
    by_machine = forms.BooleanField(
        label=gettext_lazy("A machine made this translation"), required=False,
        help_text=gettext_lazy(
            "It has to be declared, also where somebody has looked over it. A machine outside this platform may not be "
            "given this text."
        ),
    )  # fmt: skip

    all_optional = True  # what has to be there is said at its place

    def __init__(self, data: QueryDict | None = None, *, passages: Sequence[Passage], written_in: str) -> None:
        page = languages.page_language()
        super().__init__(data, initial={"language": page if page != written_in else ""})
        self.names = [one.name for one in passages]
        for one in passages:
            field = NoteField(
                label=one.heading, limit=LIMIT, rows=3,
                error_messages={"required": _("Translate this part too: %(heading)s") % {"heading": one.heading}},
            )  # fmt: skip
            field.help_text = languages.passage(one.text, written_in)
            self.fields[f"text_{one.name}"] = field
        self.order_fields(["language", *(f"text_{name}" for name in self.names), "translated_by", "by_machine"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("by_machine") and not typed.get("translated_by") and "translated_by" not in self.errors:
            self.add_error("translated_by", _("Say who translated it, or that a machine did"))
        said = {name: typed.get(name) for name in ("language", "translated_by", "by_machine")}
        return {**said, "texts": {name: typed.get(f"text_{name}", "") for name in self.names}}
