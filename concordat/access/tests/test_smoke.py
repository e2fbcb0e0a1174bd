"""The world opens as its agreements say."""

import pytest

from concordat.cases.models import Case, FullRecord, Identity, SummaryRecord
from concordat.demo.world import acting, named

pytestmark = pytest.mark.django_db


def test_the_mentor_reads_what_the_protocol_gives() -> None:
    with acting("nadia"):
        assert set(SummaryRecord.objects.values_list("category", flat=True)) == {6, 9, 13}
        assert not Identity.objects.exists()
        assert not FullRecord.objects.exists()
        assert {c.pk for c in Case.objects.all()} == {named("case"), named("civil_case")}


def test_a_stranger_sees_nothing() -> None:
    with acting("otto"):
        assert not Case.objects.exists()
