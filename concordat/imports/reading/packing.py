"""A sheet as bytes, so that what was read once need not be read again. A date stays a date."""

import json
import zlib
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from concordat.imports.reading.sheet import Cell, LeftOut, Line, Sheet

_PLAIN = [one.name for one in fields(Sheet) if one.name not in {"lines", "left_out"}]


def pack(sheet: Sheet) -> bytes:
    """Return a sheet as compressed JSON."""
    body = {name: getattr(sheet, name) for name in _PLAIN}
    body["left_out"] = asdict(sheet.left_out)
    body["lines"] = [(line.number, _packed(line.cells), _packed(line.surplus)) for line in sheet.lines]
    return zlib.compress(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 1
    )


def unpack(data: bytes) -> Sheet:
    """Return the sheet that was packed."""
    body: dict[str, Any] = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    lines = tuple(Line(number, _unpacked(cells), _unpacked(surplus)) for number, cells, surplus in body.pop("lines"))
    left_out = LeftOut(**{kind: tuple(rows) for kind, rows in body.pop("left_out").items()})
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
    return Sheet(lines=lines, left_out=left_out, **plain)


def _packed(cells: tuple[Cell, ...]) -> list[str | list[str]]:
    return [cell if isinstance(cell, str) else [cell.isoformat()] for cell in cells]


def _unpacked(cells: list[str | list[str]]) -> tuple[Cell, ...]:
    return tuple(cell if isinstance(cell, str) else date.fromisoformat(cell[0]) for cell in cells)
