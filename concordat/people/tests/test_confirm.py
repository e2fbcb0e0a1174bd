import time
from collections.abc import Callable

import pytest

from concordat.core.edits import filled_from
from concordat.demo.world import named
from concordat.people.forms import MoveForm
from concordat.people.models import Membership
from concordat.people.tests.conftest import Browser, code_of

CONFIRM = "/account/confirm/"


@pytest.fixture
def stale(adam: Browser, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Let eleven minutes pass after the administrator has signed in."""
    later = time.time() + 11 * 60
    monkeypatch.setattr("concordat.people.second_factor.time.time", lambda: later)
    return adam


def test_a_weighty_page_asks_for_the_code_and_comes_back(stale: Browser) -> None:
    asked = stale.client.get("/people/invite/")
    assert asked.headers["Location"] == f"{CONFIRM}?next=%2Fpeople%2Finvite%2F"
    assert stale.client.get(asked.headers["Location"]).status_code == 403


def test_what_was_sent_goes_on_with_the_code(stale: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/people/{named('pat')}/roles/"
    move = {
        "title": "Programme manager", "unit": "", "keeps_work": "keep", "checked": "1",
        "roles": ["programme_manager", "signatory"],
    }  # fmt: skip
    now = {"roles": ["programme_manager"], "title": "Programme manager", "unit": "", "keeps_work": "end"}
    move["filled-from"] = filled_from(MoveForm(initial=now))  # from a page that was opened in time
    asked = stale.client.post(address, move | {"code": "of the form itself"})
    page = asked.content.decode()
    assert asked.status_code == 403
    assert page.count('<textarea name="roles" hidden>') == 2
    assert '<textarea name="code" hidden>\nof the form itself</textarea>' in page
    assert Membership.objects.using("signin").get(id=named("pat")).roles == ["programme_manager"]

    carried = move | {"second-factor-carries": "1"}
    wrong = stale.client.post(f"{CONFIRM}?next={address}", carried | {"second-factor-code": "000000"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count('<textarea name="roles" hidden>') == 2

    monkeypatch.undo()
    right = carried | {"second-factor-code": code_of(stale.user)}
    sent_on = stale.client.post(f"{CONFIRM}?next={address}", right, follow=True)
    assert sent_on.redirect_chain[0] == (address, 307)
    assert Membership.objects.using("signin").get(id=named("pat")).roles == ["programme_manager", "signatory"]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/x", "/\\example.org"])
def test_the_code_leads_to_no_other_server(stale: Browser, elsewhere: str) -> None:
    sent = {"second-factor-code": code_of(stale.user), "second-factor-carries": "1"}
    assert stale.client.post(f"{CONFIRM}?next={elsewhere}", sent).headers["Location"] == "/"


def test_a_clock_set_back_does_not_make_an_old_code_new(adam: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = time.time() - 3600
    monkeypatch.setattr("concordat.people.second_factor.time.time", lambda: earlier)
    assert adam.client.get("/people/invite/").headers["Location"].startswith(CONFIRM)


def test_a_file_that_cannot_be_carried_is_spoken_of(
    stale: Browser, tmp_path_factory: pytest.TempPathFactory, signin_lines: Callable[[], list[str]]
) -> None:
    file = tmp_path_factory.mktemp("sent") / "list.csv"
    file.write_text("a,b")
    with file.open("rb") as opened:
        page = stale.client.post("/people/invite/", {"title": "Mentor", "list": opened}).content.decode()
    assert "Only the file has to be chosen once more" in page
    assert "second factor failed" not in signin_lines()
