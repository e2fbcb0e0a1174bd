"""Which column holds what: from the words of its heading in four languages, and from its values; never on a tie."""

import pytest

from concordat.imports.reading import Field, Mapping, Sheet, guess, refuse_mapping
from concordat.imports.reading.headings import matches
from concordat.imports.tests.reading_samples import HEADING, PERSON, person, sheet_of

F = Field


def guessed(heading: list[str], *rows: list[str], **lists: list[str]) -> dict[Field, str]:
    """Return, by field, the heading of the column that was guessed."""
    sheet = sheet_of(*rows, heading=heading)
    return {name: sheet.heading[column] for name, column in guess(sheet, **lists).columns.items()}


def test_an_english_list_is_understood_in_any_order() -> None:
    heading = [
        "Establishment",
        "DOB",
        "Surname",
        "First name(s)",
        "Offender ID",
        "Sex",
        "Release date",
        "Service requested",
    ]
    row = ["Northgate", "23/04/1990", "Haddad", "Samir", "A-17", "M", "01/06/2027", "Mentoring"]
    expected = {
        F.ESTABLISHMENT: "Establishment", F.BIRTH_DATE: "DOB", F.FAMILY_NAME: "Surname", F.GIVEN_NAMES: "First name(s)",
        F.SOURCE_IDENTIFIER: "Offender ID", F.SEX: "Sex", F.RELEASE_DATE: "Release date",
        F.SERVICE_PURPOSE: "Service requested",
    }  # fmt: skip
    assert guessed(heading, row) == expected
    assert guessed(heading[::-1], row[::-1]) == expected


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (
            ["Gefangenennummer", "Familienname", "Vornamen", "Geb.-Datum", "Geschlecht", "Sprachen", "JVA",
             "Aufnahme am", "Strafbeginn", "Entlassungsdatum", "Entlassungsart", "Gewünschte Leistung"],
            ["A-17", "Müller", "Jörg", "23.04.1990", "m", "Deutsch, Arabisch", "Südtor",
             "01.02.2024", "15.01.2024", "01.06.2027", "bedingt", "Begleitung"],
        ),
        (
            ["N° d'écrou", "Nom de famille", "Prénom(s)", "Né(e) le", "Sexe", "Langues parlées",
             "Établissement pénitentiaire",
             "Date d'arrivée", "Début de peine", "Date de libération", "Type de libération", "Prestation demandée"],
            ["A-17", "Benali", "Yacine", "23/04/1990", "H", "français et arabe", "Northgate",
             "01/02/2024", "15/01/2024", "01/06/2027", "conditionnelle", "Accompagnement"],
        ),
        (
            ["رقم النزيل", "اسم العائلة", "الاسم الأول", "تاريخ الميلاد", "الجنس", "اللغات", "السجن",
             "تاريخ الدخول", "تاريخ بداية الحكم", "تاريخ الإفراج", "نوع الإفراج", "الخدمة المطلوبة"],
            ["A-17", "حداد", "سمير", "23/04/1990", "ذكر", "العربية والفرنسية", "الشمالي",
             "15/02/2024", "15/01/2024", "20/06/2027", "مشروط", "إرشاد"],
        ),
    ],
)  # fmt: skip
def test_whole_lists_in_german_french_and_arabic_are_understood(heading: list[str], row: list[str]) -> None:
    order = [
        F.SOURCE_IDENTIFIER, F.FAMILY_NAME, F.GIVEN_NAMES, F.BIRTH_DATE, F.SEX, F.LANGUAGES, F.ESTABLISHMENT,
        F.ARRIVED_ON, F.SENTENCE_START, F.RELEASE_DATE, F.RELEASE_DATE_KIND, F.SERVICE_PURPOSE,
    ]  # fmt: skip
    assert guessed(heading, row, ["B-18", *row[1:]]) == dict(zip(order, heading, strict=True))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Birth date", F.BIRTH_DATE), ("date of birth", F.BIRTH_DATE), ("BIRTH_DATE", F.BIRTH_DATE),
        ("birthDate", F.BIRTH_DATE),
        ("Date of birth (DD/MM/YYYY)", F.BIRTH_DATE), ("D.O.B.", F.BIRTH_DATE),
        ("Prisoner's date of birth", F.BIRTH_DATE),
        ("Prisoner №", F.SOURCE_IDENTIFIER), ("Inmate  Nr.", F.SOURCE_IDENTIFIER),
        ("Numéro de dossier", F.SOURCE_IDENTIFIER),
        ("Name of establishment", F.ESTABLISHMENT), ("Current prison", F.ESTABLISHMENT), ("Sprache(n)", F.LANGUAGES),
        ("Name", F.FULL_NAME), ("Nom et prénoms", F.FULL_NAME), ("الاسم واللقب", F.FULL_NAME), ("Sex (m/f)", F.SEX),
        ("Reason for referral", F.SERVICE_PURPOSE), ("Type of release", F.RELEASE_DATE_KIND),
    ],
)  # fmt: skip
def test_a_heading_is_known_in_many_spellings(heading: str, field: Field) -> None:
    assert [name for name, match in matches(heading).items() if match.sure] == [field]


