"""CSV as it comes: any separator, three encodings, whatever the file is called; and what is refused, in words."""

import csv
import io
import time
import zipfile
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.imports.reading import Sheet, Unreadable, guess, read, wrong_rows
from concordat.imports.reading.sheet import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from concordat.imports.reading.text import cell_text
from concordat.imports.tests.reading_samples import (
    HEADING,
    PERSON,
    as_csv,
    as_workbook,
    checked_as_usual,
    person,
    quick,
)

TEXTS = ["Müller", "Jean-François", "Zoë; Ann", "a, b", 'the "boss"', "two\nlines", "d'Arc", "Ünal\tAyşe", "x", "= 1"]
WESTERN = [text for text in TEXTS if "ş" not in text]
cells = st.text(
    st.one_of(st.sampled_from(",;\t\"\n\r éحA7=-'"), st.characters(codec="utf-8", exclude_characters="\0")), max_size=8
)


def cells_of(sheet: Sheet) -> list[list[object]]:
    return [list(line.cells) for line in sheet.lines]


@pytest.mark.parametrize(
    ("separator", "encoding", "ending"),
    [
        *product(",;\t", ["utf-8", "utf-8-sig", "windows-1252"], ["\r\n", "\n", "\r"]),
        ("\t", "utf-16", "\r\n"),  # what a spreadsheet program calls “Unicode text”
    ],
)
def test_every_usual_csv_file_is_read(separator: str, encoding: str, ending: str) -> None:
    rows = [person(f"A-{at}", family_name=text) for at, text in enumerate(WESTERN)]
    sheet = read(as_csv([HEADING, *rows], separator, encoding, ending), "x.csv")
    assert sheet.separator == separator
    assert sheet.encoding == encoding.removesuffix("-sig")
    assert sheet.heading == tuple(HEADING)
    assert cells_of(sheet) == [[cell_text(cell) for cell in row] for row in rows]


