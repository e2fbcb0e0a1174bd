from uuid import UUID

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from concordat.cases.models import Assignment, Case, Link, Participation
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.referrals.delivery import actions, rules
from concordat.referrals.models import Answer, EarlyEnd, EarlyReason, Referral, Session

from .ready import ABOUT, assigned_long_ago, link, record, refused_by_the_database

pytestmark = pytest.mark.django_db
ADDRESS = reverse("delivery:end_early", args=[named("link")])


def end(name: str = "nadia", reason: str = "person", comment: str = "Would rather not.") -> EarlyEnd:
    with acting(name) as by:
        return actions.end_early(link(), reason=reason, comment=comment, by=by)


def test_it_closes_the_link_and_every_assignment() -> None:
    end()

    with acting("cora"):
        assert not Assignment.objects.filter(case_id=named("civil_case"), ends_at=None).exists()
        assert Link.objects.get().ends_at is not None
        assert Subject.objects.get(entry__what="service.ended_early").categories == [31]


def test_the_worker_sees_nothing_more_and_the_organisation_its_own() -> None:
    assigned_long_ago()
    record()
    end()

    with acting("nadia"):
        assert not Case.objects.exists()
        assert not Session.objects.exists()
    with acting("cora"):
        assert Session.objects.count() == 1
        assert {case.pk for case in Case.objects.all()} == {named("civil_case")}


def outside(referral: UUID) -> tuple[bool, bool]:
    """Return what the authority is told of a referral: acknowledged, agreed."""
    with acting("pat"), connection.cursor() as cursor:
        cursor.execute("SELECT acknowledged, agreed FROM referrals.outside_view(%s)", [referral])
        ((acknowledged, agreed),) = cursor.fetchall()
        return bool(acknowledged), bool(agreed)


@pytest.mark.requirement("PP-11")
@pytest.mark.parametrize("reason", EarlyReason.values)
def test_outside_it_is_not_currently_whatever_the_reason(reason: str, give_everything: None) -> None:
    assert outside(named("referral")) == (True, True)
    end(reason=reason)

    assert outside(named("referral")) == (True, False)
    with acting("pat"):
        assert not EarlyEnd.objects.exists()
        assert not Link.objects.exists()
        assert not Participation.objects.exists()


@pytest.mark.requirement("PP-11")
def test_ended_withdrawn_lapsed_and_declined_look_the_same() -> None:
    seen = []
    for choose in (ended, withdrawn, lapsed, declined):
        point = transaction.savepoint()
        referral = choose()
        with acting("pat"):
            rows = [
                model.objects.filter(case_id=named("civil_case")).count() for model in (Participation, Answer, EarlyEnd)
            ]
        seen.append((outside(referral), rows))
        transaction.savepoint_rollback(point)

    assert seen == [((True, False), [0, 0, 0])] * 4


def ended() -> UUID:
    end()
    return named("referral")


def withdrawn() -> UUID:
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(
            withdrawn_at=now(), withdrawn_by_route="lawyer"
        )
    return named("referral")


def lapsed() -> UUID:
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(ends_at=now())
    return named("referral")


def declined() -> UUID:
    with acting("pat") as by:
        referral = Referral.objects.create(
            owner_id=PRISON, case_id=named("case"), created_by=by, reference="RF-1003", service_id=named("service"),
            to_id=LANTERN, terms_id=named("terms"), need="mentoring", place_id=named("aldermoor"), text="Once more.",
            desired_outcomes=["A routine"], checked_by="Pat Vell", checked_on=now().date(), sent_at=now(), sent_by=by,
        )  # fmt: skip
    with acting("cora") as by:
        Answer.objects.create(
            owner_id=LANTERN, created_by=by, referral=referral, accepted=False, answered_at=now(), answered_by=by
        )
    return referral.pk


def test_a_service_ends_once() -> None:
    end()
    with acting("cora") as by:
        with pytest.raises(Refused) as sentence:
            actions.end_early(link(), reason="other", by=by)
        assert str(sentence.value) == rules.in_words("service_ends_once")
        with refused_by_the_database("service_ends_once"):
            EarlyEnd.objects.create(**ABOUT, created_by=by, link_id=named("link"), reason="other")


def test_only_a_listed_reason() -> None:
    with acting("nadia") as by, refused_by_the_database("early_end_has_a_listed_reason"):
        EarlyEnd.objects.create(**ABOUT, created_by=by, link_id=named("link"), reason="lazy")


@pytest.mark.parametrize(("reason", "owed"), [("person", True), ("mistake", False)])
def test_a_report_is_owed_except_for_a_mistake(reason: str, owed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    end(reason=reason)
    with acting("cora"):
        assert (rules.report_due(link()) is not None) is owed


def test_the_coordinator_still_records_what_was_done_before() -> None:
    assigned_long_ago()
    end()
    with acting("cora") as by:
        nadia = Assignment.objects.select_related("membership").filter(membership_id=named("nadia"))[0].membership
        session = actions.record_session(
            link(),
            worker=nadia,
            starts_at=link().starts_at.replace(second=0, microsecond=0),
            held=False,
            cause="other",
            by=by,
        )
    assert session.worker_id == named("nadia")


def test_the_page_asks_why_and_ends_it() -> None:
    browser = signed_in("nadia")
    again = browser.post(ADDRESS, {"comment": "Would rather not."})
    assert again.status_code == 422
    assert "Would rather not." in again.content.decode()

    assert browser.post(ADDRESS, {"reason": "person", "comment": ""}).status_code == 302
    assert browser.get(ADDRESS).status_code == 404
    with acting("cora"):
        assert EarlyEnd.objects.get().reason == "person"


@pytest.mark.parametrize("name", ["max", "pat", "otto"])
def test_who_does_not_work_on_the_case_finds_no_page(name: str) -> None:
    assert signed_in(name).get(ADDRESS).status_code == 404