@pytest.mark.parametrize(
    "heading",
    [
        "Religion", "Nationality", "Nationalité", "Staatsangehörigkeit", "الجنسية", "الديانة", "Ethnic group",
        "Offence",
        "Straftat", "Risk score", "Mother's name", "Date of birth of spouse", "Lawyer", "Case worker name",
        "Previous prison",
        "Nom de la victime", "Name der Mutter", "اسم الأم", "Programme manager", "Last updated",
        "Place of birth", "Remarks", "",
    ],
)  # fmt: skip
def test_what_is_not_ours_to_know_or_about_somebody_else_is_no_field(heading: str) -> None:
    assert not [name for name, match in matches(heading).items() if match.sure]
    row = ["A-17", "1990-04-23", "Northgate"]
    assert heading not in guessed([*HEADING[:2], heading], [*row[:2], "x"], ["B-18", "y", "z"]).values()


@pytest.mark.parametrize(
    "whose", ["of spouse", "de la mère", "of next of kin", "of the lawyer", "(previous)", "des Kindes"]
)
def test_the_days_of_somebody_else_are_not_taken_for_the_persons_own(whose: str) -> None:
    row = ["A-17", "1990-04-23"]
    assert guessed(["Prisoner No.", f"Date of birth {whose}"], row, ["A-18", "1991-04-23"]) == {
        F.SOURCE_IDENTIFIER: "Prisoner No."
    }


def test_a_heading_with_more_words_is_guessed_with_a_warning() -> None:
    sheet = sheet_of(
        ["A-17", "1990-04-23"], ["A-18", "1991-04-23"], heading=["Prisoner No.", "Date of birth (verified)"]
    )
    assert guess(sheet).columns[F.BIRTH_DATE] == 1
    weak = sheet_of(["A-17", "Haddad"], ["A-18", "Smith"], heading=["Prisoner No.", "Family name at court"])
    assert (
        guess(weak).reasons[F.FAMILY_NAME]
        == "The heading “Family name at court” contains words for Family name. Look at the values."
    )


def test_columns_without_a_field_stay_out_of_the_mapping() -> None:
    sheet = sheet_of([*PERSON, "x", "y"], heading=[*HEADING, "Religion", "Nationality"])
    assert set(guess(sheet).columns.values()) == set(range(6))


def test_two_columns_that_may_be_the_same_field_are_left_to_the_officer() -> None:
    heading = ["Prisoner number", "Case number", "Prison"]
    sheet = sheet_of(["A-1", "C-7", "Northgate"], ["A-2", "C-9", "Northgate"], heading=heading)
    mapping = guess(sheet)
    assert F.SOURCE_IDENTIFIER not in mapping.columns
    assert mapping.reasons[F.SOURCE_IDENTIFIER] == (
        "More than one column may be Number in the source: “Prisoner number”, “Case number”. Choose one."
    )


def test_the_values_settle_what_the_headings_leave_open() -> None:
    heading = ["Prisoner number", "Release", "Release type"]
    row = ["A-1", "2027-06-01", "conditional"]
    assert guessed(heading, row)[F.RELEASE_DATE] == "Release"


