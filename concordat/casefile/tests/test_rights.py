"""What a person asks under their rights: recorded, due within a month, asked on Today, answered once with reasons."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from concordat.cases import actions
from concordat.cases.models import Case, RightsRequest
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting, named
from concordat.ledger.models import Subject

pytestmark = pytest.mark.django_db
CASE, OURS = named("case"), named("civil_case")
ANSWER = {
    "outcome": "partly", "answer": "The date was wrong and is mended; the source stays unnamed.", "told": "On paper",
    "complain_to": "The ombudsman",
}  # fmt: skip


def ask(*, asked_on: date | None = None, by: str = "dora") -> RightsRequest:
    with acting(by) as author:
        return actions.record_request(
            Case.objects.get(pk=CASE), right="rectify", words="I was never in Kestrel Bay.", route="By letter",
            asked_on=asked_on or localdate(), by=author,
        )  # fmt: skip


def day(when: date) -> dict[str, int]:
    return {"asked_on_day": when.day, "asked_on_month": when.month, "asked_on_year": when.year}


@pytest.mark.requirement("ISP-18", "CLK-25")
def test_a_request_is_recorded_and_asked_for_on_today_until_it_is_answered() -> None:
    said = {"right": "access", "words": "Show me all of it.", "route": "Said to Pat", **day(localdate())}
    assert visit("dora", f"/cases/{CASE}/rights/ask/", said).status_code == 302
    with acting("dora"):
        (made,) = RightsRequest.objects.all()
        assert Subject.objects.filter(case=CASE, entry__what="rights.asked").exists()
    for who in ("dora", "pat"):
        assert "Answer Person 7Q, who asks: To see what is kept about them" in visit(who, "/").content.decode()
    assert "who asks" not in visit("ines", "/").content.decode()
    shown = visit("pat", f"/cases/{CASE}/rights/").content.decode()
    assert "Show me all of it." in shown
    assert visit("dora", f"/cases/rights/{made.pk}/answer/", ANSWER).status_code == 302
    assert "who asks" not in visit("dora", "/").content.decode()
    shown = visit("pat", f"/cases/{CASE}/rights/").content.decode()
    assert "Done in part" in shown
    assert "The ombudsman" in shown


@pytest.mark.parametrize(
    ("asked", "due", "later"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2026, 3, 15), date(2026, 4, 15), date(2026, 6, 15)),
        (date(2025, 11, 30), date(2025, 12, 30), date(2026, 2, 28)),
    ],
)
def test_the_time_is_a_month_or_three_and_the_database_reckons_the_same(asked: date, due: date, later: date) -> None:
    made = ask(asked_on=asked)
    assert made.due_on == due
    with acting("dora"):
        made.why_longer, made.due_on = "Many papers", date(2099, 1, 1)
        made.save(update_fields=["why_longer", "due_on"])
        made.refresh_from_db()
        assert made.due_on == later


def test_more_time_is_taken_once_before_the_time_is_over() -> None:
    made = ask()
    with acting("dora") as by:
        longer = actions.take_longer(made, why_longer="Many papers", by=by)
        assert longer.due_on > localdate() + timedelta(days=80)
        with pytest.raises(Refused, match="taken once"):
            actions.take_longer(made, why_longer="More", by=by)
    late = ask(asked_on=localdate() - timedelta(days=60))
    with acting("dora") as by, pytest.raises(Refused, match="time is over"):
        actions.take_longer(late, why_longer="x", by=by)


def test_it_is_answered_once_and_stands() -> None:
    made = ask()
    with acting("dora") as by:
        actions.answer_request(made, **ANSWER, by=by)
        with pytest.raises(Refused, match="answered already"):
            actions.answer_request(made, **ANSWER, by=by)
        with pytest.raises(DatabaseError, match="answered already"), transaction.atomic():
            RightsRequest.objects.filter(pk=made.pk).update(answer="Something else")
    for change in ("words = 'x'", "asked_on = now()", "\"right\" = 'access'"):
        with acting("dora"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"UPDATE cases_rightsrequest SET {change}")  # noqa: S608 - words of ours


@pytest.mark.parametrize("who", ["ines", "sef"])
def test_whoever_does_not_answer_sees_none(who: str) -> None:
    made = ask()
    assert "Kestrel" not in visit(who, f"/cases/{CASE}/rights/").content.decode()
    assert visit(who, f"/cases/rights/{made.pk}/answer/").status_code == 404


@pytest.mark.parametrize("who", ["cora", "nadia", "otto", "omar"])
def test_no_other_organisation_sees_it(who: str) -> None:
    ask()
    with acting("pat"):
        assert RightsRequest.objects.count() == 1
    with acting(who):
        assert not RightsRequest.objects.exists()


@pytest.mark.parametrize("missing", ["outcome", "answer", "told", "complain_to"])
def test_an_answer_says_what_why_and_where_to_complain(missing: str) -> None:
    made = ask()
    sent = visit("dora", f"/cases/rights/{made.pk}/answer/", {**ANSWER, missing: ""})
    assert sent.status_code == 422
    with acting("dora"):
        assert RightsRequest.objects.get().answered_at is None


def test_nobody_records_what_was_not_asked_yet() -> None:
    with pytest.raises(Refused, match="have asked before"):
        ask(asked_on=localdate() + timedelta(days=1))


def test_a_mentor_does_not_record_it() -> None:
    with acting("nadia") as by, pytest.raises(Refused, match="answers for them"):
        actions.record_request(
            Case.objects.get(pk=OURS), right="access", words="x", route="x", asked_on=localdate(), by=by
        )
