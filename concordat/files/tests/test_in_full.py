"""A file is in full: where the case is within reach, a rule that gives less than that gives no file."""

import pytest

from concordat.cases.models import Case, Link
from concordat.core.codes import Activity, Category, Form
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.referrals.delivery.tests.ready import report
from concordat.referrals.models import EndReport

from .ready import give, on_participation, on_report, sees

pytestmark = pytest.mark.django_db


def begin_again() -> None:
    """Link the two cases anew after the report has closed the link: the service goes on."""
    with acting("cora"):
        Link.objects.create(
            authority_id=PRISON, authority_case_id=named("case"), civil_id=LANTERN,
            civil_case=Case.objects.get(pk=named("civil_case")), activity=Activity.CUSTODY,
        )  # fmt: skip


@pytest.mark.parametrize(("form", "seen"), [(Form.FULL, "bytes"), (Form.SUMMARY, "nothing"), (Form.DATE, "nothing")])
def test_the_annex_of_a_report_passes_in_full_alone(form: Form, seen: str) -> None:
    written = report()
    file = on_report(written)
    give(Category.P19, form)
    begin_again()
    with acting("pat"):
        assert EndReport.objects.filter(pk=written.pk).exists()
    assert sees("pat", file) == seen


@pytest.mark.parametrize(("form", "seen"), [(Form.FULL, "bytes"), (Form.SUMMARY, "nothing")])
def test_the_signed_paper_passes_with_the_agreement(form: Form, seen: str) -> None:
    file = on_participation()
    give(Category.P31, form)
    assert sees("pat", file) == seen
