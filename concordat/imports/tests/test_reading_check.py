"""Rows become clean values, or sentences that say what is wrong and what to do."""

from datetime import date

import pytest

from concordat.imports.reading import Field, Mapping, Order, Result, Sex, Values, check, guess, read
from concordat.imports.tests.reading_samples import (
    HEADING,
    PERSON,
    PLACES,
    TODAY,
    as_workbook,
    checked,
    person,
    sentences,
    sheet_of,
)


def with_column(name: str, *cells: str) -> Result:
    """Check a list with one more column, one row for each cell."""
    rows = [[*person(f"A-{at}"), cell] for at, cell in enumerate(cells)]
    return checked(sheet_of(*rows, heading=[*HEADING, name]))


def test_a_clean_row_has_typed_values_and_its_number_in_the_file() -> None:
    heading = [*HEADING, "Sex", "Languages", "Arrived on", "Sentence start", "Release date", "Release type", "Religion"]
    more = ["f", "Arabic; Französisch", "2024-02-01", "2024-01-15", "01.06.2027", "conditional", "x"]
    result = checked(sheet_of([*PERSON, *more], heading=heading), {10: Order.DAY_FIRST})
    (row,) = result.rows
    assert row.number == 2
    assert row.values == Values(
        source_identifier="A-17",
        family_name="Haddad",
        given_names="Samir",
        birth_date=date(1990, 4, 23),
        sex=Sex.FEMALE,
        languages=("ar", "fr"),
        establishment="place-1",
        arrived_on=date(2024, 2, 1),
        sentence_start=date(2024, 1, 15),
        release_date=date(2027, 6, 1),
        release_date_kind="conditional",
        service_purpose="Mentoring",
    )
    assert not row.child_rules


def test_every_line_comes_out_once() -> None:
    sheet = sheet_of(
        PERSON, person("A-18", birth_date="x"), person("A-19", service_purpose=""), person("A-18", birth_date="x ")
    )
    result = checked(sheet)
    numbers = [row.number for row in result.rows] + [row.number for row in result.wrong] + [*result.repeated]
    assert sorted(numbers) == [line.number for line in sheet.lines]


def test_a_column_that_is_not_mapped_leaves_no_trace() -> None:
    sheet = sheet_of([*PERSON, "SECRET"], [*person("A-18", birth_date="x"), "SECRET"], heading=[*HEADING, "Religion"])
    assert "SECRET" not in repr(checked(sheet))


@pytest.mark.parametrize(("missing", "said"), [
    ({"number": ""}, "The number in the source is missing. Rows are recognised by nothing else. Add it."),
    ({"number": "unknown"}, "The number in the source is missing. Rows are recognised by nothing else. Add it."),
    ({"establishment": ""}, "The establishment is missing. Add its name."),
    ({"establishment": "Nortgate"}, "“Nortgate” is not one of your establishments. Did you mean “Northgate”?"),
    ({"establishment": "Elsewhere"}, "“Elsewhere” is not one of your establishments. Write one of: Northgate, Südtor."),
    ({"birth_date": "31.02.1988"}, "Birth date 31.02.1988 does not exist. Correct the day, the month or the year."),
    ({"number": "1.23E+15"},
     "A spreadsheet program has shortened the number in the source to 1.23E+15. Export that column as text."),
    ({"family_name": "MÃ¼l"},
     "Family name “MÃ¼l” has letters that were damaged on the way. Export the list again as “CSV UTF-8”."),
    ({"family_name": "#REF!"}, "Family name holds a broken formula (#REF!). Correct it in the source."),
    ({"number": "A" * 81}, f"Number in the source is longer than 80 characters: “{'A' * 59}…”. Shorten it."),
])  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(missing: dict[str, str], said: str) -> None:
    result = checked(sheet_of(person("A-1"), person(**missing), person("A-3"), person("A-4")))
    assert sentences(result) == [said]
    assert [row.number for row in result.wrong] == [3]
    assert len(result.rows) == 3


def test_a_problem_names_its_column() -> None:
    result = checked(sheet_of(person(birth_date="1988-02-31", establishment="Elsewhere")))
    assert [problem.column for problem in result.wrong[0].problems] == [3, 4]


@pytest.mark.parametrize("nothing", ["", "-", "none", "Keine", "aucun", "لا", "n/a", "unknown"])
def test_a_person_for_whom_no_service_is_asked_is_not_loaded(nothing: str) -> None:
    result = checked(sheet_of(PERSON, person("A-18", service_purpose=nothing)))
    assert [row.values.source_identifier for row in result.rows] == ["A-17"]
    assert [row.number for row in result.asking_for_nothing] == [3]
    assert "this is no register" in sentences(result)[0]


