"""Everything that happens to a file: attach, open, remove. Check the rule, write, log, in one transaction."""

from hashlib import sha256

from django.db import transaction
from django.utils.timezone import now

from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for, record_opened
from concordat.people.models import Membership

from . import names, rules, scanner
from .checking import Checked, check
from .kinds import Kind, OfAnyKind
from .models import Attachment, Content, File, State


@transaction.atomic
def attach(
    kind: Kind, to: OfAnyKind, *, data: bytes, name: str, description: str = "", replaces: File | None = None,
    by: Membership,
) -> tuple[File, Checked]:  # fmt: skip
    """Hang a file on a record. One in which a virus is found leaves a line and no bytes."""
    refuse_attaching(kind, to, data, replaces, by)
    checked = check(data)
    if refusal := rules.refuse_size(len(checked.data)):
        raise Refused(refusal)
    verdict = scanner.scan(checked.data) if scanner.is_set() else None
    file = File.objects.create(
        owner_id=by.organisation_id, created_by=by, hangs_on=kind.name, name=names.clean(name, checked.type.ending),
        description=description, media_type=checked.type.media, size=len(checked.data),
        sha256=sha256(checked.data).hexdigest(), replaces=replaces, state=state_of(verdict),
        found=verdict.found if verdict else "",
    )  # fmt: skip
    kind.hang(file, to)
    if file.state != State.FOUND:
        Content.objects.create(file=file, data=checked.data)
    _log("file.found" if file.state == State.FOUND else "file.attached", kind, to, file)
    return file, checked


def refuse_attaching(kind: Kind, to: OfAnyKind, data: bytes, replaces: File | None, by: Membership) -> None:
    """Raise the first refusal."""
    refusal = rules.refuse_to_replace(replaces, by=by) if replaces else None
    if refusal := refusal or rules.refuse_to_attach(kind, to, by=by) or rules.refuse_size(len(data)):
        raise Refused(refusal)


def state_of(verdict: scanner.Verdict | None) -> State:
    """Return the state that a verdict leads to; None: there is no scanner."""
    if verdict is None:
        return State.UNSCANNED
    return {"clean": State.CLEAN, "found": State.FOUND, "away": State.WAITING}[verdict.state]


@transaction.atomic
def open_file(attachment: Attachment, *, kind: Kind, to: OfAnyKind, by: Membership) -> bytes:  # noqa: ARG001 - the log knows who asks
    """Return the bytes of a file, after the line of the log that says so."""
    file = attachment.file
    if refusal := rules.refuse_to_open(file):
        raise Refused(refusal)
    content = Content.objects.get(pk=file.pk)
    record_opened(
        "file", kind.owners(to), case=getattr(to, "case_id", None), categories=_categories(kind), file=file.pk
    )
    return bytes(content.data)


@transaction.atomic
def remove(attachment: Attachment, *, kind: Kind, to: OfAnyKind, ground: str, by: Membership) -> Attachment:
    """Remove the bytes of a file; the database deletes them with this change, and the line stays."""
    file = hold(attachment.file)
    if refusal := rules.refuse_to_remove(kind, to, file, by=by):
        raise Refused(refusal)
    file.removed_at, file.removed_by, file.ground = now(), by, ground
    file.save(update_fields=["removed_at", "removed_by", "ground"])
    _log("file.removed", kind, to, file, ground=ground)
    return attachment


def _categories(kind: Kind) -> list[int]:
    return [kind.category] if kind.category else []


def _log(what: str, kind: Kind, to: OfAnyKind, file: File, **detail: object) -> None:
    """Write the line, in the log of everybody whose record it is."""
    if kind.category is None:
        record_for(what, kind.owners(to), file=file.pk, **detail)
    else:
        record(what, owner=to.owner_id, case=to.case_id, categories=_categories(kind), file=file.pk, **detail)
