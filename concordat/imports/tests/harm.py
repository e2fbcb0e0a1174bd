"""One file made to do harm, by its name: read it here and print what came of it and the most memory that it took."""

import io
import json
import os
import random
import re
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")

import django

HEADING = ["Prisoner No.", "Family name", "Given names", "Birth date", "Prison", "Service requested"]
KINDS = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BOOK = '<workbook xmlns:r="r"><sheets><sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'


def workbook(sheet: Iterable[str], strings: Iterable[str] = ("<sst/>",), more: bytes = b"") -> bytes:
    """Write a workbook part by part, with what no program would put in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", KINDS)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("docProps/noise.bin", more)  # so that it unpacks to less than a hundred times its size
        for name, pieces in (("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet)):
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece.encode())
    return out.getvalue()


def row_of(cells: Iterable[str]) -> str:
    written = (f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f"<row>{''.join(written)}</row>"


def sheet_of(rows: Iterable[str], after: str = "") -> Iterable[str]:
    yield "<worksheet><sheetData>"
    yield row_of(HEADING)
    yield from rows
    yield f"</sheetData>{after}</worksheet>"


def noise(size: int) -> bytes:
    return random.Random(3).randbytes(size)


def people() -> Iterable[list[str]]:
    for at in range(50_000):
        yield [f"A-{at:05}", f"Haddad-{at}", "سمير", f"19{at % 80 + 10}-04-{at % 28 + 1:02}", "Northgate", "Mentoring"]


def as_list() -> bytes:
    more = [f"Remark {at}" for at in range(20)]
    lines = [";".join([*HEADING, *more]), *(";".join([*row, *more]) for row in people())]
    return "\r\n".join(lines).encode()


def as_workbook() -> bytes:
    return workbook(sheet_of(map(row_of, people())))


FILES = {
    "zip bomb": lambda: workbook(sheet_of(["<!--" + " " * 1_000_000 + "-->"] * 150)),
    "huge XML": lambda: workbook(
        sheet_of(["<row>" + "<c><v>12345</v></c>" * 100 + "</row>"] * 80_000), more=noise(2_000_000)
    ),
    "shared strings": lambda: workbook(
        sheet_of([]), ["<sst>", *(f"<si><t>{at:07}</t></si>" for at in range(5_000_000)), "</sst>"], noise(1_500_000)
    ),
    "one long string a million times": lambda: workbook(
        sheet_of(["<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"] * 50_000),
        ["<sst><si><t>" + "x" * 32_000 + "</t></si></sst>"], noise(500_000),
    ),
    "half a million columns": lambda: (";".join(f"c{at}" for at in range(500_000)) + "\r\n").encode() * 3,
    "half a million columns of a workbook": lambda: workbook(
        sheet_of(["<row>" + "".join(f"<c><v>{at}</v></c>" for at in range(500_000)) + "</row>"])
    ),
    "a million cells a row": lambda: (";".join(["ab"] * 1900) + "\r\n").encode() * 3_500,
    "rows without end": lambda: workbook(sheet_of(["<row/>" * 1_000] * 20_000), more=noise(1_500_000)),
    "merged over everything": lambda: workbook(
        sheet_of(
            ["<row><c><v>1</v></c></row>"] * 20_000,
            "".join(f'<mergeCell ref="A{at}:A{at + 30_000}"/>' for at in range(2, 20_000)),
        ), more=noise(100_000),
    ),
    "quotation mark": lambda: (";".join(HEADING) + '\r\n"').encode() + b"a;b\r\n" * 3_900_000,
    "bytes without sense": lambda: noise(19_000_000),
    "the largest list": as_list,
    "the largest workbook": as_workbook,
}  # fmt: skip


def main(kind: str) -> None:
    django.setup()
    from concordat.imports import reading  # noqa: PLC0415 - needs the settings

    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"harm-{os.getpid()}"  # noqa: S108 - made in a child, read here
    if not os.fork():
        path.write_bytes(FILES[kind]())
        os._exit(0)
    os.wait()
    data, rows, sentence = path.read_bytes(), 0, ""
    path.unlink()
    try:
        sheet = reading.read(data, "caseload.xlsx")
        rows = len(sheet.lines)
        reading.check(reading.unpack(reading.pack(sheet)), reading.guess(sheet), {}, {"Northgate": "1"})
    except reading.Unreadable as refusal:
        sentence = str(refusal)
    megabytes = most_memory()
    print(json.dumps({"sentence": sentence, "rows": rows, "megabytes": megabytes, "size": len(data)}))  # noqa: T201


def most_memory() -> int:
    """Return the most memory that this program held, in megabytes; what forked it does not count, as in `ru_maxrss`."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) // 1024


if __name__ == "__main__":
    main(sys.argv[1])
