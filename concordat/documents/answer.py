"""A document as an answer of the web server: a file to keep, never shown as a page of ours."""

from django.http import HttpResponse

from .blocks import Document
from .docx import to_docx
from .pdf import to_pdf

MAKERS = {
    "pdf": (to_pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def as_file(document: Document, kind: str, *, name: str) -> HttpResponse:
    """Return the document as a file of this kind. Its name is in plain letters."""
    make, media_type = MAKERS[kind]
    answer = HttpResponse(make(document), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
