"""From the bytes of an upload to a sheet. What the file is called decides nothing; its bytes do."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from concordat.imports.reading.delimited import MARKUP, read_delimited
from concordat.imports.reading.heading import MIN_NAMED
from concordat.imports.reading.headings import hits
from concordat.imports.reading.sentences import no_table, web_page
from concordat.imports.reading.sheet import MAX_BYTES, Cell, Sheet, Unreadable
from concordat.imports.reading.table import make_sheet
from concordat.imports.reading.text import cell_text, shorten
from concordat.imports.reading.workbook import Worksheet, read_workbook

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BINARY = (b"%PDF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"PK\x05\x06")


def read(data: bytes, filename: str, worksheet: str = "") -> Sheet:
    """Return the table in an uploaded file; raise Unreadable, with a sentence for the officer, where there is none.

    Of a workbook the worksheet of that name is read, else the one with most headings of a caseload.
    """
    _refuse_kind(data)
    sheet = _from_workbook(data, worksheet) if data.startswith(_ZIP) else _from_text(data)
    if not sheet.lines:
        raise Unreadable(_no_rows())
    return replace(sheet, filename=_name(filename))


def _refuse_kind(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file is larger than %(limit)s megabytes. Take out columns that are not needed, or split it.")
            % {"limit": MAX_BYTES // (1024 * 1024)}
        )
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if data.startswith(_OLD_OFFICE):
        raise Unreadable(
            _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")
        )
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(tuple(one.encode() for one in MARKUP)):
        raise Unreadable(web_page())
    if data.startswith(_BINARY):
        raise Unreadable(no_table())


def _from_text(data: bytes) -> Sheet:
    found = read_delimited(data)
    sheet = make_sheet(_cells(found.records()))
    return replace(sheet, separator=found.separator, encoding=found.encoding)


def _cells(records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, texts in records:
        yield number, list(texts)


def _from_workbook(data: bytes, wanted: str) -> Sheet:
    worksheets = read_workbook(data, wanted)
    if not worksheets:
        raise Unreadable(_("There is nothing in this workbook."))
    found = {one.name: _table(one) for one in worksheets}
    tables = {name: table for name, table in found.items() if isinstance(table, Sheet)}
    if not tables:
        raise next(one for one in found.values() if isinstance(one, Unreadable))
    known = {name: hits(table.heading) for name, table in tables.items()}
    chosen = max(known, key=lambda name: known[name])
    others = tuple(name for name in found if name != chosen)
    choices = tuple(name for name in tables if known[name] >= min(known[chosen], MIN_NAMED))
    return replace(tables[chosen], encoding="xlsx", worksheet=chosen, other_worksheets=others, choices=choices)


def _table(worksheet: Worksheet) -> Sheet | Unreadable:
    """Return the table on a worksheet, or why there is none."""
    try:
        table = replace(make_sheet(worksheet.records), epoch=worksheet.epoch)
    except Unreadable as refusal:
        return refusal
    return table if table.lines else Unreadable(_no_rows())


def _no_rows() -> str:
    return _("There are no rows below the names of the columns.")


def _name(filename: str) -> str:
    return shorten(cell_text(filename.replace("\\", "/").rsplit("/", 1)[-1]), 200)
