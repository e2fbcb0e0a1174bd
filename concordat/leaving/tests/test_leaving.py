"""An organisation leaves: by two people, at one instant, for good; the government's duties go on."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from concordat.agreements.models import Ending
from concordat.cases.models import SummaryRecord
from concordat.core.errors import Refused
from concordat.core.testing import plugin, throwaway
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.exports.tests.ready import Superuser, made, rows_of
from concordat.leaving import actions, feeds, work
from concordat.leaving.certificate import document_of
from concordat.leaving.models import Departure
from concordat.notices.about import About
from concordat.people.memberships import live_memberships_of


@pytest.fixture
def superuser(own_database: str) -> Iterator[Superuser]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as open_:
        yield open_


def declared() -> Departure:
    with acting("ruth", level=2) as by:
        return actions.declare(reason="The grant ended.", by=by)


def left() -> Departure:
    departure = declared()
    with acting("cora", level=2) as by:
        return actions.confirm(Departure.objects.get(pk=departure.pk), by=by)


def read_by(name: str, owner: int) -> int:
    with acting(name):
        return SummaryRecord.objects.filter(owner=owner).count()


@pytest.mark.django_db
@pytest.mark.requirement("PP-20")
def test_the_other_sides_access_ends_in_the_same_second_and_own_records_stay() -> None:
    assert read_by("nadia", PRISON)
    departure = left()
    assert read_by("nadia", PRISON) == 0
    assert read_by("pat", PRISON) == 3
    with acting("helen"):
        endings = Ending.objects.all()
        assert {one.agreement_id for one in endings} == {named("framework"), named("protocol"), named("terms")}
        assert {one.at for one in endings} == {Departure.objects.get(pk=departure.pk).confirmed_at}


@pytest.mark.django_db
def test_nothing_changes_before_a_second_person_confirms() -> None:
    departure = declared()
    assert read_by("nadia", PRISON)
    for name in ("ruth", "nadia", "helen"):
        with acting(name, level=2) as by, pytest.raises((Refused, Departure.DoesNotExist)):
            actions.confirm(Departure.objects.get(pk=departure.pk), by=by)
    with acting("ruth", level=2), pytest.raises(DatabaseError), transaction.atomic():
        Departure.objects.filter(pk=departure.pk).update(confirmed_at=now(), confirmed_by=named("cora"))
    with acting("cora", level=1):
        assert Departure.objects.filter(pk=departure.pk, confirmed_at=None).exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(confirmed_at=now(), confirmed_by=named("cora"))
    with acting("cora") as by:
        actions.withdraw(Departure.objects.get(pk=departure.pk), by=by)
    with acting("cora", level=2) as by, pytest.raises(Refused, match="stays"):
        actions.confirm(Departure.objects.get(pk=departure.pk), by=by)


@pytest.mark.django_db
def test_an_agreement_whose_notice_runs_ends_now_too() -> None:
    with acting("ruth", level=2) as by:
        Ending.objects.create(
            agreement_id=named("framework"),
            organisation_id=LANTERN,
            reason="x",
            at=now() + timedelta(days=20),
            created_by=by,
        )
    left()
    with acting("helen"):
        assert all(one.at <= now() for one in Ending.objects.all())


@pytest.mark.requirement("PP-20")
def test_members_are_out_and_those_who_led_it_take_everything_out_for_thirty_days(superuser: Superuser) -> None:
    left()
    work.carry_out()
    for name, lives in (("ruth", True), ("cora", True), ("nadia", False), ("max", False), ("pat", True)):
        assert bool(live_memberships_of(named(f"user:{name}"))) == lives, name
    roles = superuser.execute(
        "SELECT DISTINCT roles FROM people_membership WHERE id = ANY (%s)", [[named("ruth"), named("cora")]]
    )
    assert roles.fetchall() == [(["director"],)]
    assert read_by("cora", LANTERN) == 0
    assert len(rows_of(made("ruth", "cora"), "cases_case")) == 1
    superuser.execute(
        "UPDATE people_membership SET valid_until = valid_until - interval '31 days' WHERE organisation_id = %s",
        [LANTERN],
    )
    assert live_memberships_of(named("user:ruth")) == []
    lines = superuser.execute(
        "SELECT what FROM ledger_entry WHERE what LIKE 'departure.%' OR what = 'organisation.left' ORDER BY at"
    )
    assert [row[0] for row in lines.fetchall()] == ["departure.declared", "departure.confirmed", "organisation.left"]


def test_it_is_not_undone_not_even_by_the_owner_of_the_tables(superuser: Superuser) -> None:
    left()
    for question in (
        "UPDATE leaving_departure SET confirmed_at = NULL, confirmed_by_id = NULL",
        "UPDATE leaving_departure SET reason = 'x'",
        "DELETE FROM leaving_departure",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            superuser.execute(question.encode())
    with acting("cora", level=2) as by, pytest.raises(Refused):
        actions.withdraw(Departure.objects.get(), by=by)
    with acting("ruth", level=2), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM agreements_ending")


@pytest.mark.django_db
def test_the_instant_is_the_databases_own() -> None:
    departure = declared()
    with acting("cora", level=2):
        Departure.objects.filter(pk=departure.pk).update(
            confirmed_at=now() + timedelta(days=9), confirmed_by=named("cora")
        )
        at = Departure.objects.get(pk=departure.pk).confirmed_at
        assert at
        assert at <= now() + timedelta(seconds=1)


@pytest.mark.django_db
@pytest.mark.requirement("MOU-25")
def test_both_sides_read_what_authorities_still_owe() -> None:
    departure = declared()
    assert "Lantern Mentoring" not in str(visit("helen", "/leaving/").content.decode()).split("<main")[1]
    assert visit("cora", f"/leaving/{departure.pk}/confirm/", {}, level=1).status_code == 403
    assert visit("cora", f"/leaving/{departure.pk}/confirm/", {}, level=2).status_code == 302
    for name in ("ruth", "helen", "pat"):
        page = str(visit(name, "/leaving/").content.decode())
        assert "own duties to the people served go on without a break" in page, name
        assert "All its agreements ended in that second" in page
    for name in ("otto", "omar", "paul"):
        assert "Lantern Mentoring" not in str(visit(name, "/leaving/").content.decode()), name
        assert visit(name, f"/leaving/{departure.pk}/certificate/pdf/").status_code == 404


@pytest.mark.django_db
def test_the_certificate_names_who_decided_to_ones_own_only() -> None:
    departure = left()
    for name, named_in in (("ruth", True), ("helen", False)):
        answer = visit(name, f"/leaving/{departure.pk}/certificate/docx/")
        assert answer.status_code == 200
        assert answer.content[:2] == b"PK"
        with acting(name) as by:
            said = str(document_of(Departure.objects.get(pk=departure.pk), by))
            assert ("Cora Lind" in said) == named_in
            assert "FRAMEWORK" in said


@pytest.mark.django_db
def test_those_who_lead_are_told_and_partners_when_it_is_so() -> None:
    departure = declared()
    told = {"cora": True, "ruth": False, "nadia": False, "helen": False}
    for name, is_told in told.items():
        with acting(name) as by:
            assert [one.about for one in feeds.occasions(by)] == [About.DEPARTURE] * is_told, name
    with acting("cora") as by:
        assert len(list(feeds.cards(by))) == 1
    with acting("cora", level=2) as by:
        actions.confirm(Departure.objects.get(pk=departure.pk), by=by)
    with acting("helen") as by:
        assert [one.about for one in feeds.occasions(by)] == [About.DEPARTURE]
