"""The files of one record as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.parts import State as Shown
from concordat.people.models import Membership

from . import rules
from .checking import LABELS
from .forms import AttachForm
from .kinds import Kind, OfAnyKind, kind_of
from .models import File, State

GROUP, GROUPS = 4, 4  # the first letters of a check number, in groups


@dataclass(frozen=True)
class Row:
    """One file of the list, and what its reader can do with it."""

    file: File
    type: str
    state: Shown
    refuse_to_open: str | None
    refuse_to_remove: str | None
    refuse_to_replace: str | None

    @property
    def check_number(self) -> str:
        return grouped(self.file.sha256)


@dataclass(frozen=True)
class Listed:
    """Everything that a page says about the files of one record."""

    kind: str
    record: UUID
    url: str
    rows: Sequence[Row]
    readers: str
    refusal: str | None
    form: AttachForm

    @property
    def shows(self) -> bool:
        """Whether a page has anything to say: files, or a way to attach one."""
        return bool(self.rows) or self.refusal is None


def files_on(name: str, record: Model, by: Membership) -> Listed:
    """Return the files of a record; every page that shows a record asks this by the wiring."""
    kind = kind_of(name)
    return listed(kind, record, by)


def listed(kind: Kind, record: OfAnyKind, by: Membership) -> Listed:
    refusal = rules.refuse_to_attach(kind, record, by=by)
    rows = [row_of(kind, record, one.file, refusal, by) for one in kind.on(record)]
    url = reverse("files:record", args=[kind.name, record.pk])
    return Listed(kind.name, record.pk, url, rows, kind.readers(record), refusal, AttachForm())


def row_of(kind: Kind, record: OfAnyKind, file: File, refuse_more: str | None, by: Membership) -> Row:
    """Put beside a file what its reader can do with it."""
    return Row(
        file,
        str(LABELS.get(file.media_type, file.media_type)),
        shown(file),
        rules.refuse_to_open(file),
        rules.refuse_to_remove(kind, record, file, by=by),
        rules.refuse_to_replace(file, by=by) or refuse_more,
    )


def shown(file: File) -> Shown:
    """Return the state of a file in words."""
    if file.removed_at:
        return Shown("rest", _("Removed"))
    if hasattr(file, "replaced_by"):
        return Shown("rest", _("Replaced"))
    kinds = {State.CLEAN: "done", State.FOUND: "late", State.WAITING: "soon", State.UNSCANNED: "soon"}
    return Shown(kinds[State(file.state)], State(file.state).label)  # type: ignore[arg-type]


def grouped(digits: str) -> str:
    """Return the beginning of a check number as it is read aloud."""
    return " ".join(digits[at : at + GROUP] for at in range(0, GROUP * GROUPS, GROUP)).upper()
