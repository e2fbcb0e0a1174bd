"""Access closes by itself: whatever ends it, in the same second the mentor has nothing left of the authority's records.

What ends it is committed, some of it by the owner of the database, because only time would do it otherwise.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import now

from concordat.agreements.models import Ending, Suspension
from concordat.cases.models import Assignment, Case, DateRecord, Participation, SummaryRecord
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Entry, Record
from concordat.organisations.models import Organisation
from concordat.referrals.models import EndReport, GoalSet, HeadingNote, Referral, Session
from concordat.sharing import actions as safety
from concordat.sharing.models import SafetyBriefing, SafetyNotice

from .ready import ago, assigned_long_ago, looking_as, record, report

AsOwner = Callable[..., None]
FULL = [(7, "full"), (9, "summary"), (2, "full"), (13, "summary")]


@pytest.fixture(autouse=True)
def _began(own_database: str) -> None:
    """Let a service have run for a while, with a session and its note."""
    assigned_long_ago()
    record(notes={"routine": "Library and sport."})


@pytest.fixture
def as_owner(owner_dsn: str) -> AsOwner:
    """Return how to change something as the owner of the tables, as time or a clerk at the database would."""

    def execute(*statements: str) -> None:
        with psycopg.connect(owner_dsn, autocommit=True) as owner:
            for statement in statements:
                owner.execute(statement.encode())

    return execute


# ---- what ends it --------------------------------------------------------------------------------------------------


def suspend(_as_owner: AsOwner, agreement: str) -> None:
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named(agreement), organisation_id=PRISON, ground="safety", explanation="A threat.",
            created_by=by, starts_at=now(), ends_at=now() + timedelta(days=3),
        )  # fmt: skip


def suspended_framework(as_owner: AsOwner) -> None:
    suspend(as_owner, "framework")


def suspended_protocol(as_owner: AsOwner) -> None:
    suspend(as_owner, "protocol")


def suspended_terms(as_owner: AsOwner) -> None:
    suspend(as_owner, "terms")


def ended_framework(_as_owner: AsOwner) -> None:
    with acting("helen", level=2) as by:
        Ending.objects.create(
            agreement_id=named("framework"),
            organisation_id=PRISON,
            reason="The programme is over.",
            created_by=by,
            at=now(),
        )


def last_day_passed(as_owner: AsOwner, agreement: str = "framework", after: str = "0 seconds") -> None:
    """Let the last day of an agreement pass; the compiled rows follow the versions by themselves."""
    as_owner(
        "ALTER TABLE agreements_version DISABLE TRIGGER frozen",
        f"UPDATE agreements_version SET ends_at = clock_timestamp() + interval '{after}'"  # noqa: S608 - both of the test
        f" WHERE id = '{named(f'{agreement}:1')}'",
        "ALTER TABLE agreements_version ENABLE TRIGGER frozen",
    )


def last_day_of_the_terms_passed(as_owner: AsOwner) -> None:
    last_day_passed(as_owner, "terms")


def clearance_expired(as_owner: AsOwner) -> None:
    as_owner(f"UPDATE people_clearance SET valid_until = now() WHERE membership_id = '{named('nadia')}'")  # noqa: S608


def membership_ended(as_owner: AsOwner) -> None:
    as_owner(f"UPDATE people_membership SET valid_until = now() WHERE id = '{named('nadia')}'")  # noqa: S608


def assignment_ended(_as_owner: AsOwner) -> None:
    with acting("cora"):
        Assignment.objects.filter(membership_id=named("nadia")).exclude(ends_at__lte=now()).update(ends_at=now())


def service_ended(_as_owner: AsOwner) -> None:
    report()


def withdrawn(_as_owner: AsOwner) -> None:
    with acting("cora"):
        Participation.objects.filter(case_id=named("civil_case"), withdrawn_at=None).update(
            withdrawn_at=now(), withdrawn_by_route="said"
        )


AGREEMENTS = [
    suspended_framework,
    suspended_protocol,
    suspended_terms,
    ended_framework,
    last_day_passed,
    last_day_of_the_terms_passed,
]
PERSONS = [clearance_expired, membership_ended, assignment_ended, service_ended]


# ---- what is left --------------------------------------------------------------------------------------------------


def seen_of(owner: int) -> dict[str, int]:
    """Count what one sees of an organisation's records, in every table of records there is."""
    tables = [model for model in apps.get_models() if issubclass(model, Record)]
    counts = {model.__name__: QuerySet(model).filter(owner_id=owner).count() for model in tables}
    return {name: count for name, count in counts.items() if count}


