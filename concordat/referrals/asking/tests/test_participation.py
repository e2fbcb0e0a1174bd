"""The person's own agreement: recorded by the provider, never in haste, withdrawn at once, a secret outside (14.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from concordat.cases.actions import record_participation, withdraw
from concordat.cases.models import (
    Case,
    DateRecord,
    ExistenceRecord,
    FullRecord,
    Link,
    Participation,
    SummaryRecord,
    ThresholdRecord,
)
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.people.models import Clearance
from concordat.referrals.asking.outside import OutsideView, outside_view
from concordat.referrals.models import Answer

from .making import (
    assigned,
    database_refuses,
    hidden_from_writing,
    make_answer,
    make_link,
    make_participation,
    make_sent,
    paper,
)

pytestmark = pytest.mark.django_db


def insert(link: Link, **changed: Any) -> None:  # noqa: ANN401 - handed on
    """Record an agreement past the rules, as the application role."""
    said = {name: value for name, value in paper(**changed).items() if name != "offered"}
    with acting("cora") as by:
        Participation.objects.create(owner_id=LANTERN, case_id=link.civil_case_id, created_by=by, link=link, **said)


def test_it_opens_what_depends_on_it_and_shows_outside_as_agreed() -> None:
    sent = make_sent()
    link = make_answer(sent, accept=True).link
    assert link is not None
    with acting("pat"):
        assert outside_view(sent.pk) == OutsideView(acknowledged=True, agreed=False)
    make_participation(link)
    with acting("pat"):
        assert outside_view(sent.pk) == OutsideView(acknowledged=True, agreed=True)
        assert not Participation.objects.exists()  # that, and nothing of the paper itself


@pytest.mark.parametrize(("changed", "sentence", "constraint"), [
    ({"copy_given": ""}, "Give the person a copy", "participation_leaves_a_copy"),
    ({"teach_back": False}, "explain it back", "participation_was_explained_back"),
    ({"contest_route": ""}, "how the person can contest", "participation_can_be_contested"),
    ({"informed_at": now() - timedelta(hours=23)}, "at least 24 hours", "participation_waited_a_day"),
    ({"informer": "staff"}, "Staff of the authority may not inform", "participation_informed_by_provider_or_neutral"),
    ({"signed": "oral"}, "name the witness", "spoken_participation_has_a_witness"),
    ({"ends_at": now() + timedelta(days=200)}, "renewed within six months", "participation_is_renewed_in_time"),
    ({"starts_at": now() + timedelta(days=2)}, "before it is recorded", "participation_has_begun"),
    ({"headings": ["outlook"]}, "does not fit what the service is about", "heading_fits_the_target"),
])  # fmt: skip
def test_what_does_not_count_is_refused(changed: dict[str, Any], sentence: str, constraint: str) -> None:
    link = make_link()
    with pytest.raises(Refused, match=sentence):
        make_participation(link, **changed)
    with database_refuses(constraint):
        insert(link, **changed)


@pytest.mark.parametrize("field", ["informed_by", "interpreter", "witness"])
def test_staff_of_the_authority_neither_inform_nor_interpret_nor_witness(field: str) -> None:
    with pytest.raises(Refused, match="pat vell works for the authority"):
        make_participation(make_link(), staff=["Pat Vell", "Sef Holm"], **{field: "pat vell"})


@pytest.mark.requirement("PP-11")
def test_an_authority_may_not_record_it() -> None:
    link = make_link()
    with acting("pat") as by:
        own = Case.objects.get(pk=link.authority_case_id)
        link.civil_case = own
        with pytest.raises(Refused, match="An authority may not obtain or record"):
            record_participation(link, by=by, **paper())
        with hidden_from_writing():
            Participation.objects.create(
                owner_id=PRISON, case=own, created_by=by, link_id=link.pk,
                **{name: value for name, value in paper().items() if name != "offered"},
            )  # fmt: skip


def test_it_is_not_recorded_on_another_case() -> None:
    link, other = make_link(), make_link()
    with acting("cora") as by, database_refuses("participation_is_recorded_by_the_provider"):
        Participation.objects.create(
            owner_id=LANTERN, case_id=other.civil_case_id, created_by=by, link=link,
            **{name: value for name, value in paper().items() if name != "offered"},
        )  # fmt: skip


@pytest.mark.requirement("PP-11")
def test_a_withdrawal_holds_at_once_and_for_good() -> None:
    sent = make_sent()
    link = make_answer(sent, accept=True).link
    assert link is not None
    signed = make_participation(link)
    with acting("cora") as by:
        signed = Participation.objects.get(pk=signed.pk)
        withdraw(signed, route="slip", by=by)
        with pytest.raises(Refused, match="already withdrawn"):
            withdraw(signed, route="said", by=by)
        with database_refuses("participation_is_written_once"):
            Participation.objects.filter(pk=signed.pk).update(withdrawn_at=None, withdrawn_by_route="")
    with acting("pat"):
        assert outside_view(sent.pk) == OutsideView(acknowledged=True, agreed=False)
        assert not Link.objects.filter(pk=link.pk).exists()


def test_a_withdrawal_cannot_be_put_off() -> None:
    signed = make_participation(make_link())
    with acting("cora"):
        Participation.objects.filter(pk=signed.pk).update(
            withdrawn_at=now() + timedelta(days=30), withdrawn_by_route="said"
        )
        withdrawn_at = Participation.objects.get(pk=signed.pk).withdrawn_at
        assert withdrawn_at is not None
        assert withdrawn_at <= now()


def test_what_the_person_agreed_to_does_not_change() -> None:
    signed = make_participation(make_link())
    with acting("cora"):
        for changed in (
            {"headings": ["skills"]},
            {"ends_at": now() + timedelta(days=300)},
            {"teach_back": True, "copy_given": "x"},
        ):
            with database_refuses("participation_is_written_once"):
                Participation.objects.filter(pk=signed.pk).update(**changed)


def test_a_renewal_replaces_the_one_before_so_that_one_withdrawal_ends_all() -> None:
    sent = make_sent()
    link = make_answer(sent, accept=True).link
    assert link is not None
    make_participation(link)
    second = make_participation(link, headings=["skills"], starts_at=now())
    with acting("cora") as by:
        live = [one for one in Participation.objects.filter(link=link) if one.ends_at > now()]
        assert [one.pk for one in live] == [second.pk]
        withdraw(live[0], route="said", by=by)
    with acting("pat"):
        assert not outside_view(sent.pk).agreed


def test_the_assigned_worker_records_it_and_another_does_not() -> None:
    link = make_link()
    with acting("nadia"):
        assert not Link.objects.filter(pk=link.pk).exists()
    assigned(link)
    with acting("nadia") as by:
        record_participation(Link.objects.get(pk=link.pk), by=by, **paper())
    with acting("otto") as by, pytest.raises(Refused, match="organisation that offers the service"):
        record_participation(link, by=by, **paper())


@pytest.mark.requirement("PP-11")
def test_the_authority_reads_neither_answer_nor_agreement() -> None:
    with acting("pat"):
        assert not Answer.objects.exists()
        assert not Participation.objects.exists()
        assert outside_view(named("referral")).agreed


@pytest.mark.requirement("PP-10")
@pytest.mark.parametrize("name", ["cora", "nadia", "pat"])
def test_what_is_said_in_sessions_has_no_place(name: str) -> None:
    case = named("case") if name == "pat" else named("civil_case")
    with acting(name) as by:
        about = {"owner_id": by.organisation_id, "case_id": case, "created_by": by, "category": 20}
        for table, said in (
            (FullRecord, {"title": "Notes", "text": "What was said"}),
            (SummaryRecord, {"text": "Notes", "checked_by": "Me"}),
            (DateRecord, {"fact": "Notes", "on": now().date()}),
            (ExistenceRecord, {}),
            (ThresholdRecord, {"text": "Notes"}),
        ):
            with hidden_from_writing():
                table.objects.create(**about, **said)
    kept = {field.name for model in (Participation, Answer) for field in model._meta.get_fields()}
    assert not {one for one in kept if "note" in one or "why" in one}
    assert {field.name for field in Clearance._meta.get_fields()} == {
        "id",
        "membership",
        "authority",
        "level",
        "valid_from",
        "valid_until",
    }
