"""Checkpoints of the log, and what an organisation has countersigned."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from .common import Sent, example

NOTE = "localhost/log\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-03-27T14:00:00Z\n\n— x …\n"


class CheckpointShape(Schema):
    """The newest checkpoint. `note` is the signed text (C2SP signed note), `proof` leads on from `since` lines.

    `log_key` is the key under which the server signs now: compare its fingerprint with what the operator told you.
    """

    size: int = Field(examples=[20852163])
    root: str
    at: datetime
    note: str
    since: int
    proof: list[str]
    log_key: str
    fingerprint: str


class CountersignatureShape(Schema):
    """What your organisation has countersigned: how many lines, with which of its keys, when it was brought."""

    id: UUID
    size: int
    name: str
    fingerprint: str
    at: datetime


class NewCountersignature(Sent):
    """A checkpoint with your organisation's signature below that of the log."""

    model_config = example({"note": NOTE})

    note: Annotated[str, Field(max_length=20_000)]
