"""The pages of files. Who may see what is decided by the database; a hidden file is not found."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from concordat.core.screens import show_form
from concordat.core.uploads import takes_attachments, was_too_large
from concordat.people.http import SignedInRequest

from . import actions, rules
from .checking import Checked
from .forms import AttachForm, RemoveForm
from .kinds import Kind, OfAnyKind, kind_of
from .listed import listed
from .models import Attachment, File, State

SEALED = "sandbox; default-src 'none'; frame-ancestors 'none'"


@takes_attachments
def record(request: SignedInRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show the files of one record, and attach another one."""
    sort = kind_of(kind)
    of = sort.record(pk)
    return attach_to(request, sort, of, title=_("Files"), files=listed(sort, of, request.acting))


@takes_attachments
def replace(request: SignedInRequest, kind: str, pk: UUID) -> HttpResponse:
    """Attach a file in the place of another; the old one stays in the list."""
    sort, attachment, of = found(kind, pk)
    file = attachment.file
    refusal = rules.refuse_to_replace(file, by=request.acting) or rules.refuse_to_attach(sort, of, by=request.acting)
    return attach_to(
        request, sort, of, replaces=file, title=_("Replace a file"), replaced=file, refusal=refusal,
        readers=sort.readers(of),
    )  # fmt: skip


def found(name: str, pk: UUID) -> tuple[Kind, Attachment, OfAnyKind]:
    """Return an attachment with its record, or the page that is not found."""
    kind = kind_of(name)
    attachment = get_object_or_404(kind.all(), pk=pk)
    return kind, attachment, kind.record(getattr(attachment, f"{kind.model.parent_column}_id"))


def attach_to(
    request: SignedInRequest,
    kind: Kind,
    of: OfAnyKind,
    *,
    replaces: File | None = None,
    **context: Any,  # noqa: ANN401
) -> HttpResponse:
    """Show the form for a file; say what was kept."""
    form = (
        AttachForm(request.POST, request.FILES, too_large=was_too_large(request))
        if request.method == "POST"
        else AttachForm()
    )

    def save(**typed: Any) -> str:  # noqa: ANN401 - what the form found
        file, checked = actions.attach(kind, of, **typed, replaces=replaces, by=request.acting)
        say(request, file, checked)
        return kind.url(of)

    return show_form(
        request, form, save, template="files/record.html", caption=kind.caption(of), back_url=kind.url(of),
        button=_("Attach the file"), **context,
    )  # fmt: skip


def say(request: SignedInRequest, file: File, checked: Checked) -> None:
    """Say what became of a file, and what it still tells."""
    if file.state == State.FOUND:
        messages.warning(
            request, _("A virus was found in this file (%(what)s), so it was not kept.") % {"what": file.found}
        )
        return
    messages.success(request, _("The file is attached."))
    if file.state == State.WAITING:
        messages.warning(request, str(rules.refuse_to_open(file)))
    if checked.stays:
        messages.warning(
            request,
            _(
                "The file may still say who made or changed it. If nobody may learn that, remove it and attach an "
                "image or a print of it."
            ),
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: SignedInRequest, kind: str, pk: UUID) -> HttpResponse:
    """Hand out a file; one that no scanner has looked at only after a plain warning."""
    sort, attachment, of = found(kind, pk)
    if attachment.file.state == State.UNSCANNED and not attachment.file.removed_at and request.method != "POST":
        context = {"file": attachment.file, "back_url": sort.url(of), "caption": sort.caption(of)}
        return render(request, "files/download.html", context)
    return handed_out(attachment.file, actions.open_file(attachment, kind=sort, to=of, by=request.acting))


def handed_out(file: File, data: bytes) -> HttpResponse:
    """Return bytes that a browser saves and does not show."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name),
        "Content-Security-Policy": SEALED,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(data, content_type=file.media_type, headers=headers)


def remove(request: SignedInRequest, kind: str, pk: UUID) -> HttpResponse:
    """Remove a file; the line in the list stays."""
    sort, attachment, of = found(kind, pk)
    return show_form(
        request, RemoveForm(request.POST or None),
        partial(actions.remove, attachment, kind=sort, to=of, by=request.acting),
        title=_("Remove this file?"), caption=attachment.file.name, kind="warning", button=_("Remove the file"),
        intro=_(
            "Its content is deleted and cannot be brought back. That there was a file, who attached it and who removed "
            "it stays."
        ),
        done=_("The file is removed."), to=sort.url(of), cancel_url=sort.url(of), cancel=_("Keep it"),
        refusal=rules.refuse_to_remove(sort, of, attachment.file, by=request.acting), template="files/remove.html",
    )  # fmt: skip
