"""What is asked about a file: the file, and what is on it; why it is removed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy, ngettext

from concordat.core.forms import Radios

from . import rules
from .models import Ground


def what_is_kept() -> str:
    """Say what a file may be, before one is chosen."""
    most = rules.megabytes()
    return ngettext(
        "PDF, image, plain text, Word, Excel (.docx, .xlsx) or OpenDocument text (.odt), at most %(count)d megabyte.",
        "PDF, image, plain text, Word, Excel (.docx, .xlsx) or OpenDocument text (.odt), at most %(count)d megabytes.",
        most,
    ) % {"count": most}


class AttachForm(forms.Form):
    """One file, and what is on it in words."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=lazy(what_is_kept, str)(), widget=forms.FileInput,
        error_messages={"required": gettext_lazy("Choose a file")}, allow_empty_file=True,
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("What is on it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For whoever looks for it later, or has it read aloud. Name nobody here."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        too_large: bool = False,
    ) -> None:
        super().__init__(data, files)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        file: UploadedFile[bytes] | None = typed.get("file")
        if self.too_large:  # it was thrown away while it arrived
            self.errors.pop("file", None)
            self.add_error("file", rules.too_large())
        if file is None or self.errors:
            return {}
        return {"data": file.read(), "name": file.name or "", "description": typed.get("description", "")}


class RemoveForm(forms.Form):
    """Why a file is removed."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why?"), choices=Ground.choices, widget=Radios(),
        error_messages={"required": gettext_lazy("Choose why it is removed")},
    )  # fmt: skip
