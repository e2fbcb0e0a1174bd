"""Why something about a file is refused, in words; None when it is allowed. What a record itself says has its kind."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concordat.people.models import Membership

from .kinds import Kind, OfAnyKind
from .models import File, State

SLIP = timedelta(hours=24)  # in which whoever attached a file may take it back, whatever it hangs on

CONSTRAINT_SENTENCES = {
    "file_is_of_this_record": gettext_lazy("This file belongs to another record."),
    "file_is_not_empty": gettext_lazy("This file is empty."),
    "file_has_a_known_state": gettext_lazy("Say whether this file was looked at for viruses."),
    "file_removal_is_whole": gettext_lazy("Say why the file is removed."),
    "files_file_replaces_id_key": gettext_lazy("Somebody has replaced this file meanwhile. Look at the list again."),
}


def megabytes() -> int:
    """Return how large one file may be."""
    return int(settings.FILE_LIMIT // settings.MEGABYTE)


def refuse_to_attach(kind: Kind, record: OfAnyKind, *, by: Membership) -> str | None:
    """Refuse whom the record's own rules refuse, and more files than a record may have."""
    if refusal := kind.refuse_to_attach(record, by):
        return refusal
    most = settings.FILES_PER_RECORD
    if kind.on(record).filter(file__removed_at=None).exclude(file__state=State.FOUND).count() >= most:
        return ngettext("One record has at most %(count)d file.", "One record has at most %(count)d files.", most) % {
            "count": most
        }
    return None


def too_large() -> str:
    most = megabytes()
    return ngettext(
        "This file is too large: at most %(count)d megabyte is kept. Save it smaller, or in parts.",
        "This file is too large: at most %(count)d megabytes are kept. Save it smaller, or in parts.",
        most,
    ) % {"count": most}


def refuse_size(size: int) -> str | None:
    """Refuse what is larger than may be."""
    return too_large() if size > settings.FILE_LIMIT else None


def refuse_to_open(file: File) -> str | None:
    """Refuse to hand out what is gone, and what the scanner has not looked at yet."""
    if file.removed_at:
        return _("This file was removed.")
    if file.state == State.FOUND:
        return _("A virus was found in this file, so it was removed at once.")
    if file.state == State.WAITING:
        return _(
            "The virus scanner does not answer at present. Nobody can open this file until it was looked at; that is "
            "tried again by itself."
        )
    return None


def refuse_to_remove(kind: Kind, record: OfAnyKind, file: File, *, by: Membership) -> str | None:
    """Refuse others than the organisation that attached it, and later than a day what the record keeps."""
    if file.removed_at or file.state == State.FOUND:
        return _("This file was removed.")
    if refusal := kind.refuse_to_lose(record, file):
        return refusal
    if by.organisation_id != file.owner_id:
        return _("Only %(organisation)s, which attached this file, can remove it.") % {"organisation": file.owner}
    if file.created_by_id == by.pk and now() - file.created_at < SLIP:
        return None
    return kind.refuse_to_remove(record, by)


def refuse_to_replace(file: File, *, by: Membership) -> str | None:
    """Refuse others than the organisation that attached it, and a file that is replaced already."""
    if by.organisation_id != file.owner_id:
        return _("Only %(organisation)s, which attached this file, can replace it.") % {"organisation": file.owner}
    if hasattr(file, "replaced_by"):
        return str(CONSTRAINT_SENTENCES["files_file_replaces_id_key"])
    return None
