"""A limit for files that are uploaded, kept while they arrive: what is too large is thrown away and not collected."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])
BESIDE = 64 * 1024  # bytes that a form may have beside its file


def takes_attachments(view: View) -> View:
    """Declare that a view takes one attachment, within the operator's limit."""
    view.takes_attachments = True  # type: ignore[attr-defined]
    return view


def is_limited(request: HttpRequest) -> bool:
    """Tell whether the view of a request takes an attachment; it is asked before any view runs."""
    try:
        return getattr(resolve(request.path_info).func, "takes_attachments", False)
    except Resolver404:
        return False


def was_too_large(request: HttpRequest) -> bool:
    """Tell whether a file of this request was thrown away."""
    return getattr(request, "too_large", False)


class Limited(FileUploadHandler):
    """Skips a file that is too large; the other fields of its form arrive."""

    limit: int | None = None
    length = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any) -> None:  # noqa: ANN401, ARG002, N803
        self.length = content_length
        self.limit = settings.FILE_LIMIT if self.request and is_limited(self.request) else None

    def new_file(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - handed on
        super().new_file(*args, **more)
        self.refuse_over(self.length - BESIDE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.refuse_over(start + len(raw_data))
        return raw_data

    def refuse_over(self, size: int) -> None:
        """Skip the file when it is larger than may be."""
        if self.limit is not None and size > self.limit:
            self.request.too_large = True  # type: ignore[union-attr]
            raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handler that keeps it."""
