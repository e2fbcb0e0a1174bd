"""What is asked when an organisation records its key, or brings a checkpoint that it has signed: a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 40_000  # bytes: a checkpoint with the signatures of many, and a proof


class TextFileForm(forms.Form):
    """A short file of text."""

    file: forms.FileField

    def clean(self) -> dict[str, Any]:
        file: UploadedFile[bytes] | None = (super().clean() or {}).get("file")
        if not file:
            return {}
        try:
            return {"text": file.read(LONGEST).decode()}
        except UnicodeDecodeError:
            raise ValidationError(_("This file is no text. Bring the file as your program has written it.")) from None


class KeyForm(TextFileForm):
    """The public half of an organisation's key."""

    file = forms.FileField(
        label=gettext_lazy("Public key of your organisation"), widget=forms.FileInput,
        help_text=gettext_lazy("The file whose name ends in .pub. Never bring the one that ends in .key."),
        error_messages={"required": gettext_lazy("Choose the file with the public key")},
    )  # fmt: skip


class CountersignForm(TextFileForm):
    """A checkpoint with the organisation's signature."""

    file = forms.FileField(
        label=gettext_lazy("Checkpoint that you have signed"), widget=forms.FileInput,
        help_text=gettext_lazy("The file that your program wrote, such as kept.txt. Keep it yourself too."),
        error_messages={"required": gettext_lazy("Choose the file that you have signed")},
    )  # fmt: skip
