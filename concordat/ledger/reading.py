"""What this request has read so far: the database rows of records, noted as they are loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

Read = dict[tuple[int, UUID | None], set[int]]
_read: ContextVar[Read | None] = ContextVar("concordat_read", default=None)


@contextmanager
def collecting() -> Iterator[Read]:
    """Collect what is read inside the block: (owner, case) -> categories."""
    collected: Read = {}
    token = _read.set(collected)
    try:
        yield collected
    finally:
        _read.reset(token)


def note_read(owner: int, case: UUID | None, category: int) -> None:
    """Note one row; outside a collecting block nothing is kept."""
    collected = _read.get()
    if collected is not None:
        collected.setdefault((owner, case), set()).add(int(category))
