import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse
from django.utils.timezone import now

from concordat.agreements.models import Suspension
from concordat.cases.models import Assignment, Link, Participation
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import FAMILIES, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.referrals.delivery import rules
from concordat.referrals.models import EarlyEnd, EndReport, Outcome

from .own_link import OwnLink
from .ready import ABOUT, assigned_long_ago, record, refused_by_the_database, report

pytestmark = pytest.mark.django_db
ADDRESS = reverse("delivery:write_end_report", args=[named("link")])


def suspend() -> None:
    """Let the prison service suspend the framework agreement."""
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("framework"),
            organisation_id=PRISON,
            ground="safety",
            explanation="A threat.",
            created_by=by,
            starts_at=now(),
            ends_at=now() + timedelta(days=3),
        )


def test_it_answers_what_was_asked_in_the_words_of_the_referral() -> None:
    written = report()

    with acting("pat"):
        assert [(one.outcome, one.achievement, one.comment) for one in written.outcomes.all()] == [
            ("A weekly routine", "partly", "Most weeks there was a routine."),
        ]


def test_it_closes_the_link_and_every_assignment() -> None:
    report()

    with acting("cora"):
        assert not Assignment.objects.filter(case_id=named("civil_case"), ends_at=None).exists()
        assert Link.objects.get().ends_at is not None
        line = Subject.objects.get(entry__what="end_report.written")
        assert line.categories == [19]


def test_the_authority_reads_it_while_the_person_agrees_although_the_link_is_closed() -> None:
    written = report()

    with acting("pat"):
        assert EndReport.objects.get() == written
    with acting("cass"):
        assert not EndReport.objects.exists()
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case")).update(withdrawn_at=now(), withdrawn_by_route="said")
    with acting("pat"):
        assert not EndReport.objects.exists()
        assert not Outcome.objects.exists()


def test_a_prohibition_takes_it_away(never_progress: None) -> None:
    report()

    with acting("pat"):
        assert not EndReport.objects.exists()


@pytest.mark.requirement("PP-1")
def test_no_number_stands_behind_what_was_achieved() -> None:
    numbers = (models.FloatField, models.DecimalField, models.IntegerField)
    for model in (Outcome, EndReport):
        kept = [
            field.name for field in model._meta.concrete_fields if isinstance(field, numbers) and not field.is_relation
        ]
        assert kept == (["position"] if model is Outcome else [])
    with acting("pat"):
        written = report()
    page = signed_in("pat").get(written.get_absolute_url()).content.decode()
    said = page[page.index("Desired outcomes") : page.index("</section>", page.index("Desired outcomes"))]
    assert not re.search(r"\d|%|c-state", re.sub(r"<[^>]+>", "", said))


@pytest.mark.parametrize("outcomes", [[], [("partly", "")], [("", "Words.")], [("partly", "Words."), ("not", "More.")]])
def test_every_desired_outcome_is_answered_once_and_in_words(outcomes: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused) as sentence:
        report(outcomes=outcomes)
    assert str(sentence.value) == rules.in_words("end_report_answers_every_outcome")


def bare(name: str = "nadia", **changes: object) -> EndReport:
    """Write a report past the rules, as the application role does it in SQL."""
    with acting(name) as by:
        fields = {**ABOUT, "created_by": by, "link_id": named("link"), "to_id": PRISON, "summary": "Done.", **changes}
        return EndReport.objects.create(**fields)


def test_the_database_takes_no_report_without_its_answers() -> None:
    with refused_by_the_database("end_report_answers_every_outcome"), connection.cursor() as cursor:
        bare()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"position": 2}, "outcome_is_one_that_was_desired"),
        ({"comment": ""}, "outcome_is_put_in_words"),
        ({"achievement": "0.5"}, "achievement_is_one_of_the_words"),
    ],
)
def test_the_database_takes_no_other_answer(fields: dict[str, object], constraint: str) -> None:
    point = transaction.savepoint()
    written = bare()
    with acting("nadia"), refused_by_the_database(constraint):
        Outcome.objects.create(
            **{"end_report": written, "position": 1, "achievement": "not", "comment": "Words.", **fields}
        )
    transaction.savepoint_rollback(point)


def test_it_goes_to_the_referrer_and_to_nobody_else() -> None:
    with refused_by_the_database("end_report_goes_to_the_referrer"):
        bare(to_id=FAMILIES)


def test_one_report_for_each_service() -> None:
    report()
    with pytest.raises(Refused) as sentence:
        report("cora")
    assert str(sentence.value) == rules.in_words("end_report_is_one_for_each_link")
    with refused_by_the_database("end_report_is_one_for_each_link"):
        bare("cora")


@pytest.mark.parametrize("name", ["max", "faye", "pat", "otto"])
def test_the_database_takes_a_report_from_nobody_else(name: str) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        bare(name)


def test_it_is_owed_after_an_early_end_and_the_coordinator_writes_it() -> None:
    assigned_long_ago()
    record()
    with acting("nadia") as by:
        EarlyEnd.objects.create(**ABOUT, created_by=by, link_id=named("link"), reason="moved")

    report("cora")
    with acting("pat"):
        assert EndReport.objects.count() == 1


# ---- in the wind-down ----------------------------------------------------------------------------------------------


def test_in_the_wind_down_it_is_written_and_not_read_back() -> None:
    suspend()
    written = report()

    for name in ("nadia", "cora"):
        with acting(name):
            assert not EndReport.objects.exists()
            assert not Outcome.objects.exists()
    with acting("pat"):
        assert EndReport.objects.get() == written
        assert written.outcomes.get().outcome == "A weekly routine"


def test_it_is_read_back_when_an_agreement_is_in_force_again() -> None:
    suspend()
    report()
    with acting("helen", level=2) as by:
        Suspension.objects.update(lifted_at=now(), lifted_by=by)

    with acting("cora"):
        assert EndReport.objects.get().summary == "Twelve meetings."


def test_in_the_wind_down_the_form_asks_without_the_words_of_the_referral() -> None:
    suspend()
    browser = signed_in("nadia")
    page = browser.get(ADDRESS).content.decode()

    assert "Desired outcome 1 of the referral" in page
    assert "A weekly routine" not in page
    assert "you cannot read the report back" in page
    assert "Keep a weekly routine" in page  # the goals are one's own


def test_while_an_agreement_is_in_force_the_form_asks_in_the_words_of_the_referral(own_link: OwnLink) -> None:
    page = signed_in("cora").get(reverse("delivery:write_end_report", args=[own_link.link.pk])).content.decode()

    assert "A weekly routine" in page
    assert "Contact with a sister" in page


def sent(**changes: object) -> dict[str, object]:
    """Return what a browser sends."""
    return {"summary": "Twelve meetings.", "achieved_1": "partly", "comment_1": "Most weeks.", "onward": "", **changes}


def test_what_is_missing_is_asked_back_with_everything_typed() -> None:
    answer = signed_in("nadia").post(ADDRESS, sent(achieved_1="", summary=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things to put right" in page
    assert '<a href="#id_achieved_1_0">' in page
    assert "Most weeks." in page


@pytest.mark.parametrize("name", ["max", "pat", "otto"])
def test_who_does_not_work_on_the_case_finds_no_page(name: str) -> None:
    assert signed_in(name).get(ADDRESS).status_code == 404
