"""Lists as the world exports them: other alphabets, headings in two rows, merged cells, worksheets, cut ends."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from concordat.imports.reading import Field, Unreadable, guess, pack, read, unpack
from concordat.imports.reading.text import digits
from concordat.imports.tests.reading_samples import (
    HEADING,
    PERSON,
    as_csv,
    as_workbook,
    checked,
    person,
    saved,
    sheet_of,
)

ARABIC = ["رقم السجين", "اسم العائلة", "الاسم الأول", "تاريخ الميلاد", "السجن", "الخدمة المطلوبة"]
MOHAMMED = ["٠١٧", "حداد", "محمد", "٢٣/٠٤/١٩٩٠", "Northgate", "إرشاد"]


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_arabic_list_is_read_in_every_encoding_that_it_comes_in(encoding: str) -> None:
    row = [digits(cell) for cell in MOHAMMED] if encoding == "windows-1256" else MOHAMMED  # which has no Arabic digits
    sheet = read(as_csv([ARABIC, row], encoding=encoding), "x.csv")
    result = checked(sheet)
    assert set(guess(sheet).columns) >= {Field.SOURCE_IDENTIFIER, Field.FAMILY_NAME, Field.GIVEN_NAMES}
    values = result.rows[0].values
    assert (values.source_identifier, values.family_name, values.birth_date) == ("017", "حداد", date(1990, 4, 23))
    assert any("Look whether these are right" in said for said in sheet.in_words()) == (encoding == "windows-1256")


def test_french_beside_arabic_is_read_in_the_same_encoding() -> None:
    rows = [ARABIC, ["17", "حداد", "Hélène", "1990-04-23", *MOHAMMED[4:]]]
    assert read(as_csv(rows, encoding="windows-1256"), "x.csv").lines[0].cells[2] == "Hélène"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_sixteen_bits_without_their_mark_are_known_by_what_they_say(encoding: str) -> None:
    sheet = read(as_csv([HEADING, person(family_name="Müller")], encoding=encoding), "x.csv")
    assert (sheet.encoding, sheet.lines[0].cells[1]) == (encoding, "Müller")


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, bytes(400), b"a\0" * 3 + b"\0b" * 300])
def test_bytes_that_are_no_text_of_sixteen_bits_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, "x.csv")


def test_arabic_and_latin_digits_name_the_same_person() -> None:
    result = checked(sheet_of(person("A-١٧"), person("A-17", family_name="Other")))
    assert [row.number for row in result.wrong] == [2, 3]


# ---- headings in two rows --------------------------------------------------------------------------------------------

GROUPS = ["Person", "", "", "Stay", "", "Request"]
LOWER = ["No.", "Family name", "Given names", "Prison", "Arrival date", "Service"]


def test_a_row_of_groups_above_the_names_of_columns_is_no_heading_of_its_own() -> None:
    sheet = read(as_csv([["Caseload"], GROUPS, LOWER, ["A-1", "Haddad", "Samir", "Northgate", "2024-01-02", "x"]]), "x")
    assert sheet.heading[1:] == tuple(LOWER[1:])
    assert [line.number for line in sheet.lines] == [4]


def test_two_rows_make_one_heading_where_each_says_half() -> None:
    above = ["Prisoner", "Name", "", "Arrival", "Release", "Prison", "Service"]
    below = ["No.", "Family name", "Given names", "Date", "Date", "", ""]
    row = ["A-1", "Haddad", "Samir", "2024-01-02", "2027-01-02", "Northgate", "Mentoring"]
    sheet = read(as_csv([above, below, row]), "x.csv")
    assert sheet.heading == (
        "Prisoner No.", "Family name", "Given names", "Arrival Date", "Release Date", "Prison", "Service"
    )  # fmt: skip
    assert guess(sheet).columns[Field.RELEASE_DATE] == 4
    assert (sheet.heading_row, sheet.left_out.titles) == (2, ())


def test_a_group_for_somebody_else_keeps_its_columns_from_the_person() -> None:
    above = ["Prisoner", "", "Lawyer", "", "Stay", ""]
    below = ["Number", "Family name", "Family name", "Phone", "Prison", "Service"]
    sheet = read(as_csv([above, below, ["A-1", "Haddad", "Roy", "7", "Northgate", "x"]]), "x.csv")
    assert guess(sheet).columns[Field.FAMILY_NAME] == 1


def test_merged_cells_count_for_every_row_and_column_that_they_cover() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ["Prisoner No.", "Name", None, "Birth date", "Prison", "Service"],
        [None, "Family name", "Given names", None, None, None],
        ["A-1", "Haddad", "Samir", date(1990, 4, 23), "Northgate", "Mentoring"],
        ["A-2", "Roy", "Ana", date(1991, 4, 23), None, None],
        ["A-3", "Lind", "Ola", date(1992, 4, 23), "Südtor", None],
    ):
        page.append(row)
    for place in ("A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2", "E3:E4", "F3:F5"):
        page.merge_cells(place)
    result = checked(read(saved(book), "x.xlsx"))
    assert [(row.values.source_identifier, row.values.establishment) for row in result.rows] == [
        ("A-1", "place-1"), ("A-2", "place-1"), ("A-3", "place-2")
    ]  # fmt: skip
    assert {row.values.service_purpose for row in result.rows} == {"Mentoring"}


# ---- several worksheets ----------------------------------------------------------------------------------------------


def test_where_more_than_one_worksheet_holds_a_list_they_are_named_and_each_can_be_read() -> None:
    data = as_workbook([["Read me"], ["please"]], [HEADING, PERSON], [HEADING, person("A-18")])
    assert read(data, "x.xlsx").choices == ("List 2", "List 3")
    chosen = read(data, "x.xlsx", "List 3")
    assert (chosen.worksheet, chosen.lines[0].cells[0]) == ("List 3", "A-18")


def test_a_list_beside_notes_is_not_asked_about() -> None:
    notes = [["Legend", "Meaning"], ["x", "unknown"], ["y", "known"]]
    assert read(as_workbook(notes, [HEADING, PERSON]), "x.xlsx").choices == ("List 2",)


# ---- what came damaged -----------------------------------------------------------------------------------------------


def test_a_text_cut_off_in_the_middle_of_a_row_is_refused_with_the_row() -> None:
    data = as_csv([HEADING, *[person(f"A-{at}") for at in range(5)]])
    with pytest.raises(Unreadable, match="ends in the middle of row 6, so it was cut off"):
        read(data[: data.rindex(b";Northgate")], "x.csv")


def test_a_last_row_without_an_end_of_line_is_whole() -> None:
    data = as_csv([HEADING, *[person(f"A-{at}") for at in range(5)]])
    assert len(read(data.rstrip(), "x.csv").lines) == 5


def test_a_formula_without_its_result_is_wrong_and_not_empty() -> None:
    data = as_workbook([HEADING, [*PERSON[:1], "=B1", *PERSON[2:]]])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<f>B1</f>", b'<f t="shared" si="0"/>'))
    (wrong,) = checked(read(out.getvalue(), "x.xlsx")).wrong
    assert "holds a broken formula (#VALUE!)" in wrong.problems[0].sentence


@pytest.mark.parametrize("name", ["caseload.xlsx", "caseload.csv", "caseload.pdf", "caseload", ""])
def test_what_a_file_is_called_decides_nothing(name: str) -> None:
    for data in (as_csv([HEADING, PERSON]), as_workbook([HEADING, PERSON])):
        assert read(data, name).lines[0].cells == tuple(PERSON)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("<HTML><table><tr><td>Name</td></tr></table>".encode("utf-16"), "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
        (b"%PDF-1.7\n...", "not a table"),
        (as_workbook([HEADING, PERSON])[:-700], "damaged or protected"),
    ],
)
@pytest.mark.parametrize("name", ["caseload.xlsx", "caseload.csv"])
def test_a_file_that_lies_about_its_kind_is_told_for_what_it_is(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(data, name)


def test_a_sheet_that_was_packed_is_the_same_sheet() -> None:
    book = as_workbook([["Caseload"], [], HEADING, [*PERSON[:3], date(1990, 4, 23), *PERSON[4:]], ["Total", "1"]])
    for sheet in (read(book, "x.xlsx"), read(as_csv([HEADING, [*PERSON, "more"]]), "x.csv")):
        assert unpack(pack(sheet)) == sheet
    assert isinstance(read(book, "x.xlsx").lines[0].cells[3], date)


def test_the_most_rows_are_read_and_one_more_is_refused() -> None:
    rows = [[f"A-{at}", "Northgate", "x"] for at in range(50_001)]
    heading = ["Prisoner No.", "Prison", "Service"]
    assert len(read(as_csv([heading, *rows[:-1]]), "x.csv").lines) == 50_000
    with pytest.raises(Unreadable, match="more than 50000 rows"):
        read(as_csv([heading, *rows]), "x.csv")
