"""Dates: what is certain is read, what is open is asked, what cannot be is said in words. Nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from concordat.imports import reading
from concordat.imports.reading import DateQuestion, Field, Order, Style, examine
from concordat.imports.tests.reading_samples import (
    TODAY,
    as_workbook,
    checked,
    days,
    person,
    quick,
    saved,
    sheet_of,
)

APRIL_3 = date(1990, 4, 3)
births = st.dates(min_value=date(1930, 1, 1), max_value=date(2014, 12, 31))
separators = st.sampled_from([".", "/", "-", " ", ". "])


@pytest.mark.parametrize(
    "cell",
    [
        "1990-04-03", "1990/4/3", "1990.04.03.", "19900403", "1990-04-03T00:00:00", "1990-04-03 00:00:00.000",
        "1990-04-03T00:00:00Z", "1990-04-03T00:00:00+02:00",
        "3 April 1990", "3. April 1990", "3rd April 1990", "3rd of April, 1990", "3-Apr-1990", "03 APR 1990",
        "April 3, 1990",
        "Apr 3 1990", "1990-Apr-03", "3 avril 1990", "3 avr. 1990", "3.Apr.1990",
        "٣ أبريل ١٩٩٠", "3 نيسان 1990", "3 أفريل 1990", "١٩٩٠/٠٤/٠٣",
    ],
)  # fmt: skip
def test_a_date_that_can_mean_one_day_only_is_read(cell: str) -> None:
    assert days(Field.BIRTH_DATE, cell) == [APRIL_3]


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("1er août 1990", 8), ("1 décembre 1990", 12), ("1 févr. 1990", 2), ("1. März 1990", 3), ("1 Mrz 1990", 3),
        ("1. Jänner 1990", 1), ("1 Dez. 1990", 12), ("1 Sept 1990", 9), ("1 كانون الثاني 1990", 1),
        ("1 تشرين الأول 1990", 10), ("1 آب 1990", 8), ("1 جويلية 1990", 7), ("1 May 1990", 5), ("1 mai 1990", 5),
    ],
)  # fmt: skip
def test_months_are_read_in_four_languages(cell: str, month: int) -> None:
    assert days(Field.BIRTH_DATE, cell) == [date(1990, month, 1)]


@pytest.mark.parametrize("cell", ["03.04.1990", "03/04/1990", "3-4-1990", "03/04/1990 00:00:00", "٠٣/٠٤/١٩٩٠"])
def test_one_open_date_is_not_guessed(cell: str) -> None:
    (said,) = days(Field.BIRTH_DATE, cell)
    assert isinstance(said, str)
    assert "can be read in two ways" in said
    assert days(Field.BIRTH_DATE, cell, order=Order.DAY_FIRST) == [APRIL_3]
    assert days(Field.BIRTH_DATE, cell, order=Order.MONTH_FIRST) == [date(1990, 3, 4)]


def test_one_value_above_twelve_settles_the_column() -> None:
    assert days(Field.BIRTH_DATE, "03/04/1990", "25/12/1985") == [APRIL_3, date(1985, 12, 25)]
    assert days(Field.BIRTH_DATE, "04/03/1990", "12/25/1985") == [APRIL_3, date(1985, 12, 25)]


def test_the_answer_does_not_bend_what_the_column_itself_shows() -> None:
    assert days(Field.BIRTH_DATE, "03/04/1990", "25/12/1985", order=Order.MONTH_FIRST)[0] == APRIL_3


def test_the_question_names_the_column_and_shows_values_that_are_open() -> None:
    heading = ["No", "Prisoner No.", "Birth date"]
    rows = [["x", "A1", "05/05/1990"], ["x", "A2", "03/04/1990"], ["x", "A3", "01/02/1991"], ["x", "A4", "1991-02-01"]]
    sheet = reading.read(as_workbook([heading, *rows]), "list.xlsx")
    asked = reading.questions(sheet, reading.Mapping({Field.BIRTH_DATE: 2}))
    assert asked == (DateQuestion(2, ("03/04/1990", "01/02/1991"), (Order.DAY_FIRST, Order.MONTH_FIRST)),)
    assert not reading.questions(sheet, reading.Mapping({Field.BIRTH_DATE: 2}), {2: Order.DAY_FIRST})


def test_an_answer_that_the_column_does_not_allow_settles_nothing() -> None:
    heading = ["Prisoner No.", "Birth date"]
    sheet = reading.read(as_workbook([heading, ["A1", "03/04/1990"]]), "list.xlsx")
    assert reading.questions(sheet, reading.Mapping({Field.BIRTH_DATE: 1}), {1: Order.YEAR_FIRST})
    assert "two ways" in str(days(Field.BIRTH_DATE, "03/04/1990", order=Order.YEAR_FIRST)[0])


def test_day_and_month_that_are_the_same_ask_nothing() -> None:
    assert days(Field.BIRTH_DATE, "05/05/1990") == [date(1990, 5, 5)]


def test_a_day_that_cannot_be_proves_nothing_and_stops_no_question() -> None:
    assert examine(["45/13/1990", "03/04/1990"]).examples == ("03/04/1990",)
    assert "does not exist" in str(days(Field.BIRTH_DATE, "45/13/1990", "03/04/1990")[0])


def test_each_way_of_writing_in_a_column_stands_for_itself() -> None:
    """Dots with the day first prove nothing about slashes: the two may come from two systems."""
    dotted, slashed = days(Field.BIRTH_DATE, "25.12.1985", "03/04/1990")
    assert dotted == date(1985, 12, 25)
    assert "two ways" in str(slashed)


def test_a_column_that_mixes_both_orders_is_not_asked_about_because_no_answer_would_be_right() -> None:
    column = examine(["25/12/1985", "12/25/1985", "03/04/1990"])
    assert (column.style, column.examples) == (Style.MIXED, ())
    first, second, open_one = days(Field.BIRTH_DATE, "25/12/1985", "12/25/1985", "03/04/1990", order=Order.DAY_FIRST)
    assert first == second == date(1985, 12, 25)
    assert "holds both ways of writing" in str(open_one)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        ([], Style.NONE),
        (["tomorrow"], Style.NONE),
        (["1990-04-03", "3 April 1990"], Style.CERTAIN),
        (["05/05/1990"], Style.CERTAIN),
        (["25/12/1985", "03/04/1990"], Style.DAY_FIRST),
        (["12/25/1985", "03/04/1990"], Style.MONTH_FIRST),
        (["85-12-25", "90-04-03"], Style.YEAR_FIRST),
        (["03/04/1990"], Style.AMBIGUOUS),
    ],
)
def test_a_column_is_described_in_one_word(cells: list[str], style: Style) -> None:
    assert examine(cells).style is style


@quick
@given(day=births, separator=separators, pad=st.booleans())
def test_in_whatever_order_a_proven_column_gives_the_day(day: date, separator: str, pad: bool) -> None:  # noqa: FBT001
    numbers = [f"{day.day:02}", f"{day.month:02}"] if pad else [str(day.day), str(day.month)]
    proof = f"31{separator}12{separator}1980"
    written = separator.join([*numbers, str(day.year)])
    assert days(Field.BIRTH_DATE, proof, written)[1] == day
    written = separator.join([*reversed(numbers), str(day.year)])
    assert days(Field.BIRTH_DATE, f"12{separator}31{separator}1980", written)[1] == day


@quick
@given(st.lists(births.filter(lambda day: day.day <= 12), min_size=1, max_size=5), separators)
def test_a_column_in_which_every_value_could_be_both_is_always_asked_about(dates: list[date], separator: str) -> None:
    assume(any(day.day != day.month for day in dates))
    cells = [separator.join([f"{day:%d}", f"{day:%m}", f"{day:%Y}"]) for day in dates]
    column = examine(cells)
    assert column.style is Style.AMBIGUOUS
    assert column.choices == (Order.DAY_FIRST, Order.MONTH_FIRST)


@quick
@given(births, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y"]))
def test_certain_ways_of_writing_are_read_alone(day: date, style: str) -> None:
    assert days(Field.BIRTH_DATE, day.strftime(style)) == [day]


@pytest.mark.parametrize(
    "cell", ["31.02.1988", "1988-02-31", "31 February 1988", "29.02.1989", "00.04.1990", "45.13.1990"]
)
def test_a_day_that_does_not_exist_is_an_error_in_words(cell: str) -> None:
    (said,) = days(Field.BIRTH_DATE, cell)
    assert said == f"Birth date {cell} does not exist. Correct the day, the month or the year."


@pytest.mark.parametrize(
    "cell",
    ["yesterday", "1990", "04/1990", "03/04", "3/4/5/6", "03-04/1990", "1990-04-02T22:00:00Z", "3 Brumaire 1990", "?3"],
)
def test_what_is_no_date_is_an_error_that_says_how_to_write_one(cell: str) -> None:
    (said,) = days(Field.BIRTH_DATE, cell)
    assert said == f"Birth date {cell} cannot be read as a date. Write it as year-month-day, for example 1990-04-03."


@pytest.mark.parametrize(("order", "born"), [(Order.SINCE_1900, APRIL_3), (Order.SINCE_1904, date(1994, 4, 4))])
def test_a_number_by_which_a_spreadsheet_counts_days_is_read_once_somebody_says_from_when(
    order: Order, born: date
) -> None:
    assert days(Field.BIRTH_DATE, "32966", "٣٢٩٦٦", order=order) == [born, born]
    (said,) = days(Field.BIRTH_DATE, "32966")
    assert "can be read in two ways" in str(said)


@pytest.mark.parametrize(("epoch", "born"), [(1900, APRIL_3), (1904, date(1994, 4, 4))])
def test_a_workbook_says_itself_from_when_it_counts_days(epoch: int, born: date) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904 if epoch == 1904 else CALENDAR_WINDOWS_1900
    page = book.worksheets[0]
    page.append(["Prisoner No.", "Prison", "Service", "Birth date", "Release date"])
    page.append(["A-1", "Northgate", "Mentoring", 32966, 32966 + 16000])
    page["E2"].number_format = "dd/mm/yyyy"
    result = checked(reading.read(saved(book), "x.xlsx"))
    assert not result.questions
    values = result.rows[0].values
    assert (values.birth_date, values.release_date) == (born, born + timedelta(days=16000))


def test_a_number_of_five_digits_is_no_date_where_no_heading_says_so() -> None:
    sheet = sheet_of(*[person(str(32966 + at)) for at in range(4)])
    assert reading.guess(sheet).columns[Field.SOURCE_IDENTIFIER] == 0


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2026-05-02", "lies in the future"),
        ("1890-01-01", "more than 120 years ago"),
        ("1411-09-08", "more than 120 years ago"),
    ],
)
def test_a_birth_date_is_in_the_past_and_in_living_memory(cell: str, said: str) -> None:
    assert said in str(days(Field.BIRTH_DATE, cell)[0])


def test_a_release_date_that_only_means_never_is_refused() -> None:
    assert "is not between 1900 and 2100" in str(days(Field.RELEASE_DATE, "9999-12-31")[0])


@pytest.mark.parametrize("cell", ["", "-", "—", "n/a", "unknown", "unbekannt", "Non renseigné", "غير معروف"])
def test_a_date_that_is_not_stated_is_no_error(cell: str) -> None:
    assert days(Field.RELEASE_DATE, cell, "2030-01-01")[0] is None


@pytest.mark.parametrize(
    ("field", "cell", "day"),
    [
        (Field.BIRTH_DATE, "23/04/90", date(1990, 4, 23)),
        (Field.BIRTH_DATE, "23 Apr 05", date(2005, 4, 23)),
        (Field.BIRTH_DATE, "23-Apr-'90", date(1990, 4, 23)),
        (Field.SENTENCE_START, "23/04/71", date(1971, 4, 23)),
        (Field.RELEASE_DATE, "23/04/71", date(2071, 4, 23)),
        (Field.RELEASE_DATE, "23 April 24", date(2024, 4, 23)),
    ],
)
def test_a_year_of_two_digits_is_read_where_only_one_century_is_possible(field: Field, cell: str, day: date) -> None:
    assert days(field, cell) == [day]


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        (Field.BIRTH_DATE, "23 Apr 20"),  # six years old, or a hundred and six
        (Field.ARRIVED_ON, "23 Apr 45"),
        (Field.RELEASE_DATE, "23 Apr 95"),
    ],
)
def test_an_unclear_century_is_an_error_and_not_a_guess(field: Field, cell: str) -> None:
    assert "its century is unclear. Write all four digits." in str(days(field, cell)[0])


def test_two_digit_years_are_asked_about_where_the_year_may_come_first() -> None:
    column = examine(["24/05/17"])
    assert column.choices == (Order.DAY_FIRST, Order.YEAR_FIRST)
    assert days(Field.ARRIVED_ON, "24/05/17", order=Order.DAY_FIRST) == [date(2017, 5, 24)]
    assert days(Field.ARRIVED_ON, "24/05/17", order=Order.YEAR_FIRST) == [date(2024, 5, 17)]


@quick
@given(st.integers(0, 98 * 365), st.sampled_from(sorted(field for field in Field if field.is_date)))
def test_a_year_of_two_digits_never_becomes_another_year(back: int, field: Field) -> None:
    """Whatever is read is the true day, or nothing; a hundred years off would be the error nobody sees."""
    day = TODAY - timedelta(days=back)
    assume(field is not Field.RELEASE_DATE or day.year > TODAY.year - 40)  # nobody still here left 40 years ago
    (read,) = days(field, f"{day:%d %b %y}")
    assert read == day or "its century is unclear" in str(read)


def test_the_rule_for_short_years_can_be_told() -> None:
    assert "at least 10 and less than 100 years old" in reading.short_year_rule(Field.BIRTH_DATE)
    assert len({reading.short_year_rule(field) for field in Field if field.is_date}) == 3


def test_dates_of_a_workbook_need_no_reading() -> None:
    assert examine([date(1990, 4, 3)]).style is Style.CERTAIN


def test_dates_that_a_spreadsheet_program_has_probably_swapped_are_not_believed() -> None:
    """Opened in America, a list with the day first becomes dates up to the 12th, and text from the 13th on."""
    heading = ["Prisoner No.", "Prison", "Service", "Birth date"]
    swapped: list[list[object]] = [
        ["A1", "Northgate", "Mentoring", date(1990, 3, 4)],
        ["A2", "Northgate", "Mentoring", "23/04/1990"],
    ]
    sheet = reading.read(as_workbook([heading, *swapped]), "list.xlsx")
    result = reading.check(sheet, reading.guess(sheet), {}, {"Northgate": "1"}, today=TODAY)
    assert [row.values.birth_date for row in result.rows] == [date(1990, 4, 23)]
    assert "may have day and month swapped" in result.wrong[0].problems[0].sentence


def test_dates_among_texts_are_believed_where_a_day_above_twelve_shows_that_they_were_typed_as_dates() -> None:
    assert not examine([date(1990, 3, 4), date(1990, 3, 25), "23/04/1990"]).swapped
    assert not examine([date(1990, 3, 4), "23/04/1990", "03/04/1990"]).swapped
