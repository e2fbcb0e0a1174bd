"""By when a referral is acknowledged and answered: as the terms say, and late in words when it is late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from concordat.agreements.models import Clause, Signature, TermsPlace, Version
from concordat.core.days import add_working_days
from concordat.demo.world import PRISON, START, acting, named, propose_as_it_stands
from concordat.referrals.asking.feeds import cards
from concordat.referrals.models import Referral

from .making import make_sent

pytestmark = pytest.mark.django_db


def agree_on_times(confirm_days: int, answer_days: int) -> None:
    """Sign a version of the terms that says how quickly a referral is answered."""
    with acting("helen") as by:
        version = Version.objects.create(
            agreement_id=named("terms"), number=2, first_day=START.date(), last_day=localdate() + timedelta(days=90),
            starts_at=START, ends_at=datetime(2090, 1, 1, tzinfo=UTC), drafted_by=by, drafted_for_id=PRISON,
        )  # fmt: skip
        TermsPlace.objects.create(version=version, place_id=named("aldermoor"))
        Clause.objects.create(
            version=version, code="TRM-3", wording="As agreed.",
            parameters={"confirm_days": confirm_days, "answer_days": answer_days},
        )  # fmt: skip
        propose_as_it_stands(version, by)
    for signatory in ("helen", "ruth"):
        with acting(signatory, level=2) as by:
            Signature.objects.create(
                version=version, organisation_id=by.organisation_id, membership=by, hash=version.hash, signed_at=START
            )


def days_of(referral: Referral) -> tuple[object, object]:
    return referral.acknowledge_due, referral.answer_due


@pytest.mark.requirement("CLK-12")
def test_without_a_word_in_the_terms_it_is_three_and_ten_working_days() -> None:
    sent = make_sent()
    assert days_of(sent) == (add_working_days(localdate(), 3), add_working_days(localdate(), 10))


@pytest.mark.requirement("CLK-12")
def test_the_terms_in_force_say_by_when() -> None:
    agree_on_times(2, 5)
    sent = make_sent()
    assert days_of(sent) == (add_working_days(localdate(), 2), add_working_days(localdate(), 5))


@pytest.mark.requirement("CLK-12")
def test_what_is_late_is_said_to_be_late_to_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = make_sent()
    later = add_working_days(localdate(), 4)
    for module in ("feeds", "listing"):
        monkeypatch.setattr(f"concordat.referrals.asking.{module}.localdate", lambda *_: later, raising=False)
    for name, words in (("cora", "Late"), ("pat", "No answer in time")):
        with acting(name) as by:
            states = [one.state for one in cards(by) if str(sent.reference) in str(one.title)]
            assert [state.text for state in states if state] == [words]
