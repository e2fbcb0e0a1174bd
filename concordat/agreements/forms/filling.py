"""The file of a filled workbook, and the confirmation of what it would change."""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 1024 * 1024  # bytes of a workbook; a draft is far smaller


class FillInForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The workbook that you filled in"), allow_empty_file=True, widget=forms.FileInput,
        help_text=gettext_lazy("An Excel workbook (.xlsx) that was downloaded from this draft, at most 1 megabyte."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        file: UploadedFile[bytes] | None = (super().clean() or {}).get("file")
        data = file.read(MOST + 1) if file else b""
        if len(data) > MOST:
            self.add_error("file", _("The file is larger than 1 megabyte. Download a new workbook and fill that in."))
        return {"data": data}


class ConfirmFillInForm(forms.Form):
    """Carries the workbook from the page that shows its changes; it is read and judged anew when it comes back."""

    book = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        try:
            data = b64decode(found.get("book", ""), validate=True)
        except (Error, ValueError):
            raise forms.ValidationError(_("The workbook did not arrive whole. Upload it again.")) from None
        return {"data": data, "seen": found.get("seen", "")}


def carrying(data: bytes, seen: str) -> ConfirmFillInForm:
    """Return the confirmation of one workbook, against the state of the draft that is shown."""
    return ConfirmFillInForm(initial={"book": b64encode(data).decode(), "seen": seen})
