"""Real files end to end: however the other system wrote its list, the same people are loaded."""

from collections.abc import Sequence
from datetime import date

import pytest

from concordat.cases.models import Case, Identity, Placement
from concordat.core.errors import Refused
from concordat.demo.world import PRISON, named
from concordat.imports.models import Upload
from concordat.imports.reading import Order
from concordat.imports.tests.making import ALDERMOOR, KESTREL, bring_in_file, officer, sentences
from concordat.imports.tests.reading_samples import as_csv, as_workbook

pytestmark = pytest.mark.django_db

HEADING = ["Lfd.", "Anstalt", "Nachname", "Vorname", "Geburtsdatum", "Gefangenennummer", "Maßnahme", "Religion"]
MUELLER = ["1", ALDERMOOR, "Müller", "Jörg", "23.04.1990", "A-17", "Beratung", "x"]
HADDAD = ["2", KESTREL.upper(), "Haddad", "Samir", "13.05.1988", "A-18", "Mentoring", "y"]
TITLES: list[list[str]] = [["Justizvollzug", "", "", "Belegung"], ["Stand", "01.05.2026"], []]
TAIL: list[list[str]] = [[], HADDAD, ["Gesamt", "", "", "", "", "2"]]
ROWS: list[Sequence[object]] = [*TITLES, HEADING, MUELLER, HADDAD, *TAIL]
TYPED: list[Sequence[object]] = [
    *TITLES,
    HEADING,
    [*MUELLER[:4], date(1990, 4, 23), *MUELLER[5:]],
    [*HADDAD[:4], date(1988, 5, 13), *HADDAD[5:]],
]

FILES = {
    "comma": as_csv(ROWS, ","),  # type: ignore[arg-type]
    "semicolon": as_csv(ROWS, ";"),  # type: ignore[arg-type]
    "tab": as_csv(ROWS, "\t"),  # type: ignore[arg-type]
    "utf-8 with its mark": as_csv(ROWS, ";", "utf-8-sig"),  # type: ignore[arg-type]
    "windows-1252": as_csv(ROWS, ";", "windows-1252"),  # type: ignore[arg-type]
    "utf-16": as_csv(ROWS, "\t", "utf-16"),  # type: ignore[arg-type]
    "old line ends": as_csv(ROWS, ";", "utf-8", "\r"),  # type: ignore[arg-type]
    "workbook with text": as_workbook(ROWS),
    "workbook with dates": as_workbook([["Read", "me"]], TYPED),
}


@pytest.mark.parametrize("file", FILES)
def test_the_same_people_are_loaded_from_every_kind_of_file(file: str) -> None:
    with officer() as by:
        upload = bring_in_file(FILES[file], "caseload.dat", by=by)
        found = {
            (one.case.source_identifier, one.family_name, one.given_names, one.birth_date, one.case.service_purpose)
            for one in Identity.objects.filter(case__owner=PRISON, case__source_identifier__startswith="A-1")
        }
        assert found == {
            ("A-17", "Müller", "Jörg", date(1990, 4, 23), "Beratung"),
            ("A-18", "Haddad", "Samir", date(1988, 5, 13), "Mentoring"),
        }
        assert Placement.objects.get(case__source_identifier="A-18").place_id == named("kestrel")
        assert (upload.counts["new"], upload.counts["wrong"]) == (2, 0)


def test_what_is_no_person_is_counted() -> None:
    with officer() as by:
        counts = bring_in_file(FILES["semicolon"], "caseload.csv", by=by).counts
    assert (counts["titles"], counts["blank"], counts["totals"], counts["repeated"]) == (2, 2, 1, 1)


@pytest.mark.parametrize(
    ("order", "born"), [(Order.DAY_FIRST, date(1990, 4, 3)), (Order.MONTH_FIRST, date(1990, 3, 4))]
)
def test_dates_that_can_be_read_in_two_ways_are_read_as_the_officer_says(order: Order, born: date) -> None:
    data = as_csv([["Prisoner No.", "Born", "Prison", "Service"], ["A-1", "03/04/1990", ALDERMOOR, "Mentoring"]])
    with officer() as by:
        bring_in_file(data, "x.csv", by=by, orders={1: order})
        assert Identity.objects.get(case__source_identifier="A-1").birth_date == born


def test_the_wrong_rows_corrected_are_brought_in_like_any_file() -> None:
    wrong = [*MUELLER[:4], "31.02.1990", *MUELLER[5:]]
    with officer() as by:
        first = bring_in_file(as_csv([HEADING, wrong, HADDAD]), "x.csv", by=by)
        corrected = sentences(first).replace("31.02.1990", "23.04.1990").encode("utf-8-sig")
        second = bring_in_file(corrected, "wrong-rows.csv", by=by)
        assert (first.counts["new"], second.counts["new"], second.counts["wrong"]) == (1, 1, 0)
        assert Case.objects.filter(owner=PRISON, source_identifier__in=["A-17", "A-18"]).count() == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 x", "is not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
    ],
)
def test_of_a_file_that_cannot_be_read_nothing_is_kept(data: bytes, sentence: str) -> None:
    with officer() as by:
        with pytest.raises(Refused, match=sentence):
            bring_in_file(data, "x.csv", by=by)
        assert not Upload.objects.exists()
