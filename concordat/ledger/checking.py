"""Everything that can be wrong with the log, found and located: lines, tree, checkpoints, signatures, kept files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from . import note
from .checkpoints import key_of_log
from .exporting import key_of
from .models import Checkpoint, Countersignature


@dataclass(frozen=True)
class Fault:
    """What is wrong at which place, counted from one; None where a line has no place."""

    place: int | None
    words: str

    def __str__(self) -> str:
        return f"line {self.place}: {self.words}" if self.place else f"a line without a place: {self.words}"


def lines_and_tree() -> Iterator[Fault]:
    """Have the database look at lines, places, tree, and the roots of checkpoints."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, fault FROM ledger.verify() ORDER BY place NULLS LAST, fault")
        yield from (Fault(*row) for row in cursor.fetchall())


def signatures(earlier: set[str]) -> Iterator[Fault]:
    """Look whether the server has signed each checkpoint, and whether each countersignature holds.

    `earlier` are the fingerprints of keys that the operator says it signed with before.
    """
    own = key_of_log()
    for one in Checkpoint.objects.order_by("size").iterator():
        if not says_what_was_signed(one):
            yield Fault(one.size, "a checkpoint has no signature of the log that holds")
        key = note.fingerprint(bytes(one.public_key))
        if key != own.fingerprint and key.replace(" ", "") not in earlier:
            yield Fault(one.size, f"a checkpoint is signed with another key than this server's: {key}")
    for made in Countersignature.objects.select_related("checkpoint", "witness").order_by("at").iterator():
        if not key_of(made.witness).holds(note.read(made.checkpoint.note).body, bytes(made.signature)):
            yield Fault(made.checkpoint.size, f"the countersignature of {made.witness.name} does not hold")


def says_what_was_signed(one: Checkpoint) -> bool:
    """Tell whether a checkpoint is the text that its key has signed."""
    try:
        said = note.read(one.note)
    except note.Unreadable:
        return False
    key = note.Key(said.origin, bytes(one.public_key))
    return (said.size, said.root) == (one.size, bytes(one.root)) and said.signature_of(key) is not None


def kept(file: Path) -> Iterator[Fault]:
    """Hold a checkpoint that somebody has kept against this log."""
    said = note.read(without_proof(file.read_text(encoding="utf-8")))
    if said.signature_of(key_of_log()) is None:
        yield Fault(said.size, f"{file} is not signed with the key of this log")
    yield from against_tree(said, str(file))


def against_tree(said: note.Note, where: str) -> Iterator[Fault]:
    """Say whether a checkpoint is about this log, a fork of it, or about more than is left of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.tree_size(), ledger.root(%s)", [said.size])
        size, root = cursor.fetchone()
    if said.size > size:
        yield Fault(
            size,
            f"ROLL-BACK: {where} was signed on {said.at:%Y-%m-%d %H:%M} UTC about {said.size} lines, "
            f"{said.size - size} more than there are. Lines were lost, or this is a restored copy that is older",
        )
    elif root is None or bytes(root) != said.root:
        yield Fault(
            said.size,
            f"FORK: the lines up to here are not those that {where} is about. They were changed, or this is a restored "
            "copy that has gone on by itself",
        )


def without_proof(text: str) -> str:
    """Return a checkpoint without the proof that may stand before it."""
    text = text.replace("\r\n", "\n")
    return text.partition("\n\n")[2] if text.startswith("old ") else text
