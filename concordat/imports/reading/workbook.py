"""Excel workbooks (.xlsx), read without trusting them: what they unpack to is checked before anything is unpacked."""

import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concordat.imports.reading.parts import (
    Book,
    Cells,
    Record,
    read_date_styles,
    read_list,
    read_relations,
    read_strings,
)
from concordat.imports.reading.sentences import broken_workbook
from concordat.imports.reading.sheet import Unreadable
from concordat.imports.reading.text import cell_text

MAX_UNPACKED = 192 * 1024 * 1024
MAX_RATIO = 100
MAX_PARTS = 2_000
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_ENTITY = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)


@dataclass(frozen=True)
class Worksheet:
    """One visible worksheet of a workbook, with its rows."""

    name: str
    records: list[Record]
    epoch: int


def read_workbook(data: bytes, only: str = "") -> list[Worksheet]:
    """Return the visible worksheets that hold anything, or only one; raise Unreadable where it is not to be trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect(archive, len(data))
            return _worksheets(archive, only)
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - zipfile and expat raise whatever a broken file makes them stumble over
        raise Unreadable(broken_workbook()) from None


def _inspect(archive: zipfile.ZipFile, packed: int) -> None:
    """Check what kind of archive it is, what it would unpack to, and that no part of it declares entities."""
    parts = archive.infolist()
    _check_kind({part.filename for part in parts})
    _check_size(parts, packed)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _scan(archive, part)


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if any(name.startswith("xl/") and name.endswith(".bin") for name in names):
        raise Unreadable(_("This is an Excel binary workbook (.xlsb). Save it as .xlsx or CSV."))
    if "content.xml" in names:
        raise Unreadable(_("This is an OpenDocument file. Save it as .xlsx or CSV."))
    raise Unreadable(_("This is an archive or a document, not a table. Save the list as .xlsx or CSV."))


def _check_size(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > MAX_RATIO * packed):
        raise Unreadable(
            _("This workbook unpacks to far more than its size. Copy the list alone into a new workbook and save that.")
        )


def _scan(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse entities, which can blow up a small text."""
    tail = b""
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            if _ENTITY.search(tail + chunk):
                raise Unreadable(broken_workbook())
            tail = chunk[-64:]


def _worksheets(archive: zipfile.ZipFile, only: str) -> list[Worksheet]:
    with archive.open("xl/workbook.xml") as source:
        listed, epoch = read_list(source)
    with archive.open("xl/_rels/workbook.xml.rels") as source:
        kept = read_relations(source)
    book = _book(archive, epoch)
    found: list[Worksheet] = []
    for one in listed:
        if one.visible and (not only or cell_text(one.name) == only):
            records = _records(archive, kept[one.relation], book)
            found += [Worksheet(cell_text(one.name), records, epoch)] if records else []
    return found


def _book(archive: zipfile.ZipFile, epoch: int) -> Book:
    book, names = Book(epoch=epoch), set(archive.namelist())
    if "xl/sharedStrings.xml" in names:
        with archive.open("xl/sharedStrings.xml") as source:
            book.strings = read_strings(source)
    if "xl/styles.xml" in names:
        with archive.open("xl/styles.xml") as source:
            book.date_styles = read_date_styles(source)
    return book


def _records(archive: zipfile.ZipFile, name: str, book: Book) -> list[Record]:
    with archive.open(name) as source:
        return Cells(book).read(source)
