"""The file of wrong rows goes back, is corrected and comes again; the same file again is known by its fingerprints."""

import csv
import io
import json
import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.imports.reading import (
    Field,
    Mapping,
    Order,
    Sheet,
    answers_from_json,
    check,
    fingerprint,
    guess,
    read,
    stated,
    wrong_rows,
)
from concordat.imports.tests.reading_samples import (
    HEADING,
    PERSON,
    PLACES,
    TODAY,
    as_csv,
    as_workbook,
    checked,
    checked_as_usual,
    person,
    quick,
    sheet_of,
)


def rows_of(data: bytes, separator: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def back(sheet: Sheet) -> list[list[str]]:
    return rows_of(wrong_rows(sheet, checked_as_usual(sheet)))


def test_only_wrong_rows_go_back_with_the_original_heading_and_what_is_wrong() -> None:
    sheet = sheet_of(PERSON, person("A-18", birth_date="31.02.1988"), person("A-19"))
    assert back(sheet) == [
        [*HEADING, "What is wrong"],
        [*person("A-18", birth_date="31.02.1988"),
         "Row 3: Birth date 31.02.1988 does not exist. Correct the day, the month or the year."],
    ]  # fmt: skip


@pytest.mark.parametrize(("separator", "written"), [(",", ","), (";", ";"), ("\t", ";")])
def test_the_file_has_its_mark_and_the_separator_of_the_source(separator: str, written: str) -> None:
    sheet = read(as_csv([HEADING, person(birth_date="x")], separator), "x.csv")
    data = wrong_rows(sheet, checked_as_usual(sheet))
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of(data, written)[1][:4] == ["A-17", "Haddad", "Samir", "x"]


def test_nothing_in_it_comes_alive() -> None:
    sheet = sheet_of(
        person("=1+1", family_name="\u200b@SUM(A1)", given_names="\t-2", birth_date="+x"),
        heading=["Prisoner No.", "Family name", "Given names", "Birth date", "Prison", "Service requested"],
    )
    assert back(sheet)[1][:4] == ["'=1+1", "'@SUM(A1)", "'-2", "'+x"]


@pytest.mark.parametrize("identifier", ["00123", "123456789012345", "12E5", "12/2021", "3-4"])
def test_identifiers_that_a_spreadsheet_would_rewrite_are_kept_as_text(identifier: str) -> None:
    sheet = sheet_of(person(identifier, birth_date="x"), person("B-1", birth_date="x"))
    data = wrong_rows(sheet, checked_as_usual(sheet))
    assert [row[0] for row in rows_of(data)[1:]] == [f"'{identifier}", "B-1"]
    assert read(data, "x.csv").lines[0].cells[0] == identifier


@pytest.mark.parametrize("identifier", ["A-17", "A" * 70, "123", "B/2021/7", "9" * 70])
def test_identifiers_come_back_to_the_letter(identifier: str) -> None:
    sheet = sheet_of(person(identifier, birth_date="x"), person("B-1", birth_date="x"))
    data = wrong_rows(sheet, checked_as_usual(sheet))
    assert read(data, "x.csv").lines[0].cells[0] == identifier
    assert rows_of(data)[1][0].startswith("'") is (len(identifier) > 40 and identifier.isdecimal())


def test_corrected_it_loads_and_the_extra_column_is_ignored() -> None:
    sheet = sheet_of(person("A-18", birth_date="31.02.1988"), person("A-19", establishment="Elsewhere"), PERSON)
    corrected = wrong_rows(sheet, checked_as_usual(sheet)).decode("utf-8-sig")
    corrected = corrected.replace("31.02.1988", "1988-02-28").replace('"Elsewhere"', '"Südtor"')
    again = read(corrected.encode("windows-1252"), "x.csv")
    assert again.heading == tuple(HEADING)
    result = checked(again)
    assert [row.values.source_identifier for row in result.rows] == ["A-18", "A-19"]
    assert result.wrong == ()


texts = st.text(
    st.one_of(st.sampled_from("=+-@,;'\"\t\n |A7ع\u200b"), st.characters(codec="utf-8", exclude_characters="\0")),
    max_size=8,
)


@quick
@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=4), st.sampled_from([",", ";", "\t"]))
def test_whatever_the_rows_hold_they_come_back_as_they_were(cells: list[list[str]], separator: str) -> None:
    rows = [[f"A-{at}", *pair, "nonsense", "Northgate", "Mentoring"] for at, pair in enumerate(cells)]
    sheet = read(as_csv([HEADING, *rows], separator), "x.csv")
    result = checked_as_usual(sheet)
    again = read(wrong_rows(sheet, result), "x.csv")
    assert again.heading == sheet.heading
    assert [line.cells for line in again.lines] == [line.cells for line in sheet.lines]