def why(name: str, category: int = 7, form: str = "full") -> str | None:
    """Ask from one's own case what is missing."""
    with looking_as(name), connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer FROM access.why(%s, %s, ARRAY[%s]::smallint[], ARRAY[%s])",
            [named("civil_case"), PRISON, category, form],
        )
        (answer,) = cursor.fetchone() or (None,)
        return answer


def test_before_anything_ends_the_mentor_has_what_was_agreed() -> None:
    with acting("nadia"):
        seen = seen_of(PRISON)
        assert {
            "Case",
            "SafetyBriefing",
            "SummaryRecord",
            "Referral",
            "Placement",
            "KeyDates",
            "IdentitySummary",
        } <= set(seen)
    assert [why("nadia", *cell) for cell in FULL] == ["yes"] * 4


@pytest.mark.parametrize("close", [*AGREEMENTS, *PERSONS])
def test_nothing_of_the_authority_is_left(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    close(as_owner)

    with looking_as("nadia"):
        assert seen_of(PRISON) == {}
        assert not SafetyBriefing.objects.exists()
        assert not Referral.objects.exists()


@pytest.mark.parametrize("close", [*AGREEMENTS, clearance_expired])
def test_what_is_ones_own_stays(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    close(as_owner)

    with acting("nadia"):
        assert Case.objects.get().pk == named("civil_case")
        assert Session.objects.count() == 1
        assert HeadingNote.objects.get().text == "Library and sport."
        assert GoalSet.objects.get().goals.count() == 1


@pytest.mark.parametrize("close", [*AGREEMENTS, *PERSONS])
def test_the_organisation_keeps_its_own_whoever_left(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    close(as_owner)

    with acting("cora"):
        assert Case.objects.filter(pk=named("civil_case")).exists()
        assert Session.objects.count() == 1
        assert GoalSet.objects.count() == 1


def test_it_closes_by_the_clock_alone(as_owner: AsOwner) -> None:
    last_day_passed(as_owner, after="2 seconds")
    with acting("nadia"):
        assert seen_of(PRISON)

    time.sleep(2.1)  # nothing runs meanwhile
    with acting("nadia"):
        assert seen_of(PRISON) == {}


def test_a_transaction_that_was_open_across_the_end_sees_nothing_more(as_owner: AsOwner) -> None:
    last_day_passed(as_owner, after="2 seconds")
    with acting("nadia"):
        assert SafetyBriefing.objects.exists()
        time.sleep(2.1)
        assert not SafetyBriefing.objects.exists()


# ---- the pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("close", AGREEMENTS)
def test_the_pages_of_the_mentor_hold_nothing_of_it(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    browser = signed_in("nadia")
    address = reverse("sharing:briefing", args=[named("briefing")])
    assert browser.get(address).status_code == 200
    close(as_owner)

    assert browser.get(address).status_code == 404
    assert (
        browser.get(address).content == browser.get(reverse("sharing:briefing", args=[named("no such thing")])).content
    )
    assert browser.get(reverse("sharing:briefings", args=[named("case")])).status_code == 404
    page = browser.get(reverse("delivery:sessions", args=[named("link")])).content.decode()
    assert "Library and sport." in page
    for words in ("Room 4", "Would like somebody to talk to", "Escort", "Reads well"):
        assert words not in page


# ---- why -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("close", "asked_by", "answer"),
    [
        (suspended_framework, "nadia", "framework"),
        (suspended_protocol, "nadia", "rule"),
        (suspended_terms, "nadia", "terms"),
        (ended_framework, "nadia", "framework"),
        (last_day_passed, "nadia", "framework"),
        (last_day_of_the_terms_passed, "nadia", "terms"),
        (clearance_expired, "nadia", "worker"),
        (assignment_ended, "cora", "assignment"),
        (membership_ended, "nadia", None),  # a leaver has no case to ask from
        (assignment_ended, "nadia", None),
    ],
)
def test_from_ones_own_case_the_lapsed_clause_is_named(
    close: Callable[[AsOwner], None], asked_by: str, answer: str | None, as_owner: AsOwner
) -> None:
    close(as_owner)
    assert why(asked_by) == answer


# ---- a person's choice ---------------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-11")
def test_after_a_withdrawal_what_depended_on_the_person_is_not_currently(as_owner: AsOwner) -> None:
    withdrawn(as_owner)

    with acting("nadia"):
        assert not SummaryRecord.objects.filter(category=13).exists()
    assert why("nadia", 13, "summary") == "not_currently"


@pytest.mark.requirement("PP-11")
def test_after_a_withdrawal_the_authority_has_nothing_and_learns_nothing_new(as_owner: AsOwner) -> None:
    with acting("pat"):
        assert DateRecord.objects.filter(owner_id=LANTERN).exists()
        assert HeadingNote.objects.exists()
    withdrawn(as_owner)
    record(held=False, minutes=None, cause="other", starts_at=ago(hours=5))  # the provider finishes its own
    report()

    with acting("pat"):
        assert seen_of(LANTERN) == {}
    with acting("cora"):
        assert Session.objects.count() == 2
        assert EndReport.objects.count() == 1


def test_when_the_service_ends_after_a_withdrawal_nothing_is_left(as_owner: AsOwner) -> None:
    withdrawn(as_owner)
    service_ended(as_owner)

    with acting("nadia"):
        assert seen_of(PRISON) == {}


# ---- what still passes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("close", [suspended_framework, suspended_terms, ended_framework, last_day_passed])
def test_the_owed_report_is_written_and_not_read_back(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    close(as_owner)
    browser = signed_in("nadia")
    sent = {"summary": "Twelve meetings.", "achieved_1": "partly", "comment_1": "Most weeks.", "onward": ""}

    answer = browser.post(reverse("delivery:write_end_report", args=[named("link")]), sent, follow=True)

    assert "The end report is received" in answer.content.decode()
    for name in ("nadia", "cora"):
        with acting(name):
            assert not EndReport.objects.exists()
    with acting("pat"):
        written = EndReport.objects.get()
        assert written.in_wind_down
        assert written.outcomes.get().outcome == "A weekly routine"


def test_after_the_wind_down_nothing_is_sent_any_more(as_owner: AsOwner) -> None:
    last_day_passed(as_owner, after="-31 days")

    page = signed_in("nadia").get(reverse("delivery:write_end_report", args=[named("link")])).content.decode()
    assert "more than 30 days ago" in page
    with pytest.raises(Refused, match="within the last 30 days"):
        warn()


def warn() -> SafetyNotice:
    """Send a safety notice about the case."""
    with acting("pat") as by:
        case = Case.objects.get(pk=named("case"))
        return safety.send_notice(
            case, to=Organisation.objects.get(pk=LANTERN), text="Person 8T is on the wing.", by=by
        )


@pytest.mark.requirement("PP-12")
@pytest.mark.parametrize("close", AGREEMENTS)
def test_a_safety_notice_arrives_and_nothing_else(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    before = warn()
    close(as_owner)
    after = warn()

    for name in ("nadia", "cora"):
        with acting(name):
            assert {notice.pk for notice in SafetyNotice.objects.all()} == {before.pk, after.pk}
    with acting("nadia"):
        assert set(seen_of(PRISON)) == {"SafetyNotice"}


@pytest.mark.parametrize("close", [assignment_ended, membership_ended])
def test_whoever_left_is_not_warned_and_the_coordinator_is(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    close(as_owner)
    warn()

    with looking_as("nadia"):
        assert not SafetyNotice.objects.exists()
    with acting("cora"):
        assert SafetyNotice.objects.exists()


# ---- what was read stays known -------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-3")
@pytest.mark.parametrize("close", [suspended_framework, last_day_passed, membership_ended, service_ended])
def test_earlier_reads_stay_in_the_log_of_the_owner(close: Callable[[AsOwner], None], as_owner: AsOwner) -> None:
    signed_in("nadia").get(reverse("sharing:briefing", args=[named("briefing")]))
    close(as_owner)

    with acting("dora"):
        line = Entry.objects.get(kind="read", what="sharing:briefing")
        assert line.membership == named("nadia")
        assert line.organisation == LANTERN
        subject = line.subjects.get(owner=PRISON)
        assert subject.case == named("case")
        assert 7 in subject.categories
