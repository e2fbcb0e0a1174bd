"""Data that got out: reported by anybody, told in time, and nothing more than was told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localtime, now

from concordat.breaches import actions, feeds
from concordat.breaches.models import Breach, Telling
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, PROBATION, STRANGER, acting, named
from concordat.notices.about import URGENT, About
from concordat.organisations.models import Organisation

pytestmark = pytest.mark.django_db
SECRET = "zqsecret: a list lay in the corridor"


def reported(by: str = "cass", hours_ago: float = 2) -> Breach:
    with acting(by) as author:
        return actions.report(words=SECRET, known_at=now() - timedelta(hours=hours_ago), by=author)


def assessed(hours_ago: float = 2, **changes: Any) -> Breach:  # noqa: ANN401 - the fields of the action
    breach = reported(hours_ago=hours_ago)
    with acting("dora") as by:
        said = {
            "categories": [1, 9], "persons": 12, "harm": "possible", "measures": "The list was taken away.",
            "partners": [Organisation.objects.get(pk=LANTERN)], **changes,
        }  # fmt: skip
        return actions.assess(Breach.objects.get(pk=breach.pk), **said, by=by)


def told(hours_ago: float = 2) -> Telling:
    breach = assessed(hours_ago)
    with acting("dora") as by:
        return actions.tell(Telling.objects.get(breach=breach), text="A list with names lay open for an hour.", by=by)


def page_of(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


def titles(name: str) -> list[str]:
    with acting(name) as by:
        return [str(one.title) for one in feeds.cards(by)]


@pytest.mark.requirement("ISP-17")
def test_anybody_reports_and_those_who_deal_with_it_are_told_at_once() -> None:
    at = localtime(now() - timedelta(hours=1))
    typed = {"words": SECRET, "day_day": at.day, "day_month": at.month, "day_year": at.year, "time": f"{at:%H:%M}"}
    assert visit("ines", "/breaches/report/", typed).status_code == 302
    with acting("ines"):
        breach = Breach.objects.get()
    assert SECRET in page_of("ines", f"/breaches/{breach.pk}/")
    for name in ("dora", "pat"):
        assert SECRET in page_of(name, f"/breaches/{breach.pk}/")
        with acting(name) as by:
            assert [one.about for one in feeds.occasions(by)] == [About.BREACH]
    assert {About.BREACH, About.BREACH_TOLD} <= URGENT
    for name in ("cass", "helen", "sef", "cora", "ruth", "otto", "omar"):
        assert visit(name, f"/breaches/{breach.pk}/").status_code == 404, name
        assert breach.reference not in page_of(name, "/breaches/")


def test_a_time_that_lies_ahead_is_refused_and_what_was_typed_stays() -> None:
    at = localtime(now() + timedelta(days=1))
    typed = {"words": SECRET, "day_day": at.day, "day_month": at.month, "day_year": at.year, "time": "10:00"}
    answer = visit("ines", "/breaches/report/", typed)
    assert answer.status_code == 422
    assert SECRET in answer.content.decode()
    with acting("cass") as by, pytest.raises(DatabaseError), transaction.atomic():
        Breach.objects.create(
            owner_id=PRISON, reference="DB-X", words="x", known_at=now() + timedelta(hours=1), reported_by=by
        )


@pytest.mark.requirement("ISP-17")
def test_the_clock_of_the_protocol_counts_from_when_it_was_known_and_nobody_gives_themselves_longer() -> None:
    breach = assessed(hours_ago=30)
    with acting("dora") as by:
        telling = Telling.objects.get(breach=breach)
        assert telling.hours == 24
        assert telling.due_at == Breach.objects.get(pk=breach.pk).known_at + timedelta(hours=24)
        for change in ({"due_at": now() + timedelta(days=9)}, {"hours": 90}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Telling.objects.filter(pk=telling.pk).update(**change)
        cards = [one for one in feeds.cards(by) if "Lantern" in str(one.title)]
        assert cards[0].due == telling.due_at
        assert cards[0].state
        assert cards[0].state.kind == "late"
        Telling.objects.filter(pk=telling.pk).update(text="Now.", sent_at=now() - timedelta(days=1), sent_by=by)
        assert Telling.objects.get(pk=telling.pk).is_late  # what is said about the time is not believed
    assert "Told late" in page_of("cora", f"/breaches/told/{telling.pk}/")


@pytest.mark.requirement("ISP-17")
def test_a_partner_reads_what_it_was_told_and_nothing_else() -> None:
    breach = assessed()
    with acting("dora"):
        telling = Telling.objects.get(breach=breach)
    assert visit("cora", f"/breaches/told/{telling.pk}/").status_code == 404
    assert titles("cora") == []
    assert visit("dora", f"/breaches/told/{telling.pk}/tell/", {"text": "A list lay open."}).status_code == 302
    page = page_of("cora", f"/breaches/told/{telling.pk}/")
    assert "A list lay open." in page
    assert "Told late" not in page
    assert SECRET not in page + page_of("cora", "/breaches/")
    assert len(titles("cora")) == 1
    for name in ("nadia", "faye", "otto", "paul", "helen"):
        assert visit(name, f"/breaches/told/{telling.pk}/").status_code == 404, name
    assert visit("cora", f"/breaches/told/{telling.pk}/", {}).status_code == 200
    assert titles("cora") == []
    with acting("cora"):
        assert not Breach.objects.exists()
    with acting("dora"):
        assert Telling.objects.get(pk=telling.pk).read_by_id == named("cora")


def test_what_was_told_stays() -> None:
    telling = told()
    with acting("dora", level=2) as by:
        with pytest.raises(Refused):
            actions.tell(Telling.objects.select_related("breach").get(pk=telling.pk), text="Other words", by=by)
        assert not Telling.objects.filter(pk=telling.pk).update(text="Other words")
    with acting("cora"), pytest.raises(DatabaseError), transaction.atomic():
        Telling.objects.filter(pk=telling.pk).update(text="Other words", read_at=now(), read_by=named("cora"))


@pytest.mark.parametrize("partner", [STRANGER, PROBATION])
def test_nobody_is_told_with_whom_there_is_no_agreement(partner: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        assessed(partners=[Organisation.objects.get(pk=partner)])
    assert "Stranger Aid" not in page_of("dora", f"/breaches/{reported().pk}/assess/")


@pytest.mark.requirement("ISP-17")
def test_it_closes_when_all_is_said_and_then_stays() -> None:
    telling = told()
    with acting("dora") as by:
        breach = Breach.objects.get(pk=telling.breach_id)
        with pytest.raises(Refused, match="before you close"):
            actions.close(breach, lessons="x", by=by)
        actions.tell_authority(breach, told_at=None, why_not="No harm is to be expected.", by=by)
        actions.tell_authority(breach, told_at=now(), reference="SA-77", by=by)
        with pytest.raises(Refused):
            actions.tell_authority(breach, told_at=None, why_not="After all not", by=by)
        actions.tell_persons(breach, told_on=now().date(), how="By their mentor, in words", by=by)
        actions.close(breach, lessons="Lists stay in the office.", by=by)
        with pytest.raises(Refused, match="closed"):
            actions.assess(breach, categories=[1], persons=1, harm="grave", measures="x", partners=[], by=by)
        assert not Breach.objects.filter(pk=breach.pk).update(lessons="Nothing")
    assert titles("dora") == []
    assert "Lists stay in the office." in page_of("dora", f"/breaches/{breach.pk}/")


def test_a_partner_that_is_not_told_keeps_it_open() -> None:
    breach = assessed()
    with acting("dora") as by:
        actions.tell_authority(breach, told_at=now(), by=by)
        actions.tell_persons(breach, told_on=None, why_not="It would put somebody in danger.", by=by)
        with pytest.raises(Refused, match="not told yet"):
            actions.close(breach, lessons="x", by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Breach.objects.filter(pk=breach.pk).update(closed_at=now(), closed_by=by, lessons="x")


def test_grave_harm_is_told_to_the_authority() -> None:
    breach = assessed(harm="grave")
    with acting("dora") as by, pytest.raises(Refused, match="grave harm"):
        actions.tell_authority(breach, told_at=None, why_not="No", by=by)


@pytest.mark.parametrize("address", ["authority", "persons"])
def test_one_of_the_two_is_said(address: str) -> None:
    breach = assessed()
    answer = visit("dora", f"/breaches/{breach.pk}/{address}/", {"why_not": ""})
    assert answer.status_code == 422
    assert "one of the two" in answer.content.decode()


def test_the_log_suggests_kinds_and_owners_to_those_who_deal_with_it() -> None:
    assert visit("nadia", f"/cases/{named('civil_case')}/").status_code == 200
    with acting("nadia") as by:
        breach = actions.report(words="x", known_at=now(), by=by)
    page = page_of("cora", f"/breaches/{breach.pk}/")
    assert "in the week before" in page
    assert "Prison Service: " in page
    assert "in the week before" not in page_of("nadia", f"/breaches/{breach.pk}/")


def test_no_line_of_the_log_says_what_happened() -> None:
    told()
    with acting("dora"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), bool_or(detail::text LIKE '%zqsecret%') FROM ledger_subject")
        ((lines, says),) = cursor.fetchall()
    assert lines
    assert not says
