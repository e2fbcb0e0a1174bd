"""The words of a quotation are gone for good with either of its two records."""

import pytest

from concordat.cases.models import SummaryRecord
from concordat.core.codes import Category
from concordat.demo.world import acting, named
from concordat.quoting.actions import quote
from concordat.referrals.delivery.tests import ready as delivery
from concordat.referrals.models import Review
from concordat.retention.tests.ready import Superuser, dispose, end, keep, look, pass_days

CASE, OURS = named("case"), named("civil_case")


@pytest.mark.requirement("CLK-32")
@pytest.mark.parametrize("whose", ["cora", "pat"])
def test_its_words_are_removed_with_the_record_that_it_stands_in_and_with_its_source(
    superuser: Superuser, whose: str
) -> None:
    delivery.assigned_long_ago()
    review = delivery.review()
    with acting("nadia") as by:
        source = SummaryRecord.objects.get(category=Category.P09)
        quote(Review.objects.get(pk=review.pk), source=source, words="Needs, summary", by=by)
    delivery.report()
    end(superuser, cases=(OURS, CASE))
    keep(whose)
    look()
    pass_days(superuser)
    assert superuser.execute("SELECT count(*) FROM quoting_quotation").fetchone() == (1,)
    assert dispose() == 1
    assert superuser.execute("SELECT count(*) FROM quoting_quotation").fetchone() == (0,)
    assert superuser.execute("SELECT count(*) FROM referrals_review").fetchone() == (0 if whose == "cora" else 1,)