def test_a_row_with_a_mistake_beside_is_more_than_asking_for_nothing() -> None:
    result = checked(sheet_of(person(service_purpose="", birth_date="1988-02-31")))
    assert len(result.wrong[0].problems) == 2
    assert result.asking_for_nothing == ()


def test_services_are_taken_from_a_list_where_there_is_one() -> None:
    sheet = sheet_of(person("A-1", service_purpose="MENTORING"), person("A-2", service_purpose="Mentorin"))
    result = checked(sheet, purposes={"Mentoring": "s-1", "Mentorat": "s-1"})
    assert [row.values.service_purpose for row in result.rows] == ["s-1"]
    assert sentences(result) == ["“Mentorin” is not a service that can be asked for. Did you mean “Mentoring”?"]


@pytest.mark.parametrize(
    ("cell", "child"),
    [
        ("", True),
        ("unknown", True),
        ("2008-05-02", True),
        ("2008-05-01", False),
        ("2015-01-01", True),
        ("1990-04-23", False),
    ],
)
def test_the_rules_for_children_apply_below_eighteen_and_in_doubt(cell: str, child: bool) -> None:  # noqa: FBT001
    (row,) = checked(sheet_of(person(birth_date=cell), person("A-18"))).rows[:1]
    assert row.child_rules is child


def test_without_a_column_of_birth_dates_everybody_is_a_child_to_the_rules() -> None:
    sheet = sheet_of(PERSON)
    columns = dict(guess(sheet).columns)
    del columns[Field.BIRTH_DATE]
    assert check(sheet, Mapping(columns), {}, PLACES, today=TODAY).rows[0].child_rules


def test_establishments_are_found_in_any_case_and_accent_but_never_half() -> None:
    rows = [
        person(f"A-{at}", establishment=name) for at, name in enumerate(["NORTHGATE", "Sudtor", " südtor ", "North"])
    ]
    result = checked(sheet_of(*rows))
    assert [row.values.establishment for row in result.rows] == ["place-1", "place-2", "place-2"]
    assert len(result.wrong) == 1


def test_a_name_that_two_establishments_share_is_not_guessed() -> None:
    sheet = sheet_of(person(establishment="NORTHGATE"))
    result = check(sheet, guess(sheet), {}, {"Northgate": "1", "North-gate": "2", "northgate": "3"}, today=TODAY)
    assert result.rows == ()


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("F", Sex.FEMALE), ("weiblich", Sex.FEMALE), ("W", Sex.FEMALE), ("أنثى", Sex.FEMALE), ("Féminin", Sex.FEMALE),
     ("m", Sex.MALE), ("H", Sex.MALE), ("männlich", Sex.MALE), ("ذكر", Sex.MALE), ("divers", Sex.OTHER),
     ("X", Sex.OTHER),
     ("", None), ("unbekannt", None)],
)  # fmt: skip
def test_sex_is_read_in_four_languages(cell: str, sex: Sex | None) -> None:
    assert with_column("Sex", cell, "m").rows[0].values.sex is sex


@pytest.mark.parametrize("cell", ["1", "2", "femal"])
def test_a_number_names_no_sex_because_systems_number_them_differently(cell: str) -> None:
    assert sentences(with_column("Sex", "f", "m", cell)) == [
        f"Sex “{cell}” is not known. Write female, male or other, or leave the cell empty."
    ]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Arabic", ("ar",)), ("arabe, français", ("ar", "fr")), ("Deutsch und Türkisch", ("de", "tr")),
        ("العربية والفرنسية", ("ar", "fr")),
        ("ar/fr", ("ar", "fr")), ("Dari; Farsi (fluent)", ("prs", "fa")), ("Kurmanji & Sorani", ("ku", "ckb")),
        ("English, English", ("en",)), ("Arabic French", ("ar", "fr")), ("Tigrinya", ("ti",)), ("-", ()),
    ],
)  # fmt: skip
def test_languages_become_codes_whatever_language_they_are_named_in(cell: str, codes: tuple[str, ...]) -> None:
    assert with_column("Languages", cell, "Arabic").rows[0].values.languages == codes


