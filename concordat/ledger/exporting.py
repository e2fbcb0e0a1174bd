"""The log as a file that anybody can check without Concordat: JSON, a line each. docs/log-format.md describes it.

Keys and checkpoints come first, each with the signatures that it has, then the lines in their places.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from . import note
from .checkpoints import key_of_log, origin_of_log
from .models import Checkpoint, Witness

FORMAT = 1
AT_ONCE = 5000  # lines
LINES = """
SELECT node.id / 64 + 1, encode(node.hash, 'hex'), leaf.body, said.parts
  FROM public.ledger_node AS node
  LEFT JOIN public.ledger_leaf AS leaf ON leaf.position = node.id / 64 + 1
  LEFT JOIN LATERAL (
      SELECT jsonb_agg(CASE WHEN s.salt IS NOT NULL THEN jsonb_build_object(
                 'salt', encode(s.salt, 'hex'), 'text', ledger.text_of(s."case", s.categories, s.detail)) END
             ORDER BY s.id) AS parts
        FROM public.ledger_subject AS s WHERE s.entry_id = leaf.entry) AS said ON true
 WHERE node.id = ANY (%s) ORDER BY node.id
"""


def export(*, hashes_only: bool, size: int) -> Iterator[str]:
    """Return the whole log up to a size; `hashes_only` leaves out what the lines say, for somebody who may not know."""
    head = {"concordat-log": FORMAT, "origin": origin_of_log(), "size": size, "hashes-only": hashes_only}
    yield _written(head)
    yield from map(_written, keys())
    made = Checkpoint.objects.filter(size__lte=size).order_by("size")
    for one in made.prefetch_related("countersignatures__witness"):
        yield _written({"checkpoint": countersigned(one)})
    for first in range(0, size, AT_ONCE):
        yield from map(_written, lines(first, min(size, first + AT_ONCE), hashes_only=hashes_only))


def keys() -> Iterator[dict[str, Any]]:
    """Return every key that something in the file is signed with."""
    known = {bytes(one): note.read(text) for one, text in Checkpoint.objects.values_list("public_key", "note")}
    for public, made in known.items():
        yield {"key": str(note.Key(made.origin, public)), "of": "log"}
    if not known:
        yield {"key": str(key_of_log()), "of": "log"}
    for one in Witness.objects.order_by("at"):
        yield {"key": str(key_of(one)), "of": one.organisation}


def key_of(witness: Witness) -> note.Key:
    """Return the key of an organisation."""
    return note.Key(witness.name, bytes(witness.public_key))


def countersigned(checkpoint: Checkpoint) -> str:
    """Return a checkpoint with the signatures of all who have countersigned it."""
    said = checkpoint.countersignatures.all()
    return checkpoint.note + "".join(note.line_of(key_of(one.witness), bytes(one.signature)) for one in said)


def lines(first: int, end: int, *, hashes_only: bool) -> Iterator[dict[str, Any]]:
    """Return some lines. One that is missing, or that may not be known, has its hash alone."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, [[place * 64 for place in range(first, end)]])
        for place, leaf, body, parts in cursor.fetchall():
            said = {} if hashes_only or body is None else {"body": body, "parts": json.loads(parts or "[]")}
            yield {"place": place, "leaf": leaf, **said}


def _written(one: dict[str, Any]) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n"
