import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from concordat.cases.asked import Asked
from concordat.cases.models import Case
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import FAMILIES, LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.sharing import actions, feeds
from concordat.sharing.models import SafetyNotice

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sharing:send_notice", args=[named("case")])
TEXT = "Person 8T is on the wing from today."


def send(name: str = "pat", to: int = LANTERN) -> SafetyNotice:
    with acting(name) as by:
        case = Case.objects.get(pk=named("case"))
        return actions.send_notice(case, to=Organisation.objects.get(pk=to), text=TEXT, by=by)


@pytest.mark.requirement("PP-12")
def test_a_notice_reaches_who_coordinates_and_who_is_assigned() -> None:
    notice = send("sef")

    for name, arrives in (("cora", True), ("nadia", True), ("max", False), ("faye", False), ("otto", False)):
        with acting(name):
            assert SafetyNotice.objects.filter(pk=notice.pk).exists() is arrives, name


def test_a_short_timeline_hides_no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timeline is cut off at some length; what stands on top of a case is not."""
    monkeypatch.setattr(feeds, "MOST", 1)
    sent = {send("sef").get_absolute_url(), send("pat").get_absolute_url()}

    with acting("nadia") as by:
        own = Case.objects.select_related("owner").get(pk=named("civil_case"))
        asked = Asked(own, by, [named("civil_case"), named("case")])
        told = " ".join(one.words for one in feeds.notices(asked))
        listed = [one for one in feeds.events(asked) if one.title == "Safety notice"]
    assert all(address in told for address in sent)
    assert len(listed) == 1


def test_sending_is_logged_without_a_word_of_it() -> None:
    notice = send()
    with acting("pat"):
        line = Subject.objects.get(entry__what="notice.sent")
    assert (line.categories, line.detail) == ([28], {"notice": str(notice.pk), "to": LANTERN})


def test_it_goes_to_a_partner_only() -> None:
    with pytest.raises(Refused, match="Threshold Families has no agreement with you"):
        send(to=FAMILIES)
    with acting("pat") as by, transaction.atomic(), pytest.raises(DatabaseError, match="row-level security"):
        SafetyNotice.objects.create(owner_id=PRISON, case_id=named("case"), to_id=FAMILIES, text=TEXT, created_by=by)


def test_civil_society_does_not_send_one() -> None:
    with acting("cora") as by:
        case = Case.objects.get(pk=named("civil_case"))
        with pytest.raises(Refused, match="Only the authority"):
            actions.send_notice(case, to=Organisation.objects.get(pk=PRISON), text=TEXT, by=by)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            SafetyNotice.objects.create(owner_id=LANTERN, case=case, to_id=PRISON, text=TEXT, created_by=by)


@pytest.mark.parametrize("name", ["dora", "ines"])
def test_other_posts_of_the_authority_do_not_send_one(name: str) -> None:
    with pytest.raises(Refused, match="Only a programme manager"):
        send(name)


def test_what_was_sent_is_not_changed() -> None:
    notice = send()
    with acting("pat"), transaction.atomic(), pytest.raises(DatabaseError, match="permission denied"):
        SafetyNotice.objects.filter(pk=notice.pk).update(text="Nothing.")


def test_the_page_offers_partners_and_sends() -> None:
    browser = signed_in("pat")
    page = browser.get(ADDRESS).content.decode()
    assert "Lantern Mentoring" in page
    assert "Threshold Families" not in page

    answer = browser.post(ADDRESS, {"to": LANTERN, "text": TEXT})

    with acting("nadia"):
        assert answer.headers["Location"] == reverse("sharing:notice", args=[SafetyNotice.objects.get().pk])


def test_an_empty_notice_keeps_the_choice() -> None:
    answer = signed_in("pat").post(ADDRESS, {"to": LANTERN, "text": ""})

    assert answer.status_code == 422
    assert '<a href="#id_text">Say what they must know now</a>' in answer.content.decode()
    assert "checked" in answer.content.decode()
