"""Odd spreadsheets by the hundred, the same on every run: what is wrong with each is drawn from its number."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from openpyxl import Workbook

from concordat.imports.tests.making import ALDERMOOR, KESTREL
from concordat.imports.tests.reading_samples import as_csv, saved

HEADINGS = [
    ["Prisoner No.", "Family name", "Given names", "Birth date", "Prison", "Service requested"],
    ["Gefangenennummer", "Nachname", "Vorname", "Geburtsdatum", "Anstalt", "Maßnahme"],
    ["رقم السجين", "اسم العائلة", "الاسم الأول", "تاريخ الميلاد", "السجن", "الخدمة المطلوبة"],
    ["Numéro", "Nom", "Prénom", "Date de naissance", "Établissement", "Prestation"],
]
ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "windows-1256", "windows-1251",
    "utf-7", "cp037", "shift_jis",
]  # fmt: skip
ODD: list[Any] = [
    "", " ", "\u00a0", "-", "?",
    "#REF!", "#N/A", "=1+1", "=cmd|' /C calc'!A0", "'=x", "@x", "\x07", "\u202eabc", "\ufeff",
    "\ufffd", "a" * 500, "x\ny", 'say "x"', "1e309", "1.7E+12", "007", "٠١٢٣", "𝔘𝔫𝔦", "é", "e\u0301", "TRUE", "null",
    "31.02.1990", "03/04/1990", "04/13/1990", "1990-04-23T00:00:00", "23 avril 1990", "32966", "99999", "12:30", "0",
    "1899-12-31", "9999-12-31", "٢٣/٠٤/١٩٩٠", "Total", "Prison", "Haddad, Samir", "<b>x</b>", "_x000D_", "\u200f",
]  # fmt: skip
TYPED: list[Any] = [
    *ODD, None, 0, -1, 1.5, 1e300, 10**17, True, date(1990, 4, 23), datetime(1990, 4, 23, 13, 5), time(9, 30),  # noqa: DTZ001
    timedelta(hours=30), "=SUM(A1:A9)", 32966, 1462,
]  # fmt: skip

Table = list[list[Any]]


def odd_file(seed: int) -> bytes:
    """Make one odd file."""
    random = Random(seed)
    table = _table(random, TYPED if seed % 2 else ODD)
    for _time in range(random.randint(0, 3)):
        random.choice(SHAPES)(table, random)
    data = _as_workbook(table, random) if seed % 2 else _as_text(table, random)
    return _damaged(data, random) if random.random() < 0.4 else data


def _table(random: Random, odd: list[Any]) -> Table:
    rows = [list(random.choice(HEADINGS))]
    for at in range(random.randint(0, 12)):
        born = date(1950, 1, 1) + timedelta(days=random.randint(0, 20_000))
        place = random.choice([ALDERMOOR, KESTREL, ALDERMOOR.upper(), "Northgate"])
        rows.append([f"F-{at}", "Haddad", "Samir", born.isoformat(), place, "Mentoring"])
    for row in rows[random.randint(0, 1) :]:
        for at in range(len(row)):
            if random.random() < 0.06:
                row[at] = random.choice(odd)
    return rows


def _repeat_heading(table: Table, random: Random) -> None:
    table.insert(random.randint(0, len(table)), list(table[0]))


def _double_names(table: Table, random: Random) -> None:
    table[0] = [random.choice(table[0]) for _cell in table[0]]


def _widen(table: Table, random: Random) -> None:
    for row in table:
        row.extend([random.choice(ODD)] * random.choice([0, 1, 3, 50, 250]))


def _narrow(table: Table, random: Random) -> None:
    for row in table:
        del row[random.randint(0, len(row)) :]


def _titles(table: Table, random: Random) -> None:
    table[:0] = [["Caseload", "", "2026"], [random.choice(ODD)], []][: random.randint(1, 3)]


def _groups(table: Table, _random: Random) -> None:
    table.insert(0, ["Person", "", "", "", "Stay", ""])


def _totals(table: Table, random: Random) -> None:
    table += [[], ["Total", "", "", "", "", str(random.randint(0, 99))]]


def _blank(table: Table, random: Random) -> None:
    for _time in range(random.randint(1, 30)):
        table.insert(random.randint(0, len(table)), [])


def _shuffle(table: Table, random: Random) -> None:
    random.shuffle(table)


SHAPES: list[Callable[[Table, Random], None]] = [
    _repeat_heading, _double_names, _widen, _narrow, _titles, _groups, _totals, _blank, _shuffle
]  # fmt: skip


def _as_text(table: Table, random: Random) -> bytes:
    rows = [["" if cell is None else str(cell) for cell in row] for row in table]
    separator, ending = random.choice(";;,\t|"), random.choice(["\r\n", "\n", "\r"])
    text = as_csv(rows, separator, "utf-8", ending).decode()
    return text.encode(random.choice([*ENCODINGS[:5], *ENCODINGS]), "replace")


def _as_workbook(table: Table, random: Random) -> bytes:
    book = Workbook()
    for number in range(random.choice([1, 1, 1, 2, 3])):
        page = book.worksheets[0] if not number else book.create_sheet(f"Page {number}")
        for row in table:
            page.append([_legal(cell) for cell in row])
        for _time in range(random.choice([0, 0, 2])):
            top, left = random.randint(1, 6), random.randint(1, 5)
            page.merge_cells(start_row=top, start_column=left, end_row=top + random.randint(0, 4), end_column=left + 1)
        page.sheet_state = random.choice(["visible", "visible", "visible", "hidden"]) if number else "visible"
    return saved(book)


def _legal(cell: Any) -> Any:  # noqa: ANN401 - whatever a cell may hold
    return "".join(char for char in cell if char >= " " or char in "\n\t") if isinstance(cell, str) else cell


def _damaged(data: bytes, random: Random) -> bytes:
    at = random.randint(0, max(0, len(data) - 1))
    how = random.randint(0, 4)
    if how == 0:
        return data[:at]
    if how == 1:
        return data[:at] + random.randbytes(random.randint(1, 40)) + data[at + 8 :]
    if how == 2:
        return data[:at] + data[at:] * 2
    if how == 3 and data.startswith(b"PK"):
        return _rewritten(data, random)
    return random.choice([b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"<html>", b'"', b"sep=;\r\n"]) + data


def _rewritten(data: bytes, random: Random) -> bytes:
    """Change some bytes inside one part of a workbook, which stays a whole archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        victim = random.choice(source.namelist())
        for name in source.namelist():
            part = source.read(name)
            if name == victim:
                at = random.randint(0, len(part))
                part = part[:at] + random.choice([b"", b"<c>", b'r="ZZZ9"', b"\xff", b"-1", b"</row>"]) + part[at + 5 :]
            target.writestr(name, part)
    return out.getvalue()
