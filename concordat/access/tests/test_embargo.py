"""A transfer for security: its organisation knows at once, others a day later, and nothing of theirs moves before."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from concordat.access.embargo import end_embargoes
from concordat.cases.models import Case, FullRecord, Placement, SummaryRecord
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Entry

pytestmark = pytest.mark.django_db


def move(*, hours: float, security: bool = True, end: bool = False) -> None:
    """Move the person of the world from Aldermoor to Kestrel Bay, some hours ago."""
    start = now() - timedelta(hours=hours)
    with acting("pat") as by:
        if end:
            assert Placement.objects.filter(case=named("case"), ends_at=None).update(ends_at=start) == 1
        Placement.objects.create(
            owner_id=PRISON, case_id=named("case"), created_by=by, place_id=named("kestrel"), starts_at=start,
            security=security,
        )  # fmt: skip


def places(who: str) -> list[tuple[UUID, bool]]:
    with acting(who):
        found = Placement.objects.filter(case=named("case")).order_by("starts_at")
        return [(one.place_id, one.ends_at is None) for one in found]


def seen_by_the_mentor() -> tuple[int, ...]:
    with acting("nadia"):
        case = named("case")
        return tuple(
            kind.objects.filter(**{field: case}).count()
            for kind, field in ((Case, "pk"), (Placement, "case"), (SummaryRecord, "case"), (FullRecord, "case"))
        )


def test_others_see_nothing_move_for_a_day_and_its_own_organisation_sees_it_at_once() -> None:
    before, mentors = seen_by_the_mentor(), places("nadia")
    move(hours=23.9)
    assert places("pat") == [(named("aldermoor"), True), (named("kestrel"), True)]
    assert places("nadia") == mentors == [(named("aldermoor"), True)]
    assert seen_by_the_mentor() == before, "access that closes would tell as much as the row"


def test_after_a_day_the_transfer_has_happened_for_others_too() -> None:
    """There are no terms at the other place, so the mentor's access ends with it, as after any transfer."""
    move(hours=24.1)
    assert seen_by_the_mentor() == (0, 0, 0, 0)


def test_an_ordinary_transfer_is_known_at_once() -> None:
    move(hours=0.1, security=False, end=True)
    assert seen_by_the_mentor() == (0, 0, 0, 0)


def test_nobody_lifts_an_embargo_by_hand() -> None:
    move(hours=1)
    with acting("pat"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Placement.objects.filter(case=named("case"), security=True).update(security=False)


def test_the_worker_ends_the_stay_before_once_the_day_is_over() -> None:
    move(hours=23)
    end_embargoes()
    assert places("pat") == [(named("aldermoor"), True), (named("kestrel"), True)]


def test_the_end_of_the_stay_before_has_its_line_in_the_log() -> None:
    move(hours=25)
    for _time in range(2):
        end_embargoes()
        assert places("pat") == [(named("aldermoor"), False), (named("kestrel"), True)]
        with acting("pat"):
            assert Entry.objects.filter(what="placement.embargo_ended").count() == 1
