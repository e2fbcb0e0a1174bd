"""Renewing: the same text with new days, going on without a gap or with one that is stated; signed like any other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from concordat.access.simulation import simulate
from concordat.agreements import actions
from concordat.agreements.models import Agreement, Version
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, acting

from . import ready

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def held() -> Version:
    """Return a framework agreement in force for a year."""
    version = ready.proposed_framework()
    ready.sign(version, "helen", "ruth")
    return version


def again(version: Version) -> Agreement:
    return Agreement.objects.get(pk=version.agreement_id)


def renew(version: Version, wait: int = 0, gap: str = "") -> Version:
    first = version.last_day + DAY + wait * DAY
    with acting("ruth") as by:
        return actions.renew(again(version), first_day=first, last_day=first + 300 * DAY, gap=gap, by=by)


def page_of(version: Version, name: str = "ruth") -> str:
    address = reverse("agreements:version", args=[version.agreement_id, version.number])
    return " ".join(signed_in(name).get(address).content.decode().split())


@pytest.mark.requirement("MOU-24")
def test_it_goes_on_the_day_after_with_the_same_text(held: Version) -> None:
    version = renew(held)
    assert version.starts_at == held.ends_at
    with acting("ruth"):
        for name in ("code", "wording", "parameters"):
            assert list(version.clauses.values_list(name, flat=True)) == list(held.clauses.values_list(name, flat=True))
    assert "Goes on the day after version 1, without a gap." in page_of(version)


@pytest.mark.requirement("MOU-24")
def test_nothing_goes_on_without_both_signatures(held: Version) -> None:
    version = renew(held)
    with acting("ruth") as by:
        actions.propose(version, by=by)
    ready.sign(version, "ruth")
    with acting("ruth"):
        assert len([one for one in again(held).versions.all() if one.signatures.count() == 2]) == 1


def test_a_gap_is_stated_and_signed(held: Version) -> None:
    with pytest.raises(Refused, match="gap"):
        renew(held, wait=10)
    version = renew(held, wait=10, gap="The building is closed")
    assert "There is a gap of 10 days after version 1. Why: The building is closed" in page_of(version)
    with acting("ruth") as by:
        assert "The building is closed" in actions.propose(version, by=by).document


def test_what_is_before_the_end_is_no_renewal(held: Version) -> None:
    with pytest.raises(Refused, match="goes on from"):
        renew(held, wait=-1)


def test_what_was_never_in_force_is_not_renewed() -> None:
    version = ready.proposed_framework()
    with acting("ruth") as by, pytest.raises(Refused, match="never in force"):
        actions.renew(again(version), first_day=localdate(), last_day=localdate() + DAY, by=by)


def test_a_renewed_protocol_closes_nothing_in_between() -> None:
    """In cells: what is given goes on in the same second; the first version is not replaced before."""
    with acting("helen") as by:
        old = actions.new_version(ready.agreed("protocol"), by=by)
        actions.set_days(old, first_day=old.first_day, last_day=localdate() + 30 * DAY, by=by)
        ready.freeze(old, by)
    ready.sign(old, "helen", "ruth")
    with acting("helen") as by:
        first = old.last_day + DAY
        new = actions.renew(again(old), first_day=first, last_day=first + 99 * DAY, by=by)
        found = simulate(new, by=by)
    assert not any(one.ceases for one in found.cells)
    assert {one.opens[0][0] for one in found.cells} == {old.ends_at}


def test_through_the_page(held: Version) -> None:
    address = reverse("agreements:renew", args=[held.agreement_id])
    browser = signed_in("ruth")
    assert "Renew this agreement" in browser.get(address).content.decode()
    first, last = held.last_day + DAY, held.last_day + 200 * DAY
    sent = {
        f"{name}_{part}": getattr(day, part)
        for name, day in (("first_day", first), ("last_day", last))
        for part in ("day", "month", "year")
    }
    answer = browser.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert "/edit/" in answer["Location"]
    assert signed_in("otto").get(address).status_code == 404


def test_the_other_party_sees_nothing_of_it_before_it_is_proposed(held: Version) -> None:
    version = renew(held)
    assert version.drafted_for_id == LANTERN
    address = reverse("agreements:version", args=[version.agreement_id, version.number])
    assert signed_in("helen").get(address).status_code == 404
