import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from concordat.core.errors import Refused
from concordat.core.refusals import name_of
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import LANTERN, acting, named
from concordat.ledger.models import Subject
from concordat.sharing import actions, rules
from concordat.sharing.models import Acknowledgement, SafetyBriefing

from .words import write

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("PP-12")
def test_what_was_opened_can_be_confirmed() -> None:
    briefing = write()
    with acting("nadia") as by:
        actions.open_briefing(briefing, by=by)
        actions.acknowledge(briefing, by=by)

    with acting("pat"):
        assert briefing.acknowledgements.get().membership_id == named("nadia")
        kept = Subject.objects.filter(entry__what__startswith="briefing.").values_list("entry__what", flat=True)
        assert {"briefing.opened", "briefing.acknowledged"} <= set(kept)


def confirm(briefing: SafetyBriefing, name: str = "nadia") -> None:
    """Confirm past the rules, as the application role does it in SQL."""
    with acting(name), transaction.atomic():
        Acknowledgement.objects.create(briefing=briefing, organisation_id=LANTERN, membership_id=named(name))


def test_what_was_not_opened_cannot_be_confirmed() -> None:
    briefing = write()

    with acting("nadia") as by, pytest.raises(Refused) as refused:
        actions.acknowledge(briefing, by=by)
    assert str(refused.value) == rules.in_words("acknowledges_what_was_opened")
    with pytest.raises(IntegrityError) as stopped:
        confirm(briefing)
    assert name_of(stopped.value) == "acknowledges_what_was_opened"


def test_only_the_newest_version_is_confirmed() -> None:
    older = write()
    with acting("nadia") as by:
        actions.open_briefing(older, by=by)
    write(what_changed="Another room.")

    with acting("nadia") as by, pytest.raises(Refused, match="newer version"):
        actions.acknowledge(older, by=by)
    with pytest.raises(IntegrityError) as stopped:
        confirm(older)
    assert name_of(stopped.value) == "acknowledges_the_newest_version"


def test_a_version_is_confirmed_once() -> None:
    with acting("nadia") as by:
        briefing = SafetyBriefing.objects.get(pk=named("briefing"))
        with pytest.raises(Refused, match="already"):
            actions.acknowledge(briefing, by=by)
    with pytest.raises(IntegrityError, match="acknowledged_once"):
        confirm(briefing)


def test_the_authority_does_not_confirm_its_own() -> None:
    with acting("pat") as by, pytest.raises(Refused, match="from outside"):
        actions.acknowledge(SafetyBriefing.objects.get(pk=named("briefing")), by=by)


@pytest.mark.parametrize("name", ["max", "cora", "faye", "otto"])
def test_nobody_opens_or_confirms_what_they_may_not_read(name: str) -> None:
    with acting("pat"):
        briefing = SafetyBriefing.objects.get(pk=named("briefing"))
    with acting(name) as by, transaction.atomic(), pytest.raises(DatabaseError, match="row-level security"):
        actions.open_briefing(briefing, by=by)
    with pytest.raises(DatabaseError, match=r"row-level security|not opened"):
        confirm(briefing, name)


def test_nobody_confirms_for_another() -> None:
    briefing = write()
    with acting("nadia"), transaction.atomic(), pytest.raises(DatabaseError, match=r"row-level security|not opened"):
        Acknowledgement.objects.create(briefing=briefing, organisation_id=LANTERN, membership_id=named("max"))


def test_the_page_opens_and_the_button_confirms() -> None:
    briefing = write()
    browser = signed_in("nadia")

    page = browser.get(reverse("sharing:briefing", args=[briefing.pk])).content.decode()
    assert "I have read version 2" in page
    browser.post(reverse("sharing:acknowledge", args=[briefing.pk]))
    again = browser.get(reverse("sharing:briefing", args=[briefing.pk])).content.decode()

    assert "You confirmed version 2" in again
    assert "I have read" not in again


def test_a_confirmation_without_opening_says_why() -> None:
    answer = signed_in("nadia").post(reverse("sharing:acknowledge", args=[write().pk]))

    assert answer.status_code == 422
    assert rules.in_words("acknowledges_what_was_opened") in answer.content.decode()


def test_confirming_is_no_link() -> None:
    assert signed_in("nadia").get(reverse("sharing:acknowledge", args=[named("briefing")])).status_code == 405
