"""From outside a referral shows two words, whoever said no: compared byte by byte."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from concordat.cases.models import Link, Participation
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting
from concordat.referrals.asking import actions
from concordat.referrals.models import Referral

from .making import (
    assigned,
    goal,
    make_answer,
    make_participation,
    make_sent,
)
from .pages import main, read

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("PP-11", "C6.9")
def test_the_referrer_reads_the_same_bytes_whoever_said_no() -> None:
    # One referral, five ends: so that reference, dates and names are the same, each end is rolled back.
    sent, pat = make_sent(), signed_in("pat")
    shown: dict[str, tuple[str, ...]] = {}

    def look(name: str) -> None:
        case = reverse("cases:detail", args=[sent.case_id])
        others = (pat.get(address).content.decode() for address in (case, reverse("today:today")))
        pages = (read(pat, "detail", sent.pk), read(pat, "index"), *others)
        shown[name] = tuple(map(main, pages))

    def acknowledged() -> None:
        with acting("cora") as by:
            actions.acknowledge(Referral.objects.get(pk=sent.pk), by=by)

    def declined() -> None:
        make_answer(sent, accept=False, reason="No place")

    def accepted() -> Link:
        link = make_answer(sent, accept=True).link
        assert link
        return link

    def withdrawn() -> None:
        link = accepted()
        paper = make_participation(link)
        assigned(link)
        with acting("nadia") as by:
            actions.write_goals(Link.objects.get(pk=link.pk), goals=[goal()], service_target="behaviour", by=by)
        with acting("cora"):
            Participation.objects.filter(pk=paper.pk).update(withdrawn_at=now(), withdrawn_by_route="said")

    def ended() -> None:
        link = accepted()
        make_participation(link)
        with acting("cora"):
            Link.objects.filter(pk=link.pk).update(ends_at=now())

    for way in (acknowledged, declined, accepted, withdrawn, ended):
        with rolled_back():
            way()
            look(way.__name__)
    assert len(shown) == 5
    assert len(set(shown.values())) == 1
    assert "Not currently" in shown["declined"][0]
    with rolled_back():
        make_participation(accepted())
        look("agreed")
    assert shown["agreed"][0] != shown["declined"][0]
    assert "Not currently" not in shown["agreed"][0]


class rolled_back:  # noqa: N801 - reads as a word
    """Undo at the end of the block what was done in it."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *raised: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
