"""Checkpoints: what the server signs about its log, made by the worker, handed out to whoever keeps them."""

import base64
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from . import note, tree
from .models import Checkpoint

EVERY = timedelta(minutes=10)  # at most, while lines are written
PLACED_AT_ONCE = 20_000  # lines, as `ledger.sequence` has it


def place_lines() -> None:
    """Give every committed line of the log its place in the tree."""
    grown = PLACED_AT_ONCE
    while grown >= PLACED_AT_ONCE:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger.sequence()")
            (grown,) = cursor.fetchone()


def make_when_due() -> None:
    """Make a checkpoint if lines have come since the last one, and that one is some minutes old."""
    last = Checkpoint.objects.first()
    if tree.size_of_tree() > (last.size if last else 0) and (last is None or now() - last.at >= EVERY):
        make()


@transaction.atomic
def make() -> None:
    """Sign how many lines the tree holds and the root over them."""
    size, origin = tree.size_of_tree(), origin_of_log()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.root(%s), ledger.clock()", [size])
        root, at = cursor.fetchone()
        text = note.signed(
            note.body_of(origin=origin, size=size, root=bytes(root), at=at), secret=settings.LOG_KEY, name=origin
        )
        key = note.server_key(settings.LOG_KEY, origin)
        cursor.execute("SELECT ledger.keep_checkpoint(%s, %s)", [text, key.public])


def origin_of_log() -> str:
    """Return which log this is. It keeps the name of its first checkpoint, also when the server gets another one."""
    first = Checkpoint.objects.last()
    return note.read(first.note).origin if first else f"{quote(settings.HOSTS[0])}/log"


def key_of_log() -> note.Key:
    """Return the public key under which this server signs now."""
    return note.server_key(settings.LOG_KEY, origin_of_log())


def to_countersign(checkpoint: Checkpoint, *, since: int) -> str:
    """Return the newest checkpoint with the proof that it goes on from one about `since` lines (C2SP tlog-witness)."""
    proof = tree.consistency(since, checkpoint.size)
    lines = [f"old {since}", *(base64.b64encode(one).decode() for one in proof), "", checkpoint.note]
    return "\n".join(lines)
