"""Loading: what becomes of the rows, under the policies, as the officer."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from concordat.cases.models import Case, Identity, KeyDates, NameToken, Placement, Restriction
from concordat.cases.names import tokens
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.imports import actions, load
from concordat.imports.models import Outcome, Upload
from concordat.imports.plan import compare
from concordat.imports.reading import Order
from concordat.imports.tests.making import (
    ALDERMOOR,
    FULL_HEADING,
    HEADING,
    KESTREL,
    bring_in,
    confirmed,
    full,
    officer,
    person,
    sentences,
    stage,
)
from concordat.imports.tests.reading_samples import as_csv
from concordat.ledger.models import Subject

pytestmark = pytest.mark.django_db

TODAY = localdate()
ARRIVAL = [*HEADING, "Arrived on"]
RELEASE = [*HEADING, "Release date"]


def case_of(number: str) -> Case:
    return Case.objects.get(owner=PRISON, source_identifier=number)


def identity_of(number: str) -> Identity:
    return Identity.objects.get(case=case_of(number))


def stays(number: str) -> list[Placement]:
    return list(Placement.objects.filter(case=case_of(number)).order_by("starts_at"))


def born(years: int, *, days: int = 0) -> str:
    """Return the birth date of somebody who turned so many years old `days` ago."""
    day = TODAY - timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28)).isoformat()


# ---- new people ------------------------------------------------------------------------------------------------------


def test_a_new_person_gets_a_case_with_everything_that_the_file_says() -> None:
    with officer() as by:
        upload = bring_in(full(), by=by, heading=FULL_HEADING)
        case, (stay,), identity = case_of("A-17"), stays("A-17"), identity_of("A-17")
        assert case.reference.startswith("PS-")
        assert not set(case.working_code) & set("01IOLSBZ58")
        assert (case.service_purpose, case.child_rules) == ("Mentoring", False)
        assert (identity.family_name, identity.given_names, identity.sort_key) == ("Haddad", "Samir", "haddad samir")
        assert (identity.birth_date, identity.sex, identity.languages) == (
            date(1990, 4, 23),
            "male",
            ["Arabic", "French"],
        )
        dates = KeyDates.objects.get(case=case)
        assert (dates.sentence_start, dates.release_date) == (date(2024, 1, 15), date(2027, 6, 1))
        assert dates.release_date_kind == "conditional"
        assert (stay.place_id, stay.arrived_on, stay.ends_at) == (named("aldermoor"), date(2024, 2, 1), None)
        assert (stay.starts_at.date(), stay.from_source) == (date(2024, 2, 1), True)
        assert {token.token for token in NameToken.objects.filter(case=case)} == tokens("Haddad", "Samir")
        assert (upload.outcome, upload.counts["new"], upload.data) == (Outcome.LOADED, 1, None)


def test_of_what_a_file_does_not_say_there_is_no_record() -> None:
    with officer() as by:
        bring_in(["A-17", ALDERMOOR, "Mentoring"], by=by, heading=["Prisoner No.", "Prison", "Service requested"])
        case = case_of("A-17")
        assert case.child_rules
        assert not Identity.objects.filter(case=case).exists()
        assert not KeyDates.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("Haddad, Samir Ali", "Haddad", "Samir Ali"),
        ("Samir Haddad", "Samir Haddad", ""),
        ("حداد، سمير", "حداد", "سمير"),
    ],
)
def test_a_whole_name_is_taken_apart_at_a_comma_only(written: str, family: str, given: str) -> None:
    heading = ["Prisoner No.", "Full name", "Prison", "Service requested"]
    with officer() as by:
        bring_in(["A-17", written, ALDERMOOR, "Mentoring"], by=by, heading=heading)
        assert (identity_of("A-17").family_name, identity_of("A-17").given_names) == (family, given)


@pytest.mark.requirement("PP-16")
@pytest.mark.parametrize(
    ("birth_date", "child"), [("", True), (born(17), True), (born(18, days=3), False), (born(40), False)]
)
def test_without_a_birth_date_or_below_18_the_rules_for_children_apply(birth_date: str, child: bool) -> None:  # noqa: FBT001 - what the table says
    with officer() as by:
        bring_in(person(birth_date=birth_date), person("A-18"), by=by)
        assert case_of("A-17").child_rules is child


def test_codes_and_references_are_unlike_those_that_are_taken() -> None:
    with officer() as by:
        bring_in(*[person(f"A-{at}") for at in range(120)], by=by)
        cases = list(Case.objects.filter(owner=PRISON))
        assert len({case.working_code for case in cases}) == len({case.reference for case in cases}) == len(cases)


def test_people_without_a_stated_service_are_not_loaded() -> None:
    with officer() as by:
        upload = bring_in(
            person("A-1"), person("A-2", service_purpose=""), person("A-3", service_purpose="none"), by=by
        )
        assert (upload.counts["new"], upload.counts["without_service"], upload.counts["wrong"]) == (1, 2, 0)
        assert upload.wrong is None
        assert not Case.objects.filter(source_identifier__in=["A-2", "A-3"]).exists()


def test_text_that_looks_like_a_formula_is_kept_as_text_and_goes_back_dead() -> None:
    with officer() as by:
        upload = bring_in(
            person("A-1", family_name="=cmd|x"), person("A-2", family_name="@SUM(A1)", birth_date="x"), by=by
        )
        assert identity_of("A-1").family_name == "=cmd|x"
        assert "'@SUM(A1)" in sentences(upload)
        assert '"@SUM' not in sentences(upload)


# ---- what is wrong ---------------------------------------------------------------------------------------------------


def test_what_is_right_is_loaded_and_what_is_wrong_goes_back() -> None:
    rows = [
        person("A-1"), person("A-2", establishment="Northgate"), person("A-3", birth_date="1990-02-31"),
        person("A-4"), person("A-4", family_name="Other"), person(""),
    ]  # fmt: skip
    with officer() as by:
        upload = bring_in(*rows, by=by)
        assert (upload.counts["new"], upload.counts["wrong"]) == (1, 5)
        said = sentences(upload)
        assert f"“Northgate” is not one of your establishments. Write one of: {ALDERMOOR}, {KESTREL}." in said
        assert "Birth date 1990-02-31 does not exist" in said
        assert "is also in row 6, with other content" in said
        assert "The number in the source is missing" in said


def test_an_arrival_in_the_future_is_not_loaded_before_it_has_happened() -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    with officer() as by:
        upload = bring_in([*person("A-1"), tomorrow], [*person("A-2"), TODAY.isoformat()], by=by, heading=ARRIVAL)
        assert (upload.counts["new"], upload.counts["wrong"]) == (1, 1)
        assert f"Arrived on {tomorrow} lies in the future. A transfer is loaded once it has happened." in sentences(
            upload
        )


def test_a_name_that_no_field_can_hold_is_wrong() -> None:
    heading = ["Prisoner No.", "Full name", "Prison", "Service requested"]
    with officer() as by:
        upload = bring_in(["A-1", "x" * 121, ALDERMOOR, "Mentoring"], by=by, heading=heading)
        assert "Full name has a part longer than 120 characters. Shorten it." in sentences(upload)


def test_a_person_whom_the_officer_may_not_see_is_not_loaded_and_the_others_are() -> None:
    """A restriction names the officer: the case is hidden from them, so to them the row looks new."""
    with officer() as by:
        bring_in(person("A-1"), by=by)
        case = case_of("A-1")
    with acting("pat") as by:
        Restriction.objects.create(
            owner_id=PRISON, case=case, membership_id=named("ines"), ground="Related", created_by=by
        )
    with officer() as by:
        upload = bring_in(person("A-1", family_name="Changed"), person("A-2"), by=by)
        assert (upload.counts["new"], upload.counts["wrong"]) == (1, 1)
        assert "You may not load this row. Give it to your data protection officer." in sentences(upload)
        assert case_of("A-2").service_purpose == "Mentoring"
    with acting("pat"):
        assert identity_of("A-1").family_name == "Haddad"


# ---- people who are there already ------------------------------------------------------------------------------------


def test_a_changed_row_updates_what_changed() -> None:
    with officer() as by:
        bring_in(full(), by=by, heading=FULL_HEADING)
        before = case_of("A-17")
        more = ["f", "Arabic", "2024-02-01", "2024-01-15", "2028-01-01", "conditional"]
        upload = bring_in(full(more=more, family_name="Haddād", service_purpose="Housing"), by=by, heading=FULL_HEADING)
        identity, case = identity_of("A-17"), case_of("A-17")
        assert (identity.family_name, identity.sex, identity.languages) == ("Haddād", "female", ["Arabic"])
        assert (case.service_purpose, case.pk, case.reference) == ("Housing", before.pk, before.reference)
        assert KeyDates.objects.get(case=case).release_date == date(2028, 1, 1)
        assert (upload.counts["new"], upload.counts["changed"], upload.counts["transfers"]) == (0, 1, 0)


def test_a_changed_name_is_found_under_its_new_words_only() -> None:
    with officer() as by:
        bring_in(person(), by=by)
        bring_in(person(family_name="Okonkwo"), by=by)
        found = {token.token for token in NameToken.objects.filter(case=case_of("A-17"))}
        assert (found, identity_of("A-17").sort_key) == (tokens("Okonkwo", "Samir"), "okonkwo samir")


def test_an_emptied_cell_empties_the_field_and_a_missing_column_does_not() -> None:
    with officer() as by:
        bring_in([*person(), "2027-06-01"], by=by, heading=RELEASE)
        bring_in(person(given_names=""), person("A-18"), by=by)
        assert identity_of("A-17").given_names == ""
        assert KeyDates.objects.get(case=case_of("A-17")).release_date == date(2027, 6, 1)
        bring_in([*person(given_names=""), ""], [*person("A-18"), "2027-06-02"], by=by, heading=RELEASE)
        assert KeyDates.objects.get(case=case_of("A-17")).release_date is None
        assert KeyDates.objects.get(case=case_of("A-18")).release_date == date(2027, 6, 2)


def test_what_somebody_edited_here_stays_and_the_rest_follows_the_file() -> None:
    with officer() as by:
        bring_in(full(), by=by, heading=FULL_HEADING)
        case = case_of("A-17")
    with acting("pat"):
        for rows, values in (
            (Identity.objects.filter(case=case), {"family_name": "Haddad-Roy", "edited": ["family_name"]}),
            (KeyDates.objects.filter(case=case), {"release_date": date(2029, 1, 1), "edited": ["release_date"]}),
            (Case.objects.filter(pk=case.pk), {"service_purpose": "Family support", "edited": ["service_purpose"]}),
        ):
            assert rows.update(**values) == 1
    more = ["m", "Arabic; French", "2024-02-01", "2024-01-20", "2030-06-01", "conditional"]
    with officer() as by:
        row = full(more=more, family_name="Hadad", given_names="Sami", service_purpose="Housing")
        upload = bring_in(row, by=by, heading=FULL_HEADING)
        identity, dates = identity_of("A-17"), KeyDates.objects.get(case=case)
        assert (identity.family_name, identity.given_names) == ("Haddad-Roy", "Sami")
        assert (dates.release_date, dates.sentence_start) == (date(2029, 1, 1), date(2024, 1, 20))
        assert case_of("A-17").service_purpose == "Family support"
        assert (upload.counts["changed"], upload.counts["kept"]) == (1, 1)


def test_the_rules_for_children_follow_the_birth_date_that_stands_here() -> None:
    with officer() as by:
        bring_in(person("A-1", birth_date=born(17)), person("A-2", birth_date=born(17)), by=by)
        kept = case_of("A-1")
    with acting("pat"):
        assert Identity.objects.filter(case=kept).update(edited=["birth_date"]) == 1
    with officer() as by:
        bring_in(person("A-1"), person("A-2"), by=by)
        assert case_of("A-1").child_rules
        assert not case_of("A-2").child_rules


def test_nobody_is_deleted_or_changed_by_absence() -> None:
    with officer() as by:
        bring_in(person("A-1"), person("A-2"), by=by)
        upload = bring_in(person("A-2"), by=by)
        assert case_of("A-1").closed_at is None
        assert [stay.ends_at for stay in stays("A-1")] == [None]
        assert upload.counts["unchanged"] == 1


def test_a_closed_case_stays_closed_and_as_it_is() -> None:
    with officer() as by:
        bring_in(person(), by=by)
    with acting("pat"):
        assert Case.objects.filter(source_identifier="A-17").update(closed_at=now()) == 1
    with officer() as by:
        upload = bring_in(person(family_name="Changed", establishment=KESTREL), by=by)
        assert (identity_of("A-17").family_name, case_of("A-17").closed_at is None) == ("Haddad", False)
        assert len(stays("A-17")) == 1
        assert upload.counts["closed"] == 1


def test_people_are_recognised_by_the_number_in_the_source_of_their_organisation_alone() -> None:
    with acting("cora"):
        other = Case.objects.create(
            owner_id=LANTERN, reference="LM-9", working_code="9X", service_purpose="Housing", source_identifier="A-17"
        )
    with officer() as by:
        bring_in(person("A-17"), person("A-18"), by=by)  # the same words under two numbers are two people
        assert case_of("A-17").pk not in {other.pk, case_of("A-18").pk}
        assert case_of("A-17").owner_id == PRISON


# ---- transfers -------------------------------------------------------------------------------------------------------


def test_a_changed_establishment_is_a_transfer_with_its_history() -> None:
    with officer() as by:
        bring_in([*person(), "2024-02-01"], by=by, heading=ARRIVAL)
        upload = bring_in([*person(establishment=KESTREL), "2025-03-01"], by=by, heading=ARRIVAL)
        old, new = stays("A-17")
        assert (old.place_id, old.starts_at.date(), old.ends_at) == (
            named("aldermoor"),
            date(2024, 2, 1),
            new.starts_at,
        )
        assert (new.place_id, new.starts_at.date(), new.ends_at) == (named("kestrel"), date(2025, 3, 1), None)
        assert upload.counts["transfers"] == 1


@pytest.mark.parametrize("arrived", ["", "2023-01-01"])
def test_a_transfer_without_a_day_that_fits_is_one_of_today(arrived: str) -> None:
    with officer() as by:
        bring_in([*person(), "2024-02-01"], by=by, heading=ARRIVAL)
        bring_in([*person(establishment=KESTREL), arrived], by=by, heading=ARRIVAL)
        old, new = stays("A-17")
        assert old.ends_at == new.starts_at
        assert new.starts_at.date() == now().date()


def test_a_corrected_day_of_arrival_is_no_transfer() -> None:
    with officer() as by:
        bring_in([*person(), "2024-02-01"], by=by, heading=ARRIVAL)
        bring_in([*person(), "2024-02-03"], by=by, heading=ARRIVAL)
        assert [stay.arrived_on for stay in stays("A-17")] == [date(2024, 2, 3)]


def test_a_place_entered_here_is_kept_until_the_source_says_something_new() -> None:
    with officer() as by:
        bring_in(person(), by=by)
        case = case_of("A-17")
    with acting("pat") as by:
        moved = now()
        assert Placement.objects.filter(case=case).update(ends_at=moved) == 1
        Placement.objects.create(owner_id=PRISON, case=case, created_by=by, place_id=named("kestrel"), starts_at=moved)
    with officer() as by:
        upload = bring_in(person(), by=by)
        assert (upload.counts["unchanged"], upload.counts["kept"]) == (1, 1)
        assert [stay.place_id for stay in stays("A-17")] == [named("aldermoor"), named("kestrel")]
        bring_in(person(establishment=KESTREL), by=by)  # the source has come to say the same
        assert len(stays("A-17")) == 2


SECURITY = [*ARRIVAL, "Transfer type"]


@pytest.mark.parametrize(("kind", "open_stays"), [("security", 2), ("Sécurité", 2), ("ordinary", 1), ("", 1)])
def test_a_transfer_for_security_in_a_file_is_kept_from_others_like_any_other(kind: str, open_stays: int) -> None:
    with officer() as by:
        bring_in([*person(), "2024-02-01"], by=by, heading=ARRIVAL)
        bring_in([*person(establishment=KESTREL), TODAY.isoformat(), kind], by=by, heading=SECURITY)
        assert [stay.security for stay in stays("A-17")] == [False, open_stays == 2]
        assert sum(stay.ends_at is None for stay in stays("A-17")) == open_stays
        upload = bring_in([*person(establishment=KESTREL), TODAY.isoformat(), kind], by=by, heading=SECURITY)
        assert (upload.counts["unchanged"], upload.counts["transfers"]) == (1, 0)
        bring_in([*person(), "", ""], by=by, heading=SECURITY)  # and back again, which everybody may know
        assert [stay.place_id for stay in stays("A-17") if stay.ends_at is None] == [named("aldermoor")]


def test_a_kind_of_transfer_that_is_not_known_is_asked_about() -> None:
    with officer() as by:
        upload = bring_in([*person(), "2024-02-01", "Category 7"], by=by, heading=SECURITY)
        assert "Kind of transfer “Category 7” is not known. Write security or ordinary" in sentences(upload)


# ---- refusals --------------------------------------------------------------------------------------------------------


def test_a_file_is_loaded_once() -> None:
    with officer() as by:
        upload = bring_in(person(), by=by)
        with pytest.raises(Refused, match="was loaded already, today"):
            actions.load(upload, by=by)


def test_a_file_is_not_loaded_before_its_columns_are_confirmed() -> None:
    with officer() as by, pytest.raises(Refused, match="Nobody has confirmed the columns"):
        actions.load(stage(person(), by=by), by=by)


def test_a_file_is_not_loaded_while_a_date_can_be_read_in_two_ways() -> None:
    with officer() as by:
        upload = confirmed(stage(person(birth_date="03/04/1990"), by=by), by=by)
        with pytest.raises(Refused, match="Say first how the dates"):
            actions.load(upload, by=by)
        actions.answer(upload, answers={3: Order.MONTH_FIRST}, by=by)
        actions.load(upload, by=by)
        assert identity_of("A-17").birth_date == date(1990, 3, 4)


def test_only_an_import_officer_loads() -> None:
    with officer() as by:
        upload = confirmed(stage(person(), by=by), by=by)
    with acting("pat") as pat:
        assert not Upload.objects.filter(pk=upload.pk).exists()
        with pytest.raises(Upload.DoesNotExist):
            actions.load(upload, by=pat)
        with pytest.raises(Refused, match="Only an import officer loads a caseload"):
            actions.stage(as_csv([HEADING, person()]), name="x.csv", by=pat)


def test_a_case_that_was_hidden_meanwhile_does_not_change_silently() -> None:
    with officer() as by:
        bring_in(person(), by=by)
        upload = confirmed(stage(person(family_name="Changed"), by=by), by=by)
        case = case_of("A-17")
        loading = load.Loading(compare(upload, actions.sheet_of(upload)), by)
        steps = loading.comparison.steps(loading.batch_after(0))
    with acting("pat") as pat:
        Restriction.objects.create(owner_id=PRISON, case=case, membership_id=named("ines"), ground="x", created_by=pat)
    with officer() as by, pytest.raises(Refused, match="Somebody changed these cases in the meantime"):
        loading.change(steps)


# ---- the log and the page --------------------------------------------------------------------------------------------


def test_the_log_holds_numbers_and_no_names() -> None:
    with officer() as by:
        bring_in(person("A-1", family_name="Unheardof"), person("A-2", birth_date="x"), by=by)
    with acting("pat"):
        lines = {
            one.entry.what: one.detail for one in Subject.objects.select_related("entry") if "upload" in one.detail
        }
        assert set(lines) == {
            "import.staged", "import.confirmed", "import.started", "import.batch_loaded", "import.loaded"
        }  # fmt: skip
        assert (lines["import.loaded"]["new"], lines["import.loaded"]["wrong"]) == (1, 1)
        assert "Unheardof" not in str(lines)
        assert "caseload.csv" not in str(lines)


def test_the_page_loads_and_leads_to_what_was_done() -> None:
    with officer() as by:
        upload = confirmed(stage(person(), by=by), by=by)
    ines = signed_in("ines")
    answer = ines.post(f"/imports/{upload.pk}/load/")
    assert answer.headers["Location"] == f"/imports/{upload.pk}/done/"
    again = ines.post(f"/imports/{upload.pk}/load/", follow=True)
    assert "This file was loaded already, today." in again.content.decode()
    assert ines.get(f"/imports/{upload.pk}/load/").status_code == 405
    with officer():
        assert case_of("A-17").service_purpose == "Mentoring"


def test_somebody_else_does_not_find_the_file() -> None:
    with officer() as by:
        upload = confirmed(stage(person(), by=by), by=by)
    assert signed_in("pat").post(f"/imports/{upload.pk}/load/").status_code == 404
    assert signed_in("cora").post(f"/imports/{upload.pk}/load/").status_code == 404