@pytest.mark.parametrize(
    ("column", "value"), [("Birth date", "Northgate"), ("Prison", "1990-04-23"), ("Sex", "Mentoring")]
)
def test_a_heading_whose_values_speak_against_it_is_not_believed(column: str, value: str) -> None:
    sheet = sheet_of(["A-1", value], ["A-2", value], heading=["Prisoner number", column])
    mapping = guess(sheet)
    assert mapping.to_json() == {"source_identifier": 0}
    assert any(f"“{column}”" in reason and "values" in reason for reason in mapping.reasons.values())


def test_a_column_that_only_counts_the_rows_is_no_identifier() -> None:
    sheet = sheet_of(*(person(str(at)) for at in (1, 2, 3)), heading=["ID", *HEADING[1:]])
    mapping = guess(sheet)
    assert F.SOURCE_IDENTIFIER not in mapping.columns
    assert "only counts the rows" in mapping.reasons[F.SOURCE_IDENTIFIER]


def test_name_beside_given_names_is_the_family_name() -> None:
    row = ["A-17", "Müller", "Jörg"]
    assert guessed(["Aktenzeichen", "Name", "Vorname"], row) == {
        F.SOURCE_IDENTIFIER: "Aktenzeichen", F.FAMILY_NAME: "Name", F.GIVEN_NAMES: "Vorname"
    }  # fmt: skip
    assert guessed(["Aktenzeichen", "Name", "Haus"], row)[F.FULL_NAME] == "Name"


def test_values_speak_where_the_heading_does_not() -> None:
    heading = ["Prisoner number", "Haus", "Gruppe", "Bedarf"]
    rows = [["A-1", "Northgate", "m", "Mentoring"], ["A-2", "SÜDTOR", "w", "mentoring"]]
    known = guessed(heading, *rows, establishments=["Northgate", "Südtor"], purposes=["Mentoring"])
    assert known[F.ESTABLISHMENT] == "Haus"
    assert known[F.SEX] == "Gruppe"
    assert known[F.SERVICE_PURPOSE] == "Bedarf"
    assert F.ESTABLISHMENT not in guessed(heading, *rows)


def test_values_of_two_columns_that_fit_alike_decide_nothing() -> None:
    heading = ["Prisoner number", "From", "To"]
    rows = [["A-1", "Northgate", "Südtor"], ["A-2", "Südtor", "Northgate"]]
    assert F.ESTABLISHMENT not in guessed(heading, *rows, establishments=["Northgate", "Südtor"])


def test_there_is_a_reason_for_every_field() -> None:
    reasons = guess(sheet_of(PERSON)).reasons
    assert set(reasons) == set(Field)
    assert reasons[F.BIRTH_DATE] == "The heading “Birth date” means Birth date, and the values are dates."
    assert reasons[F.SEX] == "No heading means Sex."


def the_sheet() -> Sheet:
    return sheet_of(PERSON)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({F.SOURCE_IDENTIFIER: 0}, "Choose a column for: Establishment, What service is asked for."),
        ({F.SOURCE_IDENTIFIER: 0, F.ESTABLISHMENT: 4, F.SERVICE_PURPOSE: 9}, "is not in this file"),
        ({F.SOURCE_IDENTIFIER: 0, F.ESTABLISHMENT: 4, F.SERVICE_PURPOSE: -1}, "is not in this file"),
        ({F.SOURCE_IDENTIFIER: 0, F.ESTABLISHMENT: 4, F.SERVICE_PURPOSE: 4}, "“Prison” is chosen twice"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_in_words(columns: dict[Field, int], said: str) -> None:
    assert said in str(refuse_mapping(the_sheet(), Mapping(columns)))


def test_a_mapping_keeps_in_json() -> None:
    mapping = guess(the_sheet())
    assert refuse_mapping(the_sheet(), mapping) is None
    assert Mapping.from_json(mapping.to_json()).columns == mapping.columns
    with pytest.raises(ValueError, match="religion"):
        Mapping.from_json({"religion": 3})
