"""The list of agreements: by state, what waits for whom, and what lapses next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from concordat.agreements import actions, feeds
from concordat.agreements.models import Agreement, Signature, Suspension
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, PRISON, acting, named

from . import ready

pytestmark = pytest.mark.django_db


def page_of(name: str) -> str:
    return signed_in(name).get(reverse("agreements:index")).content.decode()


def test_each_party_finds_its_agreements_and_nobody_elses() -> None:
    assert "Mentoring at Aldermoor Prison" in page_of("nadia")
    assert "Mentoring at Aldermoor Prison" in page_of("helen")
    assert "Mentoring at Aldermoor Prison" not in page_of("otto")
    assert "There is no agreement yet." in page_of("otto")


def test_it_says_what_waits_for_whom() -> None:
    version = ready.proposed_framework()
    assert "Version 1 waits for you" in page_of("ruth")
    ready.sign(version, "helen")
    assert "Version 1 waits for Lantern Mentoring" in page_of("helen")


def test_a_draft_stands_only_in_the_list_of_its_author() -> None:
    with acting("ruth") as by:
        actions.new_version(ready.agreed("terms"), by=by)
    assert "Your draft of version 2" in page_of("ruth")
    assert "version 2" not in page_of("helen").lower()


def test_who_cannot_draft_reads_why() -> None:
    assert "Agreements are drafted by a partnership officer" in page_of("pat")


def lapsing(days: int) -> Agreement:
    """Sign a framework that ends in some days."""
    with acting("helen") as by:
        version = ready.framework(by, other=LANTERN)
        actions.set_days(version, first_day=localdate(), last_day=localdate() + timedelta(days=days), by=by)
        actions.propose(version, by=by)
    ready.sign(version, "helen", "ruth")
    return version.agreement


@pytest.mark.requirement("CLK-27")
@pytest.mark.parametrize(("days", "warned"), [(20, True), (80, True), (120, False)])
def test_what_lapses_within_90_days_is_shown_with_what_follows(days: int, warned: bool) -> None:  # noqa: FBT001
    lapsing(days)
    assert ("What lapses next" in page_of("helen")) is warned
    assert ("Access ends then." in page_of("ruth")) is warned


def test_the_number_of_queries_does_not_grow_with_the_list() -> None:
    browser = signed_in("helen")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("agreements:index"))
        return len(queries)

    lapsing(20)
    count()
    before = count()
    for _number in range(3):
        lapsing(30)
    assert count() == before


# ---- what goes to Today --------------------------------------------------------------------------------------------


def test_today_asks_for_the_signature_that_is_missing() -> None:
    version = ready.proposed_framework()
    ready.sign(version, "helen")
    with acting("ruth") as by:
        (card,) = feeds.cards(by)
        assert "Working together" in card.title
        assert [one.refusal for one in card.actions] == [None, None]
    with acting("helen") as by:
        assert list(feeds.cards(by)) == []
    with acting("nadia") as by:
        assert list(feeds.cards(by)) == []


@pytest.mark.requirement("CLK-27")
def test_today_counts_down_to_the_end() -> None:
    lapsing(30)
    with acting("ruth") as by:
        (clock,) = feeds.clocks(by)
        assert "Access ends then." in clock.then
    with acting("nadia") as by:
        assert list(feeds.clocks(by)) == []


def test_today_tells_what_the_other_party_did() -> None:
    since = now() - timedelta(seconds=1)
    version = ready.proposed_framework()
    ready.sign(version, "helen")
    with acting("helen", level=2) as by:
        actions.suspend(ready.agreed("terms"), ground="safety", explanation="Danger", days=1, by=by)
    with acting("ruth") as by:
        said = " ".join(one.words for one in feeds.news(by, since))
    assert "signed “Working together”" in said
    assert "suspended “Mentoring at Aldermoor Prison”" in said


@pytest.mark.parametrize("feed", [feeds.cards, feeds.clocks, lambda by: feeds.news(by, now() - timedelta(days=9))])
def test_feeds_make_a_fixed_number_of_queries(feed: object) -> None:
    def count() -> int:
        with acting("ruth") as by, CaptureQueriesContext(connection) as queries:
            list(feed(by))  # type: ignore[operator]
        return len(queries)

    ready.sign(ready.proposed_framework(), "helen")
    one = count()
    for _number in range(2):
        ready.sign(ready.proposed_framework(), "helen")
        lapsing(20)
    assert count() == one
    with acting("ruth"):
        assert Signature.objects.filter(organisation=PRISON).count() > 3
        assert not Suspension.objects.exists()
        assert Agreement.objects.filter(pk=named("terms")).exists()
