"""What persons said and asked goes with what it is about, and not before: a stop does not end with its request."""

import pytest
from django.utils.timezone import localdate

from concordat.cases import actions
from concordat.cases.models import Case, SummaryRecord
from concordat.core.codes import Category
from concordat.demo.world import acting

from .ready import OURS, Superuser, dispose, end, first, keep, left, look, pass_days

TOLD = {"outcome": "granted", "answer": "It is no longer used.", "told": "On paper", "complain_to": "The ombudsman"}
PROGRESS, PRESENCE = Category.P19, Category.P18


@pytest.fixture
def stopped(superuser: Superuser) -> Superuser:
    """Have the person have one category no longer used and say something against a record of another."""
    with acting("nadia") as by:
        case = Case.objects.get(pk=OURS)
        for category in (PROGRESS, PRESENCE):
            SummaryRecord.objects.create(
                owner_id=case.owner_id, case=case, category=category, text="x", checked_by="x", created_by=by
            )
    with acting("cora") as by:
        asked = actions.record_request(case, right="restrict", words="x", route="x", asked_on=localdate(), by=by)
        actions.answer_request(asked, stopped=[str(int(PROGRESS))], **TOLD, by=by)
        row = SummaryRecord.objects.get(case=case, category=PRESENCE)
        actions.disagree(row, words="Not so.", said_on=localdate(), written_in="en", by=by)
    end(superuser)
    return superuser


def goes(superuser: Superuser) -> None:
    look()
    pass_days(superuser)
    dispose()


@pytest.mark.requirement("CLK-32", "ISP-18")
def test_a_request_does_not_go_before_what_it_stopped(stopped: Superuser) -> None:
    keep(category=Category.P36)
    goes(stopped)
    assert first(stopped, "SELECT count(*) FROM cases_rightsrequest") == 1
    assert first(stopped, "SELECT count(*) FROM cases_usestop") == 1


@pytest.mark.requirement("CLK-32", "ISP-18")
def test_words_go_with_the_record_that_they_are_about(stopped: Superuser) -> None:
    keep(category=PROGRESS)
    goes(stopped)
    assert first(stopped, "SELECT count(*) FROM cases_disagreement") == 1
    keep(category=PRESENCE)
    goes(stopped)
    assert first(stopped, "SELECT count(*) FROM cases_disagreement") == 0


@pytest.mark.requirement("CLK-32")
def test_everything_goes_with_the_whole_case(stopped: Superuser) -> None:
    keep()
    goes(stopped)
    assert left(stopped) == {}
    for table in ("cases_rightsrequest", "cases_usestop", "cases_disagreement"):
        assert first(stopped, f"SELECT count(*) FROM {table}") == 0  # noqa: S608 - named above
