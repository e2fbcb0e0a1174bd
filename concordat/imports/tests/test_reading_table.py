"""What of a file is the table: the heading is found, and what is no line is left out, counted and told."""

import pytest

from concordat.imports.reading import Sheet, read
from concordat.imports.tests.reading_samples import HEADING, PERSON, as_csv, as_workbook, person, sheet_of


def numbers(sheet: Sheet) -> list[int]:
    return [line.number for line in sheet.lines]


def test_the_heading_is_found_below_rows_of_title() -> None:
    titles = [["Prison Service", "", "", "Caseload"], ["As of", "01.05.2026"], ["Establishment:", "Northgate"], []]
    sheet = read(as_csv([*titles, HEADING, PERSON]), "x.csv")
    assert (sheet.heading, sheet.heading_row, numbers(sheet)) == (tuple(HEADING), 5, [6])
    assert sheet.left_out.titles == (1, 2, 3)


def test_a_heading_in_words_that_nobody_knows_is_the_first_full_row_without_numbers_and_dates() -> None:
    odd = ["Kenmerk", "Achternaam", "Voornaam", "Geboren", "Inrichting", "Aanvraag"]
    sheet = read(as_csv([["Lijst"], odd, PERSON, person("A-18")]), "x.csv")
    assert (sheet.heading, numbers(sheet)) == (tuple(odd), [3, 4])


def test_blank_rows_are_left_out_and_counted() -> None:
    sheet = read(as_csv([HEADING, [], PERSON, ["", " ", "\u00a0"], person("A-18"), [], []]), "x.csv")
    assert (numbers(sheet), sheet.left_out.blank) == ([3, 5], (2, 4))


@pytest.mark.parametrize(
    "row",
    [
        ["Total", "2"], ["", "Total: 2"], ["Gesamt", "", "", "2"], ["Summe", "2"], ["المجموع", "2"],
        ["Sous-total", "1", "1"],
        ["Grand total", "", "", "", "2", "100 %"], ["Gesamtzahl Gefangene: 2"], ["", "", "2", "17"], ["الإجمالي", "٢"],
    ],
)  # fmt: skip
def test_rows_that_sum_up_are_left_out_and_counted(row: list[str]) -> None:
    sheet = sheet_of(PERSON, person("A-18"), row)
    assert (numbers(sheet), sheet.left_out.totals) == ([2, 3], (4,))


@pytest.mark.parametrize(
    "row",
    [
        person(family_name="Total"),
        person(family_name="Summe"),
        ["17", "5", "3", "", "Northgate", ""],
        ["17", "5", "3", "1990-04-23", "", ""],
        ["17", "5", "3", "", "9", ""],
        ["Totalis", "Haddad"],
    ],
)
def test_a_person_is_not_taken_for_a_total(row: list[str]) -> None:
    assert numbers(sheet_of(person("A-18"), row)) == [2, 3]


def test_the_same_row_again_is_read_once_and_counted() -> None:
    sheet = sheet_of(PERSON, person("A-18"), PERSON, [f" {cell} " for cell in PERSON])
    assert (numbers(sheet), sheet.left_out.repeated) == ([2, 3], (4, 5))


def test_the_heading_again_on_every_printed_page_is_left_out() -> None:
    sheet = sheet_of(PERSON, HEADING, person("A-18"))
    assert (numbers(sheet), sheet.left_out.headings) == ([2, 4], (3,))


def test_short_rows_are_filled_up_and_surplus_cells_are_kept_apart() -> None:
    sheet = sheet_of(PERSON[:3], person("A-18"), person("A-19"), [*person("A-20"), "", "loose", "end"])
    assert sheet.lines[0].cells == (*PERSON[:3], "", "", "")
    assert [line.surplus for line in sheet.lines] == [(), (), (), ("loose", "end")]


def test_a_column_that_nobody_named_is_a_column_where_most_rows_fill_it() -> None:
    sheet = sheet_of([*PERSON, "x"], [*person("A-18"), "y"], person("A-19"))
    assert sheet.heading == (*HEADING, "")
    assert sheet.name(6) == "Column G"
    assert sheet.lines[0].surplus == ()


def test_what_was_left_out_is_told_in_words() -> None:
    sheet = read(as_csv([["Caseload"], HEADING, PERSON, [], PERSON, PERSON, ["Total", "1"]]), "x.csv")
    assert sheet.in_words() == [
        "1 row above the heading: 1.",
        "1 blank row: 4.",
        "1 row of totals: 7.",
        "2 rows that are the same as one above: 5, 6.",
    ]


def test_examples_show_what_a_column_holds() -> None:
    sheet = sheet_of(PERSON, person("A-18", family_name=""), person("A-19"), person("A-20", family_name="Smith"))
    assert sheet.examples(1) == ["Haddad", "Smith"]
    assert sheet.examples(0, limit=2) == ["A-17", "A-18"]


def test_a_workbook_gives_the_same_table_as_a_csv_file() -> None:
    rows = [["Caseload"], [], HEADING, PERSON, [], person("A-18"), PERSON, ["Total", "", "3"]]
    book, text = read(as_workbook(rows), "x"), read(as_csv(rows), "x")
    assert (book.heading, book.lines, book.left_out) == (text.heading, text.lines, text.left_out)


def test_empty_columns_at_the_left_keep_their_place() -> None:
    rows = [["", "", *HEADING], *[["", "", *person(f"A-{at}")] for at in range(3)]]
    sheet = read(as_workbook(rows), "x.xlsx")
    assert sheet.heading[:3] == ("", "", "Prisoner No.")
    assert sheet.name(0) == "Column A"