@quick
@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5),
    separator=st.sampled_from(",;\t"),
    ending=st.sampled_from(["\r\n", "\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_whatever_the_cells_hold_they_are_read_as_written(
    rows: list[list[str]], separator: str, ending: str, quoting: int, encoding: str
) -> None:
    numbered = [[f"A-{at}", *row] for at, row in enumerate(rows)]
    out = io.StringIO(newline="")
    written = csv.writer(out, delimiter=separator, lineterminator="\r\n", quoting=quoting)  # type: ignore[arg-type]
    written.writerows([["Prisoner No.", "Family name", "Given names", "Prison"], *numbered])
    sheet = read(out.getvalue().replace("\r\n", ending).encode(encoding), "x.csv")
    assert cells_of(sheet) == [[cell_text(cell) for cell in row] for row in numbered]


def test_the_name_of_the_file_decides_nothing() -> None:
    data = as_csv([HEADING, PERSON])
    sheet = read(data, r"C:\Users\x\caseload.xlsx")
    assert cells_of(sheet) == [PERSON]
    assert sheet.filename == "caseload.xlsx"


def test_a_line_that_names_the_separator_is_followed_and_not_counted() -> None:
    sheet = read(b"sep=;\r\n" + as_csv([HEADING, PERSON]), "x.csv")
    assert (sheet.heading_row, sheet.lines[0].number) == (1, 2)


def test_the_separator_is_not_the_sign_that_is_most_frequent() -> None:
    rows = [person(f"A-{at}", family_name="Haddad, a, b, c, d, e, f") for at in range(5)]
    assert read(as_csv([HEADING, *rows]), "x.csv").separator == ";"


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them() -> None:
    rows = [["Caseload"], [], HEADING, person("A-1", family_name="two\nlines"), [], person("A-2")]
    sheet = read(as_csv(rows), "x.csv")
    assert [line.number for line in sheet.lines] == [4, 6]
    assert sheet.heading_row == 3


def test_a_spreadsheets_trick_to_keep_leading_zeros_is_understood() -> None:
    assert read(as_csv([HEADING, person('="00123"')]), "x.csv").lines[0].cells[0] == "00123"


@pytest.mark.parametrize(
    "data",
    [
        as_csv([HEADING, person(family_name="ИВАНОВ")], encoding="windows-1251"),
        as_csv([HEADING, person(family_name="Παπαδόπουλος")], encoding="windows-1253"),
        as_csv([HEADING, person(family_name="כהן")], encoding="windows-1255"),
        as_csv([HEADING, person(family_name="Иванов")], encoding="windows-1251"),
        as_csv([HEADING, person(family_name="Błażej")], encoding="windows-1250"),
        as_csv([HEADING, person(family_name="Gül", given_names="Ayşe")], encoding="windows-1254"),
        as_csv([HEADING, person(family_name="Zoé")]) + "Jörg;x;x;x;x;x".encode("windows-1252"),
        as_csv([HEADING, PERSON], encoding="utf-8-sig") + b"\xff",
        as_csv([HEADING, person(family_name="M\x81")], encoding="latin-1"),
    ],
)
def test_an_encoding_that_cannot_be_known_is_refused_and_not_guessed(data: bytes) -> None:
    with pytest.raises(Unreadable, match="Save it as “CSV UTF-8”"):
        read(data, "x.csv")


def test_letters_that_are_read_on_trust_are_shown_to_a_person() -> None:
    rows = [person("A-1", family_name="Müller"), person("A-2"), person("A-3", given_names="Zoë")]
    assert read(as_csv([HEADING, *rows], encoding="windows-1252"), "x.csv").in_words() == [
        "The file does not say how its letters are kept. Look whether these are right: “Müller”, “Zoë”."
    ]
    assert read(as_csv([HEADING, *rows]), "x.csv").in_words() == []


def an_archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
        (b"%PDF-1.7\n...", "not a table"),
        (b"\x89PNG\r\n\x1a\n", "not a table"),
        (b"Name;\0\0\0;x\n", "not a table"),
        (b"\xef\xbb\xbf  <html><table><tr><td>Name</td></tr></table>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "web page"),
        (an_archive("content.xml", "mimetype"), "OpenDocument"),
        (an_archive("word/document.xml"), "archive or a document"),
        (an_archive("xl/workbook.bin"), "xlsb"),
        (b"PK\x03\x04 this is no archive", "damaged or protected"),
        (b"Names\nHaddad\nSmith\n", "No columns were found"),
        (as_csv([HEADING]), "no rows below"),
        (as_csv([["A-1", "1990-04-23", "x"], ["A-2", "1991-04-23", "y"]]), "No row with the names of the columns"),
        (as_csv([HEADING, person("1"), person("2"), PERSON]) + b'"A-9;Haddad\r\nA-10;x\r\n', "row 5 is never closed"),
        (as_csv([HEADING, person(family_name="x" * 200_000)]), "Row 2 is too long"),
        (as_csv([HEADING, [*PERSON, *["x"] * MAX_COLUMNS]]), "more than 200 columns"),
        (as_csv([HEADING, *[[str(at), "x"] for at in range(MAX_ROWS + 1)]]), "more than 50000 rows"),
        (b"x" * (MAX_BYTES + 1), "larger than 20 megabytes"),
    ],
)  # fmt: skip
def test_what_is_no_table_or_too_large_is_refused_in_words(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(data, "caseload.csv")


@quick
@given(
    st.binary(max_size=60),
    st.integers(0, 10_000),
    st.sampled_from([as_csv([HEADING, PERSON]), as_workbook([HEADING, PERSON])]),
)
def test_any_bytes_give_a_table_or_a_sentence(noise: bytes, at: int, whole: bytes) -> None:
    """Broken anywhere, a file is read or refused in words, and what is read can be guessed and checked."""
    place = at % len(whole)
    for data in (noise, whole[:place] + noise + whole[place + len(noise) :]):
        sheet = read_or_sentence(data)
        if isinstance(sheet, str):
            assert sheet.endswith(".")
            continue
        assert set(guess(sheet).columns.values()) <= set(range(len(sheet.heading)))
        if len(sheet.heading) == len(HEADING):
            result = checked_as_usual(sheet)
            assert len(result.rows) + len(result.wrong) + len(result.repeated) == len(sheet.lines)


@pytest.mark.parametrize("piece", ["1", "(", "a ", "1.", "'", "=", ",", "١", "ü"])
def test_no_text_is_so_made_that_reading_it_takes_forever(piece: str) -> None:
    heading = [*HEADING, "Comment", "Languages", "Sex", "Release date"]
    rows = [[piece * (30_000 // len(piece)) + f"x{at}"] * len(heading) for at in range(3)]
    start = time.process_time()
    sheet = read(as_csv([heading, person(), *rows]), "x.csv")
    guess(sheet)
    wrong_rows(sheet, checked_as_usual(sheet))
    assert time.process_time() - start < 5


def read_or_sentence(data: bytes) -> Sheet | str:
    try:
        return read(data, "x")
    except Unreadable as refusal:
        return str(refusal)