def test_a_row_with_too_many_cells_comes_back_whole() -> None:
    sheet = sheet_of(person("A-1"), person("A-2"), [*person("A-3"), "loose", "end"])
    assert back(sheet)[0] == [*HEADING, "", "", "What is wrong"]
    assert back(sheet)[1][:8] == [*person("A-3"), "loose", "end"]


def test_mistakes_can_be_had_without_the_rows_that_ask_for_nothing() -> None:
    sheet = sheet_of(person("A-1", birth_date="x"), person("A-2", service_purpose=""))
    result = checked_as_usual(sheet)
    assert [row[0] for row in rows_of(wrong_rows(sheet, result))[1:]] == ["A-1", "A-2"]
    assert [row[0] for row in rows_of(wrong_rows(sheet, result, only_mistakes=True))[1:]] == ["A-1"]


def test_columns_without_a_field_can_be_kept_out_of_it() -> None:
    sheet = sheet_of(
        [*person("A-1", birth_date="x"), "SECRET", "LOOSE"], PERSON, person("A-2"), heading=[*HEADING, "Religion"]
    )
    data = wrong_rows(sheet, checked_as_usual(sheet), only_mapped=True)
    assert rows_of(data)[0] == [*HEADING, "What is wrong"]
    assert b"SECRET" not in data
    assert b"LOOSE" not in data


def test_dates_of_a_workbook_go_back_as_year_month_day() -> None:
    sheet = read(as_workbook([HEADING, [*PERSON[:3], date(1990, 4, 23), "Elsewhere", "Mentoring"]]), "x.xlsx")
    assert back(sheet)[1][3] == "1990-04-23"


def test_the_same_row_has_the_same_fingerprint_however_it_is_written() -> None:
    data = [HEADING, person("A-1"), PERSON]
    one = checked(read(as_csv(data, ","), "x.csv")).rows[1]
    shuffled = [row[::-1] for row in (HEADING, person(birth_date="23.04.1990"))]
    other = checked(read(as_workbook([["Title"], [], *shuffled]), "y.xlsx")).rows[0]
    assert one.number != other.number
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "A-18"}, {"family_name": "Hadad"}, {"given_names": ""}, {"birth_date": "1990-04-24"},
        {"birth_date": ""},
        {"establishment": "Südtor"}, {"service_purpose": "Housing"}, {"family_name": "Samir", "given_names": "Haddad"},
    ],
)  # fmt: skip
def test_any_change_changes_the_fingerprint(change: dict[str, str]) -> None:
    one, other = (checked(sheet_of(row)).rows[0] for row in (PERSON, person(**change)))
    assert fingerprint(one) != fingerprint(other)


def test_a_birthday_changes_the_rules_and_not_the_fingerprint() -> None:
    sheet = sheet_of(person(birth_date="2008-05-02"))
    before, after = (check(sheet, guess(sheet), {}, PLACES, today=day).rows[0] for day in (TODAY, TODAY.replace(day=2)))
    assert (before.child_rules, after.child_rules) == (True, False)
    assert fingerprint(before) == fingerprint(after)


def test_the_fingerprint_is_the_same_in_every_version() -> None:
    """It is kept in the database: a change of it would make every row of every source look changed."""
    assert (
        fingerprint(checked(sheet_of(PERSON)).rows[0])
        == "380de5bd4785655fcd7a01fcd3bddeb7de3474ebd82ec0184700326611dc233e"
    )


def test_only_mapped_fields_are_said() -> None:
    sheet = sheet_of(PERSON)
    result = checked(sheet)
    assert Field.SEX not in stated(result.rows[0], result.mapping)
    assert stated(result.rows[0], result.mapping)[Field.FAMILY_NAME] == "Haddad"


def test_between_two_pages_bytes_mapping_and_answers_are_enough() -> None:
    data = as_csv([HEADING, person(birth_date="03/04/1990")])
    first = checked(read(data, "x.csv"), {3: Order.DAY_FIRST})
    kept = json.loads(json.dumps({"mapping": guess(read(data, "x.csv")).to_json(), "answers": {"3": "day_first"}}))
    answers = answers_from_json(kept["answers"])
    again = check(read(data, "x.csv"), Mapping.from_json(kept["mapping"]), answers, PLACES, today=TODAY)
    assert again.rows == first.rows


def test_five_thousand_rows_are_read_in_seconds() -> None:
    rng = random.Random(7)
    rows = [
        person(
            f"A-{at}", family_name=f"Müller {at}", birth_date=f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.1990"
        )
        for at in range(5_000)
    ]
    for data in (as_csv([HEADING, *rows]), as_workbook([HEADING, *rows])):
        start = time.process_time()
        sheet = read(data, "x")
        result = checked(sheet)
        wrong_rows(sheet, result)
        assert len({fingerprint(row) for row in result.rows}) == 5_000
        assert time.process_time() - start < 8
