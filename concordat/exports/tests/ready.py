"""What tests of exports begin with: one that was asked for, agreed to and made, opened with its key."""

import io
import json
import zipfile
from typing import Any
from uuid import UUID

import psycopg

from concordat.core import age
from concordat.demo.world import acting
from concordat.exports import actions, work
from concordat.exports.models import Export
from concordat.ledger.context import Actor

Superuser = psycopg.Connection[Any]
SECRET, PUBLIC = age.new_key()


def asked(by: str = "pat", agreeing: str = "dora") -> UUID:
    with acting(by, level=2) as asker:
        export = actions.ask(public_key=PUBLIC, by=asker)
    if agreeing:
        with acting(agreeing, level=2) as other:
            actions.agree(Export.objects.get(pk=export.pk), by=other)
    return export.pk


def sealed(export: UUID, by: str) -> bytes:
    with acting(by, level=2) as asker:
        fetched = actions.fetch(Export.objects.get(pk=export), by=asker)
    actor = Actor(asker.pk, asker.organisation_id, asker.user_id, "administration", 2)
    return b"".join(actions.pieces_of(fetched, actor))


def unsealed(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(age.opened(io.BytesIO(content), age.secret_keys(SECRET)))))


def made(by: str = "pat", agreeing: str = "dora") -> zipfile.ZipFile:
    """Have an export made, and open it."""
    export = asked(by, agreeing)
    work.make_waiting()
    return unsealed(sealed(export, by))


def rows_of(archive: zipfile.ZipFile, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(f"data/{table}.jsonl").decode().splitlines()]


def manifest_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    return dict(json.loads(archive.read("manifest.json")))


def text_of(archive: zipfile.ZipFile) -> str:
    """Return everything that can be read in an export."""
    return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
