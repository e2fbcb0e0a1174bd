"""The pages for what did not get out, for letters and for how one is told."""

from collections.abc import Callable

import pytest
from django.utils.translation import override

from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.notices import actions
from concordat.notices.messages import Letter, To, put
from concordat.notices.models import Kind, Message, Way
from concordat.notices.rules import refuse_again, refuse_hand_over, refuse_print_instead
from concordat.notices.sending import send_waiting
from concordat.notices.tests.smtp import Office
from concordat.people.models import Rhythm, User
from concordat.people.tests.conftest import Browser

LINK = "https://example.org/notices/"


def queued(name: str = "pat", organisation: int = PRISON, *, kind: Kind = Kind.NOTICES, way: Way = Way.MAIL) -> Message:
    letter = Letter("notices/waiting.txt", LINK, {"urgent": False, "preferences": LINK})
    who = To(f"{name}@example.org", "en", named(f"user:{name}"), named(name), organisation)
    return put(who, letter, kind=kind, way=way)


def test_the_administrator_sees_what_did_not_get_out_and_has_it_tried_again(adam: Browser, office: Office) -> None:
    office.mood = "unknown"
    message = queued()
    send_waiting()
    page = adam.client.get("/notices/undelivered/").content.decode()
    for words in ("Pat Vell", message.reference, "The mail server knows no such address.", "Given up"):
        assert words in page
    assert "pat@example.org" not in page
    office.mood = "takes"
    adam.client.post(f"/notices/undelivered/{message.pk}/again/")
    send_waiting()
    assert office.numbers == [message.number]
    assert "Everything got out." in adam.client.get("/notices/undelivered/").content.decode()


def test_a_message_of_another_organisation_is_not_found(adam: Browser, office: Office) -> None:
    office.mood = "unknown"
    message = queued("nadia", LANTERN)
    send_waiting()
    assert "Nadia" not in adam.client.get("/notices/undelivered/").content.decode()
    assert adam.client.post(f"/notices/undelivered/{message.pk}/again/").status_code == 404


def test_who_is_no_administrator_sees_no_messages(pat: Browser, office: Office) -> None:
    office.mood = "unknown"
    message = queued("adam")
    send_waiting()
    page = pat.client.get("/notices/undelivered/").content.decode()
    assert "Only an administrator of Prison Service can do this." in page
    assert "Adam Reed" not in page
    assert pat.client.post(f"/notices/undelivered/{message.pk}/again/").status_code == 422
    assert pat.client.post(f"/notices/undelivered/{message.pk}/paper/").status_code == 422


@pytest.mark.parametrize("kind", [Kind.PASSWORD, Kind.INVITATION])
@pytest.mark.usefixtures("own_database")
def test_what_opens_an_account_never_becomes_a_letter_that_others_read(kind: Kind) -> None:
    message = queued(kind=kind)
    with acting("adam") as by:
        assert "opens an account" in (refuse_print_instead(message, by=by) or "")
        with pytest.raises(Refused):
            actions.print_instead(message, by=by)


def test_a_letter_is_printed_and_handed_over_by_somebody_else(adam: Browser, office: Office) -> None:
    message = queued(way=Way.LETTER)
    page = adam.client.get(f"/notices/letters/{message.pk}/").content.decode()
    assert LINK in page
    assert message.reference in page
    assert "Pat" not in page  # a sheet that is lost names nobody
    assert "Pat Vell" in adam.client.get("/notices/letters/").content.decode()
    adam.client.post(f"/notices/letters/{message.pk}/handed-over/")
    after = Message.objects.get(pk=message.pk)
    assert after.handed_over_by == named("adam")
    assert after.sealed == ""
    assert "No letter waits." in adam.client.get("/notices/letters/").content.decode()
    assert adam.client.post(f"/notices/letters/{message.pk}/handed-over/").status_code == 422


@pytest.mark.usefixtures("own_database")
def test_who_may_not_hand_over_a_letter() -> None:
    own, other = queued("adam", way=Way.LETTER), queued("nadia", LANTERN, way=Way.LETTER)
    with acting("adam") as adam:
        assert "for you yourself" in (refuse_hand_over(own, by=adam) or "")
        assert "Only the organisation" in (refuse_hand_over(other, by=adam) or "")
        assert "Only the organisation" in (refuse_again(other, by=adam) or "")
        assert "Only the organisation" in (refuse_hand_over(queued(), by=adam) or "")
    with acting("sef") as sef:
        assert "A coordinator" in (refuse_hand_over(own, by=sef) or "")


def test_what_got_out_is_not_tried_again(adam: Browser, office: Office) -> None:
    message = queued()
    send_waiting()
    assert adam.client.post(f"/notices/undelivered/{message.pk}/again/").status_code == 422


def test_somebody_chooses_how_to_be_told(pat: Browser) -> None:
    chosen = {"language": "ar", "rhythm": "daily", "on_paper": "paper"}
    page = pat.client.post("/account/notices/", chosen)
    assert page.headers["Location"] == "/account/"
    user = User.objects.get(pk=pat.user.pk)
    assert (user.language, user.rhythm, user.on_paper) == ("ar", Rhythm.DAILY, True)
    with override("ar"):
        assert 'lang="ar"' in pat.client.get("/account/").content.decode()


def test_a_choice_that_there_is_not_is_refused(pat: Browser) -> None:
    assert pat.client.post("/account/notices/", {"rhythm": "never"}).status_code == 422


def test_the_pages_need_the_second_factor(browser: Callable[..., Browser]) -> None:
    cass = browser("cass")
    cass.sign_in(code=False)
    for page in ("/notices/", "/notices/letters/", "/notices/undelivered/", "/account/notices/"):
        assert cass.client.get(page).status_code == 302