def test_a_language_that_nobody_knows_is_named() -> None:
    assert sentences(with_column("Languages", "Arabic", "English, Elbonian")) == [
        "Language “Elbonian” is not known. Write its English name, and a comma between two languages."
    ]


def test_names_are_kept_as_text_in_one_form_of_unicode() -> None:
    rows = [
        person("A-1", family_name="  Mu\u0308ller  "),
        person("A-2", family_name="=cmd|x"),
        person("A-3", family_name="Unknown"),
    ]
    rows.append(person("A-4", family_name="-"))
    assert [row.values.family_name for row in checked(sheet_of(*rows)).rows] == ["Müller", "=cmd|x", "Unknown", ""]


def test_text_that_a_spreadsheet_made_a_date_of_is_refused() -> None:
    sheet = read(as_workbook([HEADING, PERSON, [date(2024, 3, 1), *PERSON[1:]]]), "x.xlsx")
    (said,) = sentences(checked(sheet))
    assert said.startswith("Number in the source is the date 2024-03-01. A spreadsheet program may have made it;")


def test_a_row_with_more_cells_than_columns_is_wrong() -> None:
    result = checked(sheet_of(person("A-1"), person("A-2"), [*person("A-3"), "loose"]))
    assert [row.number for row in result.wrong] == [4]
    assert "has 1 cell more than there are columns" in sentences(result)[0]


def test_days_that_cannot_follow_each_other_are_wrong() -> None:
    heading = [*HEADING, "Sentence start", "Release date"]
    rows = [
        [*person("A-1"), "2024-01-15", "2023-06-01"],
        [*person("A-2", birth_date="2001-04-23"), "2001-01-15", "2027-06-01"],
    ]
    assert sentences(checked(sheet_of(*rows, heading=heading))) == [
        "Release date 2023-06-01 is before the sentence began on 2024-01-15. Correct one of the two.",
        "Sentence began 2001-01-15 is not after the birth date 2001-04-23. Correct one of the two.",
    ]


def test_the_same_identifier_with_other_content_is_wrong_in_both_rows() -> None:
    result = checked(sheet_of(person("A-1"), PERSON, person("A-17", family_name="Hadad")))
    assert [row.values.source_identifier for row in result.rows] == ["A-1"]
    assert sentences(result) == [
        "The number in the source A-17 is also in row 4, with other content. Keep the row that is right.",
        "The number in the source A-17 is also in row 3, with other content. Keep the row that is right.",
    ]


def test_asking_for_nothing_beside_a_row_that_asks_is_a_mistake() -> None:
    result = checked(sheet_of(PERSON, person(service_purpose="")))
    assert [row.number for row in result.wrong] == [2, 3]
    assert result.asking_for_nothing == ()


def test_a_wrong_row_does_not_hide_that_its_identifier_is_used_twice() -> None:
    result = checked(sheet_of(PERSON, person("A-17", birth_date="1988-02-31")))
    assert result.rows == ()
    assert [len(row.problems) for row in result.wrong] == [1, 2]


def test_the_same_person_twice_with_the_same_content_is_loaded_once() -> None:
    """Only what is mapped counts, and a date may be written in two ways."""
    heading = [*HEADING, "Row"]
    rows = [[*PERSON, "first"], [*person(birth_date="23 April 1990"), "second"]]
    result = checked(sheet_of(*rows, heading=heading))
    assert ([row.number for row in result.rows], result.repeated, result.wrong) == ([2], (3,), ())


def test_rows_match_on_the_identifier_alone_and_to_the_letter() -> None:
    result = checked(sheet_of(person("A-17"), person("a-17"), person("0017"), person("17")))
    assert [row.values.source_identifier for row in result.rows] == ["A-17", "a-17", "0017", "17"]


def test_an_open_question_stops_the_rows_it_concerns_and_no_others() -> None:
    sheet = sheet_of(
        person("A-1", birth_date="03/04/1990"), person("A-2", birth_date="1990-04-03"), person("A-3", birth_date="")
    )
    result = checked(sheet)
    assert [row.values.source_identifier for row in result.rows] == ["A-2", "A-3"]
    assert [question.column for question in result.questions] == [3]
    answered = checked(sheet, {3: Order.MONTH_FIRST})
    assert (answered.rows[0].values.birth_date, answered.questions) == (date(1990, 3, 4), ())


def test_a_mapping_that_cannot_work_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="Choose a column for"):
        check(sheet_of(PERSON), Mapping({Field.SOURCE_IDENTIFIER: 0}), {}, PLACES, today=TODAY)
