"""What may be kept, and what comes back from a check."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy


class Type(Enum):
    """A type that may be kept: how it is sent, and how its name ends. Found in the content, never in the name."""

    PDF = "application/pdf", "pdf"
    PNG = "image/png", "png"
    JPEG = "image/jpeg", "jpg"
    TEXT = "text/plain", "txt"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ODT = "application/vnd.oasis.opendocument.text", "odt"

    @property
    def media(self) -> str:
        return self.value[0]

    @property
    def ending(self) -> str:
        return self.value[1]


LABELS = {
    Type.PDF.media: gettext_lazy("PDF"),
    Type.PNG.media: gettext_lazy("Image"),
    Type.JPEG.media: gettext_lazy("Image"),
    Type.TEXT.media: gettext_lazy("Plain text"),
    Type.DOCX.media: gettext_lazy("Word document"),
    Type.XLSX.media: gettext_lazy("Excel workbook"),
    Type.ODT.media: gettext_lazy("OpenDocument text"),
}


@dataclass(frozen=True)
class Checked:
    """A file as it may be kept. `stays` says that the file may still tell who made it."""

    type: Type
    data: bytes
    stays: bool = False
