"""What the person says against an end report stands before it on both sides, and in what a machine reads."""

import pytest
from django.utils.timezone import localdate

from concordat.cases import actions
from concordat.cases.models import Disagreement
from concordat.core.testing.machines import machine_of
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.people.models import Scope

from .ready import report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["pat", "cora"])
def test_it_stands_before_the_end_report_on_either_side(who: str) -> None:
    written = report(summary="Twelve meetings.")
    with acting("cora") as by:
        actions.disagree(written, words="It was nine.", said_on=localdate(), written_in="", by=by)
    plan = [f"/cases/{named('civil_case')}/plan/"] if who == "cora" else []  # the link is closed for the other side
    for address in (written.get_absolute_url(), *plan):
        page = signed_in(who).get(address).content.decode()
        assert 0 < page.index("It was nine.") < page.index("Twelve meetings.")
    (shown,) = machine_of(who, Scope.CASES).get("/end-reports").json()["items"]
    assert shown["disagreements"][0]["words"] == "It was nine."


@pytest.mark.parametrize("who", ["paul", "otto", "omar", "adam"])
def test_nobody_else_reads_it(who: str) -> None:
    written = report(summary="Twelve meetings.")
    with acting("cora") as by:
        actions.disagree(written, words="It was nine.", said_on=localdate(), written_in="", by=by)
    with acting(who):
        assert not Disagreement.objects.exists()
