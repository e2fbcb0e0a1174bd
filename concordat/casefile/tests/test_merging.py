"""Two cases about the same person: found, merged without anybody seeing more, and taken apart again."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from concordat.cases.actions import index_name
from concordat.cases.models import Assignment, Case, FullRecord, Identity
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.visiting import browser_of
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Record, Subject
from concordat.merging import actions, alike
from concordat.merging.models import Merge

pytestmark = pytest.mark.django_db
OLD, PEOPLE = named("case"), ("pat", "dora", "sef", "cass", "ines", "nadia", "cora", "helen")


def second(family: str = "Sandowal", given: str = "Iri", born: date | None = date(1996, 3, 14)) -> Case:
    """Have a second case of the prison service."""
    with acting("pat") as by:
        case = Case.objects.create(
            id=uuid4(), owner_id=PRISON, reference=f"A-{uuid4().hex[:6]}", working_code="8R",
            service_purpose="Mentoring in custody", child_rules=False,
        )  # fmt: skip
        identity = Identity.objects.create(
            owner_id=PRISON, case=case, created_by=by, family_name=family, given_names=given,
            sort_key=f"{family} {given}".lower(), birth_date=born, sex="male",
        )  # fmt: skip
        index_name(case, identity)
        FullRecord.objects.create(
            owner_id=PRISON, case=case, created_by=by, category=Category.P09, title="Needs", text="Needs again"
        )
        return case


@pytest.fixture
def twin() -> Case:
    return second()


@pytest.fixture
def merged(twin: Case) -> Merge:
    with acting("pat") as by:
        return actions.merge(Case.objects.get(pk=OLD), twin, why="Same birth date and the same number.", by=by)


def seen_by(who: str) -> dict[str, int]:
    """Count what somebody may see of every kind of record."""
    kinds = [one for one in apps.get_models() if issubclass(one, Record)]
    with acting(who):
        return {
            one._meta.label: one.objects.count()  # type: ignore[attr-defined]
            for one in kinds
            if one._meta.db_table.startswith(("cases", "ref"))
        }


def found_by(who: str) -> list[set[UUID]]:
    with acting(who) as by:
        return [{one.newer.case_id, one.older.case_id} for one in alike.pairs(by)]


# ---- found ----------------------------------------------------------------------------------------------------------


def test_the_same_birth_date_and_a_name_that_sounds_alike_are_found(twin: Case) -> None:
    assert {OLD, twin.pk} in found_by("pat")


def test_the_same_name_without_a_birth_date_is_found() -> None:
    assert {OLD, second("Sandoval", born=None).pk} in found_by("pat")


@pytest.mark.parametrize(
    ("family", "given", "born"), [("Vantolle", "Mika", date(1996, 3, 14)), ("Sandoval", "Iri", date(1990, 1, 1))]
)
def test_another_name_or_another_birth_date_is_not(family: str, given: str, born: date) -> None:
    second(family, given, born)
    assert found_by("pat") == []


def test_what_somebody_may_not_see_is_in_no_pair(twin: Case) -> None:
    with acting("pat") as by:
        Assignment.objects.create(
            case=twin, owner_id=PRISON, membership_id=named("cass"), activity="custody", created_by=by
        )
    assert found_by("cass") == []
    assert found_by("cora") == []


def test_the_page_lists_them_and_leads_to_both(twin: Case) -> None:
    page = browser_of("pat").get(reverse("cases:alike")).content.decode()
    assert reverse("cases:merge", args=[twin.pk, OLD]) in page


def test_the_page_says_whose_work_it_is() -> None:
    answer = browser_of("cass").get(reverse("cases:alike"))
    assert answer.status_code == 403
    assert "Coordinators and programme managers" in answer.content.decode()


# ---- merged: nobody sees more ---------------------------------------------------------------------------------------


def test_a_merge_opens_no_record_to_anybody(twin: Case) -> None:
    before = {who: seen_by(who) for who in PEOPLE}
    with acting("pat") as by:
        actions.merge(Case.objects.get(pk=OLD), twin, why="The same number.", by=by)
    assert {who: seen_by(who) for who in PEOPLE} == before


def test_whoever_sees_both_sees_them_together(merged: Merge) -> None:
    browser = browser_of("pat")
    kept = browser.get(reverse("cases:records", args=[merged.kept_id])).content.decode()
    assert "Needs in full" in kept
    assert "Needs again" in kept
    assert merged.folded.reference in browser.get(reverse("cases:detail", args=[merged.kept_id])).content.decode()
    assert merged.kept.reference in browser.get(reverse("cases:detail", args=[merged.folded_id])).content.decode()


def test_whoever_sees_one_of_them_is_told_nothing(twin: Case) -> None:
    with acting("pat") as by:
        Assignment.objects.create(
            case=twin, owner_id=PRISON, membership_id=named("cass"), activity="custody", created_by=by
        )
    browser = browser_of("cass")
    address = reverse("cases:detail", args=[twin.pk])
    before = browser.get(address)
    with acting("pat") as by:
        made = actions.merge(Case.objects.get(pk=OLD), twin, why="The same number.", by=by)
    after = browser.get(address)
    assert after.status_code == 200
    assert made.kept.reference not in after.content.decode()
    assert len(after.content) == len(before.content)
    with acting("cass"):
        assert not Merge.objects.exists()


def test_the_list_shows_the_kept_one_to_whoever_sees_both(merged: Merge) -> None:
    page = browser_of("pat").get(reverse("cases:index")).content.decode()
    assert merged.kept.reference in page
    assert merged.folded.reference not in page


def test_it_stands_in_the_log_of_both(merged: Merge) -> None:
    with acting("dora"):
        found = Subject.objects.filter(entry__what="case.merged").values_list("case", flat=True)
        assert set(found) == {merged.kept_id, merged.folded_id}


# ---- refused --------------------------------------------------------------------------------------------------------


def test_a_case_officer_does_not_merge(twin: Case) -> None:
    with acting("cass") as by, pytest.raises(Refused, match="coordinator or programme manager"):
        actions.merge(twin, twin, why="So.", by=by)


def test_merges_make_no_chain(merged: Merge) -> None:
    third = second()
    with acting("pat") as by, transaction.atomic(), pytest.raises(IntegrityError, match="merged already"):
        actions.merge(merged.folded, third, why="So.", by=by)


def test_a_case_of_another_organisation_is_refused_by_the_database(twin: Case) -> None:
    with acting("pat") as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Merge.objects.create(owner_id=PRISON, kept=twin, folded_id=named("civil_case"), why="So.", made_by=by)


def test_a_closed_case_is_not_kept(twin: Case) -> None:
    twin.closed_at = twin.opened_at
    with acting("pat") as by, pytest.raises(Refused, match="open one"):
        actions.merge(twin, Case.objects.get(pk=OLD), why="So.", by=by)


# ---- taken apart ----------------------------------------------------------------------------------------------------


def test_taken_apart_each_is_shown_alone_again(merged: Merge) -> None:
    browser = browser_of("pat")
    answer = browser.post(reverse("cases:undo_merge", args=[merged.pk]), {"why": "Two brothers."})
    assert answer.status_code == 302
    kept = browser.get(reverse("cases:records", args=[merged.kept_id])).content.decode()
    assert "Needs again" not in kept
    assert merged.folded.reference in browser.get(reverse("cases:index")).content.decode()


def test_without_saying_what_showed_it_the_form_comes_back(merged: Merge) -> None:
    answer = browser_of("pat").post(reverse("cases:undo_merge", args=[merged.pk]), {"why": ""})
    assert answer.status_code == 422
    assert "Say what showed it" in answer.content.decode()


def test_through_the_page_the_chosen_one_is_kept(twin: Case) -> None:
    address = reverse("cases:merge", args=[twin.pk, OLD])
    answer = browser_of("pat").post(address, {"kept": str(OLD), "why": "The same number."})
    assert answer.status_code == 302
    with acting("pat"):
        made = Merge.objects.get()
        assert (made.kept_id, made.folded_id) == (OLD, twin.pk)


def test_it_goes_when_one_of_the_two_goes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = 'merging_merge' AND policyname = 'dispose'")
        assert cursor.fetchone() == (1,)
