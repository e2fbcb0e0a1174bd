"""Write an export: a ZIP of what the database hands over, in batches, sealed for the holder of a key.

`data/TABLE.jsonl` and `data/TABLE.csv` hold the same rows; `files/` the attached files; `agreements/` the signed texts;
`fields.json` says what each column is; `README.txt` how to read it all; `manifest.json`, written last, how many rows
and which hash each file has.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, Any, cast
from uuid import UUID

from django.db import connection

from concordat.core import age
from concordat.core.codes import Category

from .fields import described
from .models import Export

AT_ONCE = 1000  # rows
PIECE = 1 << 20  # bytes that are kept at once
README = """{organisation}
Everything that this organisation owns in Concordat, made on {day}.

This is a plain ZIP file. You need no Concordat to read it.

data/       One table in two forms with the same rows: .jsonl has one JSON object a line, .csv opens in a spreadsheet
            (UTF-8; an empty cell is "nothing"; lists and objects are JSON; a text that begins with = + - or @ has an
            apostrophe before it, so that no spreadsheet runs it: the .jsonl has it as it was written).
files/      The attached files, by their number in data/files_file, with their names.
agreements/ The text of each version of each agreement, exactly as it was signed. The SHA-256 of the text is the hash
            in data/agreements_version, which both parties signed (data/agreements_signature).
fields.json What each table and each column is, and which other table a number leads to (JSON Schema).
manifest.json  For each file its SHA-256, and for each table the number of rows.

Times are in UTC. Numbers that look like 0b5a2c9e-... join the tables: the column case_id leads to cases_case.
The log: data/ledger_entry and data/ledger_subject hold each line about your records. docs/log-format.md of Concordat
says how a line is proved to stand in the signed log.

What is not in it: records of partners, which your organisation read but does not own. Cases that are open to named
people only, for whom the person who asked for this export is not named. Complaints, interviews with monitors, data
about victims and threats to workers, unless the roles of that person read them. Passwords, keys and sessions.
"""


@dataclass
class Written:
    """How many rows of each table, and how many records of each category, an export holds."""

    counts: Counter[str] = field(default_factory=Counter)
    categories: Counter[int] = field(default_factory=Counter)
    files: dict[str, str] = field(default_factory=dict)

    def counts_as_json(self) -> str:
        return json.dumps(dict(self.counts))


class Kept:
    """A file that the database keeps in pieces of a megabyte."""

    def __init__(self) -> None:
        self.size, self.hash, self._number, self._waiting = 0, sha256(), 0, bytearray()

    def write(self, content: bytes) -> int:
        self.size += len(content)
        self.hash.update(content)
        self._waiting += content
        while len(self._waiting) >= PIECE:
            self._keep(PIECE)
        return len(content)

    def flush(self) -> None:
        """Do nothing: a piece is not cut short."""

    def close(self) -> None:
        """Keep the last piece."""
        if self._waiting:
            self._keep(PIECE)

    def _keep(self, size: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT exports.keep_piece(%s, %s)", [self._number, bytes(self._waiting[:size])])
        del self._waiting[:size]
        self._number += 1


class Hashed:
    """A member of the ZIP that is hashed as it is written."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into, self.hash = into, sha256()

    def write(self, content: bytes) -> None:
        self.hash.update(content)
        self._into.write(content)


def write(export: UUID, *, into: Kept, sign: Callable[[], None]) -> Written:
    """Write the export that this transaction makes into a file; `sign` signs the transaction anew."""
    asked = Export.objects.select_related("organisation").get(pk=export)
    sealed = age.Sealed(cast("IO[bytes]", into), age.public_key(asked.public_key))
    made, tables = Written(), described()
    with zipfile.ZipFile(cast("IO[bytes]", sealed), "w", zipfile.ZIP_DEFLATED) as archive:
        put = Putting(archive, made, sign)
        for table in tables:
            put.table(table, list(tables[table]["properties"]))
        put.attached()
        put.agreements()
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": tables}
        put.text("fields.json", json.dumps(schema, ensure_ascii=False, indent=1))
        day = f"{asked.asked_at:%Y-%m-%d}"
        put.text("README.txt", README.format(organisation=asked.organisation.name, day=day))
        put.text("manifest.json", json.dumps(manifest(asked, made), ensure_ascii=False, indent=1))
    sealed.close()
    return made


def manifest(asked: Export, made: Written) -> dict[str, Any]:
    """Return what an export says about itself."""
    return {
        "concordat-export": 1, "organisation": asked.organisation.slug, "name": asked.organisation.name,
        "export": str(asked.pk), "asked_at": asked.asked_at.isoformat(), "rows": dict(made.counts),
        "records_by_category": {Category(one).code: many for one, many in sorted(made.categories.items())},
        "sha256": made.files,
    }  # fmt: skip


@dataclass
class Putting:
    """What puts one thing after the other into the ZIP, and counts and hashes it."""

    archive: zipfile.ZipFile
    made: Written
    sign: Callable[[], None]

    def table(self, table: str, columns: list[str]) -> None:
        """Put a table, in both forms."""
        with self.member(f"data/{table}.jsonl") as file:
            for category, row in self.batches(table):
                self.made.counts[table] += 1
                if category:
                    self.made.categories[category] += 1
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        self.made.counts.setdefault(table, 0)
        with self.member(f"data/{table}.csv") as file:
            file.write(b"\xef\xbb\xbf" + line_of(columns))
            for row in self.rows(table):
                file.write(line_of([cell_of(row.get(column)) for column in columns]))

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table."""
        return (row for _category, row in self.batches(table))

    def batches(self, table: str) -> Iterator[tuple[int | None, dict[str, Any]]]:
        """Yield the rows of a table with their category, a batch at a time, each batch under a fresh signature."""
        after, some = None, True
        while some:
            self.sign()
            with connection.cursor() as cursor:
                cursor.execute("SELECT key, category, content FROM exports.batch(%s, %s, %s)", [table, after, AT_ONCE])
                some = cursor.fetchall()
            after = some[-1][0] if some else None
            for _key, category, content in some:
                yield category, json.loads(content) if isinstance(content, str) else content

    def attached(self) -> None:
        """Put the bytes of each attached file."""
        for row in self.rows("files_file"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT exports.bytes_of(%s)", [row["id"]])
                ((data,),) = cursor.fetchall()
            if data is not None:
                with self.member(f"files/{row['id']}{PurePosixPath(row['name']).suffix}") as file:
                    file.write(bytes(data))

    def agreements(self) -> None:
        """Put the text of each version that was proposed, which is what was signed."""
        for row in self.rows("agreements_version"):
            if row["document"]:
                self.text(f"agreements/{row['agreement_id']}-{row['number']}.txt", row["document"])

    def text(self, name: str, words: str) -> None:
        with self.member(name) as file:
            file.write(words.encode())

    def member(self, name: str) -> "Member":
        return Member(self, name)


class Member:
    """One file of the ZIP, open for as long as the block; its hash is noted at the end."""

    def __init__(self, putting: Putting, name: str) -> None:
        self._putting, self._name = putting, name

    def __enter__(self) -> Hashed:
        self._open = self._putting.archive.open(self._name, "w", force_zip64=True)
        self._hashed = Hashed(self._open)
        return self._hashed

    def __exit__(self, *_error: object) -> None:
        self._open.close()
        self._putting.made.files[self._name] = self._hashed.hash.hexdigest()


def cell_of(value: object) -> str:
    """Write a value as a cell; a text that a spreadsheet would run as a formula is disarmed."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return json.dumps(value, ensure_ascii=False)


def line_of(cells: list[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()
