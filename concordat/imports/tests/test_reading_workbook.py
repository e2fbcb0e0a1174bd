"""Excel workbooks: cells with types, several worksheets, formulas, and files made to do harm."""

import io
import random
import re
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from concordat.imports.reading import Unreadable, read
from concordat.imports.reading.workbook import MAX_UNPACKED
from concordat.imports.tests.reading_samples import HEADING, PERSON, as_workbook, person, saved


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with one part rewritten, as no honest program writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_a_workbook_is_read_whatever_it_is_called() -> None:
    sheet = read(as_workbook([["Caseload 2026"], [], HEADING, PERSON]), "caseload.csv")
    assert sheet.heading == tuple(HEADING)
    assert [(line.number, list(line.cells)) for line in sheet.lines] == [(4, PERSON)]
    assert (sheet.separator, sheet.worksheet, sheet.encoding) == ("", "List 1", "xlsx")


def test_cells_with_types_become_dates_or_text() -> None:
    heading = ["Prisoner No.", "Family name", "Birth date", "Arrived on", "Cells", "Share", "Single", "Hour"]
    row = [12345, " Müller ", date(1990, 4, 23), datetime(2024, 5, 1, 13, 30), 4.0, 0.25, True, time(9, 30)]  # noqa: DTZ001
    (line,) = read(as_workbook([heading, row]), "x.xlsx").lines
    assert line.cells == ("12345", "Müller", date(1990, 4, 23), date(2024, 5, 1), "4", "0.25", "TRUE", "09:30:00")


def test_a_number_that_a_workbook_cannot_hold_is_seen_to_be_shortened() -> None:
    (line,) = read(as_workbook([HEADING, [1234567890123456789, *PERSON[1:]]]), "x.xlsx").lines
    assert line.cells[0] == "1.23456789012346E+18"


def test_the_worksheet_with_the_list_is_read_and_the_others_are_named() -> None:
    data = as_workbook([["Read me", "please"], ["This is", "a list"]], [HEADING, PERSON], [HEADING, person("A-18")])
    sheet = read(data, "x.xlsx")
    assert sheet.worksheet == "List 2"
    assert sheet.other_worksheets == ("List 1", "List 3")
    assert any("List 1, List 3" in sentence for sentence in sheet.in_words())


def test_a_hidden_worksheet_is_not_read() -> None:
    book = Workbook()
    hidden, shown = book.worksheets[0], book.create_sheet("Shown")
    hidden.sheet_state = "hidden"
    for page, number in ((hidden, "H-1"), (shown, "A-1")):
        page.append(HEADING)
        page.append(person(number))
    sheet = read(saved(book), "x.xlsx")
    assert [line.cells[0] for line in sheet.lines] == ["A-1"]
    assert sheet.other_worksheets == ()


def test_a_formula_counts_by_its_saved_result_and_else_as_the_text_that_it_is() -> None:
    data = as_workbook([HEADING, person(family_name="=1+1", given_names='=HYPERLINK("http://x.test","Samir")')])
    assert read(data, "x.xlsx").lines[0].cells[1:3] == ("=1+1", '=HYPERLINK("http://x.test","Samir")')
    with_result = changed(data, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    assert read(with_result, "x.xlsx").lines[0].cells[1] == "2"


def test_the_size_that_a_worksheet_claims_is_not_believed() -> None:
    data = as_workbook([HEADING, PERSON, person("A-18")])
    small = changed(data, "xl/worksheets/sheet1.xml", b'ref="A1:F3"', b'ref="A1:B2"')
    huge = changed(data, "xl/worksheets/sheet1.xml", b'ref="A1:F3"', b'ref="A1:XFD1048576"')
    assert read(small, "x").lines == read(huge, "x").lines == read(data, "x").lines


def test_a_row_number_beyond_any_workbook_is_refused_at_once() -> None:
    data = changed(as_workbook([HEADING, PERSON]), "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="999999999"')
    with pytest.raises(Unreadable, match="damaged"):
        read(data, "x.xlsx")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    data = as_workbook([HEADING, PERSON])
    bomb = changed(data, "xl/styles.xml", b"</styleSheet>", b" " * 5_000_000 + b"</styleSheet>")
    with pytest.raises(Unreadable, match="unpacks to far more"):
        read(bomb, "x.xlsx")


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused() -> None:
    data = as_workbook([HEADING, PERSON])
    vast = changed(data, "xl/styles.xml", b"</styleSheet>", random.Random(7).randbytes(1_000_000) + b" " * MAX_UNPACKED)
    with pytest.raises(Unreadable, match="unpacks to far more"):
        read(vast, "x.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_that_blow_up_are_refused(encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'.encode(encoding)
    out = io.BytesIO(as_workbook([HEADING, PERSON]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("docProps/custom.xml", bomb)
    with pytest.raises(Unreadable, match="damaged or protected"):
        read(out.getvalue(), "x.xlsx")


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 200 columns"):
        read(as_workbook([HEADING, [*PERSON, *["x"] * 200]]), "x.xlsx")


def test_a_workbook_cut_short_is_refused_in_words() -> None:
    data = as_workbook([HEADING, PERSON])
    for length in range(4, len(data), 500):
        with pytest.raises(Unreadable, match=re.compile("damaged|archive")):
            read(data[:length], "x.xlsx")


def test_parts_that_are_no_workbook_inside_are_refused_in_words() -> None:
    data = changed(as_workbook([HEADING, PERSON]), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData")
    with pytest.raises(Unreadable, match="damaged"):
        read(data, "x.xlsx")


def test_an_empty_workbook_says_so() -> None:
    with pytest.raises(Unreadable, match="There is nothing in this workbook"):
        read(as_workbook([]), "x.xlsx")
