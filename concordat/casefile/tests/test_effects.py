"""A granted request takes effect: what is no longer used is not there, who is shut out sees nothing; it ends."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.timezone import localdate

from concordat.cases import actions
from concordat.cases.models import Case, FullRecord, Restriction, RightsRequest, SummaryRecord, UseStop
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.core.testing.machines import machine_of
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.people.models import Membership, Scope

pytestmark = pytest.mark.django_db
CASE, OURS = named("case"), named("civil_case")
TOLD = {"outcome": "granted", "answer": "It is no longer used.", "told": "On paper", "complain_to": "The ombudsman"}
NEEDS, READS = Category.P09, Category.P13


def asked(right: str = "restrict") -> RightsRequest:
    with acting("pat") as by:
        return actions.record_request(
            Case.objects.get(pk=CASE), right=right, words="Stop using it.", route="x", asked_on=localdate(), by=by
        )


def grant(made: RightsRequest, *, by: str = "pat", **effects: Any) -> None:  # noqa: ANN401
    with acting(by) as author:
        actions.answer_request(made, **{**TOLD, **effects}, by=author)


def seen(who: str) -> set[str]:
    kinds: list[Any] = [FullRecord, SummaryRecord]
    with acting(who):
        return {f"{one.category} {kind.__name__}" for kind in kinds for one in kind.objects.all()}


def assign_cass() -> None:
    with acting("pat") as by:
        cass = Membership.objects.get(pk=named("cass"))
        actions.assign(Case.objects.get(pk=CASE), worker=cass, activity="custody", by=by)


@pytest.mark.requirement("ISP-18")
def test_a_category_that_is_no_longer_used_is_not_there_but_for_those_who_answer() -> None:
    assign_cass()
    before = {who: seen(who) for who in ("pat", "cass", "nadia")}
    assert {"9 FullRecord", "9 SummaryRecord"} <= before["cass"]
    assert "9 SummaryRecord" in before["nadia"]
    grant(asked(), stopped=[str(int(NEEDS))])
    assert seen("pat") == before["pat"]
    assert seen("cass") == before["cass"] - {"9 FullRecord", "9 SummaryRecord"}
    assert seen("nadia") == before["nadia"] - {"9 SummaryRecord"}
    assert "No longer used" in visit("pat", f"/cases/{CASE}/records/").content.decode()
    told = machine_of("pat", Scope.CASES).get(f"/cases/{CASE}/records").json()
    assert {one["category"] for one in told if one["no_longer_used"]} == {"P09"}


def test_a_partners_record_of_the_same_category_is_not_marked() -> None:
    with acting("nadia") as by:
        SummaryRecord.objects.create(
            owner_id=LANTERN, case_id=OURS, category=Category.P19, text="Comes and asks.", checked_by="x", created_by=by
        )
    grant(asked(), stopped=[str(int(Category.P19))])
    shown = visit("pat", f"/cases/{CASE}/records/").content.decode()
    assert "Comes and asks." in shown
    assert "No longer used" not in shown


def test_a_partners_officer_does_not_answer_for_it() -> None:
    with acting("cora") as by:
        actions.assign(Case.objects.get(pk=OURS), worker=by, activity="custody", by=by)
    assert "9 SummaryRecord" in seen("cora")
    grant(asked(), stopped=[str(int(NEEDS))])
    assert "9 SummaryRecord" not in seen("cora")


def test_one_of_two_ends_and_the_other_stands() -> None:
    grant(asked(), stopped=[str(int(NEEDS)), str(int(READS))])
    with acting("pat") as by:
        actions.end_effect(UseStop.objects.get(category=NEEDS), why_ended="x", told="x", by=by)
    assert "9 SummaryRecord" in seen("nadia")
    assert "13 SummaryRecord" not in seen("nadia")


def test_one_record_in_one_form_can_be_stopped() -> None:
    before = seen("nadia")
    with acting("pat"):
        row = FullRecord.objects.get(category=NEEDS)
    grant(asked(), stopped=[f"cases_fullrecord:{row.pk}"])
    assert seen("nadia") == before
    assign_cass()
    assert "9 FullRecord" not in seen("cass")
    assert "9 SummaryRecord" in seen("cass")


def test_what_is_written_later_does_not_vanish_from_its_writer() -> None:
    assign_cass()
    grant(asked(), stopped=[str(int(NEEDS))])
    with acting("cass") as by:
        FullRecord.objects.create(owner_id=PRISON, case_id=CASE, created_by=by, category=NEEDS, title="New", text="New")
    assert "9 FullRecord" in seen("cass")


def test_what_is_not_there_is_not_changed_either() -> None:
    assign_cass()
    grant(asked(), stopped=[str(int(NEEDS))])
    with acting("cass"):
        assert FullRecord.objects.filter(category=NEEDS).update(text="x") == 0
        assert FullRecord.objects.update(text="x") == 1  # looks at nothing: the other record alone is changed
    with acting("pat"):
        assert FullRecord.objects.get(category=NEEDS).text == "Needs in full"


def test_nothing_tells_of_it() -> None:
    with acting("pat"):
        row = SummaryRecord.objects.get(category=READS)
    grant(asked(), stopped=[f"cases_summaryrecord:{row.pk}"])
    for address in (f"/cases/{OURS}/", f"/cases/{OURS}/records/"):
        shown = visit("nadia", address).content.decode()
        assert "Reads well" not in shown
        assert "No longer used" not in shown
    for who in ("nadia", "cass", "omar", "adam"):
        with acting(who):
            assert not UseStop.objects.exists()


def test_it_ends_with_a_reason_and_stands_in_the_log() -> None:
    before = seen("nadia")
    grant(asked(), stopped=[str(int(NEEDS))])
    with acting("pat"):
        stop = UseStop.objects.get()
    address = f"/cases/rights/stops/{stop.pk}/end/"
    assert visit("nadia", address).status_code == 404
    assert visit("dora", address, {"why_ended": "", "told": "On paper"}).status_code == 422
    assert visit("dora", address, {"why_ended": "It was right", "told": "On paper"}).status_code == 302
    assert seen("nadia") == before
    assert "It was right" in visit("pat", f"/cases/{CASE}/rights/").content.decode()
    with acting("pat") as by, pytest.raises(Refused, match="ended already"):
        actions.end_effect(UseStop.objects.get(), why_ended="x", told="x", by=by)
    assert {"rights.use_stopped", "rights.effect_ended"} <= logged("dora")


def logged(who: str) -> set[str]:
    with acting(who):
        return {one.entry.what for one in Subject.objects.select_related("entry")}


def test_nor_does_the_log_tell_whoever_works_on_the_case() -> None:
    assign_cass()
    grant(asked(), stopped=[str(int(NEEDS))], shut_out=[str(LANTERN)])
    assert "rights.answered" in logged("cass")
    assert not {"rights.use_stopped", "rights.shut_out"} & logged("cass")
    assert {"rights.use_stopped", "rights.shut_out"} <= logged("dora")


@pytest.mark.parametrize("category", [1, 2, 3, 4, 7, 27, 28, 31, 36])
def test_what_everybody_needs_goes_on_being_used(category: int) -> None:
    made = asked()
    with pytest.raises(IntegrityError, match="stop_spares"):
        grant(made, stopped=[str(category)])


@pytest.mark.parametrize("right", ["restrict", "object"])
def test_a_partner_is_shut_out_and_let_in_again(right: str) -> None:
    before = seen("nadia")
    assert before
    grant(asked(right), shut_out=[str(LANTERN)])
    assert seen("nadia") == set()
    assert len(seen("pat")) > 1
    with acting("pat"):
        restriction = Restriction.objects.get()
    address = f"/cases/rights/restrictions/{restriction.pk}/end/"
    assert visit("cora", address).status_code == 404
    assert visit("pat", address, {"why_ended": "They ask again", "told": "On paper"}).status_code == 302
    assert seen("nadia") == before


def test_one_person_of_ones_own_is_shut_out() -> None:
    assign_cass()
    grant(asked(), shut_out=[str(named("cass"))])
    assert seen("cass") == set()
    assert len(seen("nadia")) > 1


@pytest.mark.parametrize(
    ("right", "effects", "sentence"),
    [
        ("restrict", {}, "Choose what is no longer used"),
        ("object", {}, "to whom"),
        ("restrict", {"outcome": "refused", "stopped": ["9"]}, "not done"),
        ("access", {"stopped": ["9"]}, "not done"),
        ("restrict", {"shut_out": [str(named("pat"))]}, "themselves"),
    ],
)
def test_an_answer_sets_what_it_says(right: str, effects: dict[str, Any], sentence: str) -> None:
    made = asked(right)
    with pytest.raises(Refused, match=sentence):
        grant(made, **effects)
    with acting("pat"):
        assert RightsRequest.objects.get().answered_at is None
        assert not UseStop.objects.exists()


def test_it_is_chosen_on_the_page_without_telling_what_a_record_says() -> None:
    made = asked()
    address = f"/cases/rights/{made.pk}/answer/"
    shown = visit("pat", address).content.decode()
    assert "One record:" in shown
    assert "Lantern Mentoring" in shown
    assert "Needs in full" not in shown
    assert "One record:" not in visit("dora", address).content.decode()  # her post reads none
    assert "Choose what is no longer used" in visit("dora", address, TOLD).content.decode()
    assert visit("dora", address, {**TOLD, "stopped": ["9"]}).status_code == 302
    with acting("pat"):
        assert UseStop.objects.get().category == NEEDS


@pytest.mark.parametrize("who", ["cass", "nadia", "adam", "sef"])
def test_the_database_takes_it_from_nobody_else(who: str) -> None:
    made = asked()
    with acting(who) as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        UseStop(owner_id=PRISON, case_id=CASE, request=made, category=9, created_by=by).save(force_insert=True)
