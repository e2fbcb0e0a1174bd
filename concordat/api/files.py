"""Caseload files: a machine brings them in and sees how far they are; an officer confirms them on the pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from ninja import File, Router, UploadedFile

from concordat.imports import actions
from concordat.imports.forms import FileForm
from concordat.imports.models import Upload
from concordat.imports.views import LIGHT
from concordat.people.http import SignedInRequest
from concordat.people.models import Scope

from .once import Key, digest, once
from .operations import address, reads, writes
from .paging import MOST, Cursor, Limit, piece
from .saying import checked
from .shapes import Result
from .shapes.delivery import UploadPage, UploadShape

router = Router(tags=["Caseload files"])
UPLOADS = Upload.objects.defer(*LIGHT)


@reads(router, "/imports", Scope.IMPORTS, UploadPage)
def uploads(
    request: SignedInRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the files of your organisation, the newest first."""

    def show(found: Iterable[Upload]) -> list[UploadShape]:
        return [upload_shape(one) for one in found]

    return piece(request, response, UPLOADS, show, by=("-staged_at", "pk"), cursor=cursor, limit=limit)


@reads(router, "/imports/{uuid:upload}", Scope.IMPORTS, UploadShape)
def upload(request: SignedInRequest, upload: UUID) -> UploadShape:  # noqa: ARG001 - django-ninja hands it over
    """Show how far a file is."""
    return upload_shape(get_object_or_404(UPLOADS, pk=upload))


@writes(router, "/imports", Scope.IMPORTS)
def stage(request: SignedInRequest, response: HttpResponse, file: File[UploadedFile], key: Key) -> Result:
    """Bring in a caseload file, CSV or XLSX of at most 20 megabytes. Nothing is loaded before an officer confirms."""
    sent = checked(FileForm({}, MultiValueDict({"file": [file]})))
    form = digest(sent["name"], sent["data"]).encode()

    def do() -> UUID:
        return actions.stage(**sent, by=request.acting).pk

    return once(request, response, key, form, do, at=lambda made: address("upload", upload=made))


def upload_shape(one: Upload) -> UploadShape:
    return UploadShape(
        id=one.pk, name=one.name, page=one.page, state=one.state.text, staged_at=one.staged_at, total=one.total,
        done=one.done, counts=one.counts, kept_until=one.kept_until,
    )  # fmt: skip
