"""Who opens which page of a case; and that what is hidden answers exactly like what does not exist."""

from collections.abc import Iterable
from uuid import uuid4

import pytest

from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import named

pytestmark = pytest.mark.django_db

PARTS = ("", "plan/", "sessions/", "records/", "readers/", "readers/sheet/", "why/", "why/?giver=1&category=9")
OF_LANTERN, OF_PRISON = named("civil_case"), named("case")
OPEN = {
    "nadia": OF_LANTERN,
    "cora": OF_LANTERN,
    "pat": OF_PRISON,
    "sef": OF_PRISON,
    "ines": OF_PRISON,
    "dora": OF_PRISON,
}
CLOSED = {"max": OF_LANTERN, "ruth": OF_LANTERN, "cass": OF_PRISON, "helen": OF_PRISON, "adam": OF_PRISON}
STRANGERS = ("paul", "faye", "otto")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", OPEN)
def test_who_works_on_a_case_or_looks_after_all_opens_every_page(who: str, part: str) -> None:
    assert visit(who, f"/cases/{OPEN[who]}/{part}").status_code == 200


def without_number(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the headers but for the number of the request, which is random each time."""
    return {name: value for name, value in headers if name != "X-Request-Id"}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", [*CLOSED, *STRANGERS])
def test_hidden_and_missing_are_the_same_bytes(who: str, part: str) -> None:
    browser = browser_of(who)
    hidden = browser.get(f"/cases/{CLOSED.get(who, OF_PRISON)}/{part}")
    missing = browser.get(f"/cases/{uuid4()}/{part}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert without_number(hidden.items()) == without_number(missing.items())


@pytest.mark.requirement("PP-22")
def test_the_administrator_finds_no_case_anywhere() -> None:
    browser = browser_of("adam")
    assert "Person 7Q" not in browser.get("/cases/").content.decode()
    assert "Person 7Q" not in browser.post("/search/", {"text": "7Q"}).content.decode()
    assert browser.get("/api/v1/cases").json() == {"items": [], "next": None}


def test_a_partners_worker_who_is_not_assigned_finds_neither_case() -> None:
    browser = browser_of("max")
    for case in (OF_LANTERN, OF_PRISON):
        assert browser.get(f"/cases/{case}/").status_code == 404


def test_a_body_with_a_mandate_sees_what_the_statute_gives() -> None:
    browser = browser_of("omar")
    session = browser.session
    session["purpose"] = "oversight"
    session.save()
    assert "Person 7Q" in browser.get("/cases/").content.decode()
    shown = browser.get(f"/cases/{OF_PRISON}/").content.decode()
    assert "Held by Prison Service" in shown
    assert "Aldermoor Prison" in shown
    assert "Needs in full" not in shown
