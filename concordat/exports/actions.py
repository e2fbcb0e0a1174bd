"""What changes an export: asked for, agreed to, stopped, fetched. The worker makes it (`work.py`)."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.timezone import now

from concordat.core import edits
from concordat.core.errors import Refused
from concordat.ledger.context import Actor, act_as
from concordat.ledger.log import record, record_opened
from concordat.people.models import Membership

from . import rules
from .models import Export, Piece


@transaction.atomic
def ask(*, public_key: str, by: Membership) -> Export:
    """Ask for everything that one's organisation owns, sealed for the holder of a key."""
    edits.take_turn(by.organisation)
    if refusal := rules.refuse_ask(public_key=public_key, by=by):
        raise Refused(refusal)
    export = Export(organisation_id=by.organisation_id, public_key=public_key.strip().lower(), asked_by=by)
    export.save(force_insert=True)
    record("export.asked", owner=by.organisation_id, export=export.pk)
    return export


@transaction.atomic
def agree(export: Export, *, by: Membership) -> Export:
    """Agree, as a second person, that it is made."""
    edits.hold(export)
    if refusal := rules.refuse_agree(export, by=by):
        raise Refused(refusal)
    export.agreed_at, export.agreed_by = now(), by
    export.save(update_fields=["agreed_at", "agreed_by"])
    record("export.agreed", owner=export.organisation_id, export=export.pk)
    return export


@transaction.atomic
def stop(export: Export, *, by: Membership) -> Export:
    """Stop an export; a file that is there can no longer be fetched, and is deleted."""
    edits.hold(export)
    if refusal := rules.refuse_stop(export, by=by):
        raise Refused(refusal)
    export.stopped_at, export.stopped_by = now(), by
    export.save(update_fields=["stopped_at", "stopped_by"])
    record("export.stopped", owner=export.organisation_id, export=export.pk)
    return export


@transaction.atomic
def fetch(export: Export, *, by: Membership) -> Export:
    """Note that the sealed file is fetched; the line of the log is written before its first byte leaves."""
    edits.hold(export)
    if refusal := rules.refuse_fetch(export, by=by):
        raise Refused(refusal)
    export.fetched_at = now()
    export.save(update_fields=["fetched_at"])
    record_opened("export.fetched", [export.organisation_id], case=None, categories=[], export=export.pk)
    return export


def pieces_of(export: Export, actor: Actor) -> Iterator[bytes]:
    """Return the sealed file, a piece at a time, each in a transaction of its own: it outlasts that of the request."""
    number = 0
    while True:
        with transaction.atomic():
            act_as(actor)
            piece = Piece.objects.filter(export=export, number=number).first()
        if piece is None:
            return
        yield bytes(piece.data)
        number += 1
