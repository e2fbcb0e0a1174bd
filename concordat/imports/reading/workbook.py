"""Excel workbooks (.xlsx), read without trusting them: packed sizes, entities and dimensions are checked first."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from concordat.imports.reading.sheet import MAX_CELL, MAX_COLUMNS, Cell, Unreadable
from concordat.imports.reading.text import cell_text

MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 100
MAX_PARTS = 2_000
MAX_HEIGHT = 1_048_576
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_EXACT_DIGITS = 15  # a workbook keeps numbers to this many; the rest are zeros
_ENTITY = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")

Record = tuple[int, list[Cell]]


@dataclass(frozen=True)
class Worksheet:
    """One visible worksheet of a workbook, with its rows."""

    name: str
    records: list[Record]


def read_workbook(data: bytes) -> list[Worksheet]:
    """Return the visible worksheets that hold anything; raise Unreadable where the file is not to be trusted."""
    try:
        has_formulas = _inspect(data)
        with warnings.catch_warnings(action="ignore"):
            return list(_worksheets(data, has_formulas=has_formulas))
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - zipfile and openpyxl raise whatever a broken file makes them stumble over
        raise Unreadable(_broken()) from None


def _inspect(data: bytes) -> bool:
    """Check what the archive would unpack to; say whether there are formulas in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        _check_kind({part.filename for part in parts})
        _check_size(parts, len(data))
        found = [_scan(archive, part) for part in parts if part.filename.endswith((".xml", ".rels"))]
    return any(found)


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


def _scan(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Refuse entities, which can blow up a small text; say whether the part holds a formula."""
    formulas, tail = False, b""
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            seen = tail + chunk
            if _ENTITY.search(seen):
                raise Unreadable(_broken())
            formulas = formulas or ("worksheets/" in part.filename and _FORMULA.search(seen) is not None)
            tail = seen[-64:]
    return formulas


def _worksheets(data: bytes, *, has_formulas: bool) -> Iterator[Worksheet]:
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if has_formulas else None
    for sheet in values.worksheets:
        if sheet.sheet_state == "visible" and (records := list(_records(sheet.title, values, formulas))):
            yield Worksheet(cell_text(sheet.title), records)


def _records(title: str, values: Workbook, formulas: Workbook | None) -> Iterator[Record]:
    """Yield the rows that hold anything. A formula whose result was never saved is kept as the text that it is."""
    rows = _rows(values[title])
    behind = _rows(formulas[title]) if formulas else None
    for number, row in enumerate(rows, 1):
        raw = row if behind is None else tuple(map(_or_formula, row, next(behind)))
        if number > MAX_HEIGHT:
            raise Unreadable(_broken())
        if raw.count(None) < len(raw):
            yield number, [_cell(value) for value in raw]


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - the stubs do not know the read-only worksheet
    sheet.reset_dimensions()  # they are the file's own claim
    return iter(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1))


def _or_formula(value: object, behind: object) -> object:
    if value is not None or behind is None:
        return value
    return str(getattr(behind, "text", behind))


def _cell(value: object) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.date()
        case date():
            return value
        case int() | float():
            return _number(value)
        case _:
            return _long_text(str(value))


def _number(value: float) -> str:
    """Return a number as written, a shortened one with its exponent, so that it is seen to be shortened."""
    if value != int(value):
        return repr(value)
    return str(int(value)) if abs(value) < 10**_EXACT_DIGITS else f"{value:.14E}"


def _long_text(text: str) -> str:
    if len(text) > MAX_CELL:
        raise Unreadable(_("A cell of this workbook holds more text than a cell can. Save the list again."))
    return cell_text(text)


def _broken() -> str:
    return _(
        "This workbook is damaged or protected. Open it, save it as .xlsx without a password, and upload that file."
    )
