"""The two screens: a list by pages, and a form that saves, refuses in words, and loses nothing."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory

from concordat.core import screens
from concordat.core.errors import Refused


class Answer(forms.Form):
    reason = forms.CharField(label="Reason")


def request(method: str = "get", address: str = "/", **data: str) -> HttpRequest:
    made: HttpRequest = getattr(RequestFactory(), method)(address, data)
    made.session = {}  # type: ignore[assignment]
    made._messages = FallbackStorage(made)  # type: ignore[attr-defined]  # noqa: SLF001 - what the middleware does
    return made


def save(reason: str) -> str:
    if reason == "no":
        raise Refused("Only the provider can answer this referral.")
    return f"/saved/{reason}"


def answer(sent: HttpRequest, **settings: Any) -> HttpResponse:  # noqa: ANN401 - handed on
    return screens.show_form(sent, Answer(sent.POST or None), save, title="Answer the referral", **settings)


def test_a_form_is_shown_with_its_title_and_button() -> None:
    response = answer(request(), button="Send the answer", cancel_url="/back", back_url="/back")
    page = response.content.decode()
    assert response.status_code == 200
    assert all(
        words in page for words in ("Answer the referral", "Send the answer", "Cancel", "govuk-back-link", "novalidate")
    )
    assert "<title>Answer the referral - Concordat</title>" in page


def test_what_is_valid_is_saved_and_said_on_the_next_page() -> None:
    sent = request("post", reason="yes")
    response = answer(sent, done="Answer sent")
    assert (response.status_code, response.headers["Location"]) == (302, "/saved/yes")
    assert [str(message) for message in sent._messages] == ["Answer sent"]  # type: ignore[attr-defined]  # noqa: SLF001


def test_a_place_to_go_may_be_named() -> None:
    assert answer(request("post", reason="yes"), to="/elsewhere").headers["Location"] == "/elsewhere"


def test_a_refusal_is_shown_above_the_form_and_nothing_is_lost() -> None:
    response = answer(request("post", reason="no"), done="Answer sent")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Only the provider can answer this referral." in page
    assert 'value="no"' in page
    assert "<title>Error: Answer the referral - Concordat</title>" in page


def test_an_invalid_form_is_never_saved() -> None:
    assert answer(request("post", reason=" ")).status_code == 422


@pytest.mark.parametrize(("asked", "rows", "shown"), [("1", 3, 3), ("2", 60, 25), ("99", 60, 10), ("x", 60, 25)])
def test_a_list_is_shown_by_pages(monkeypatch: pytest.MonkeyPatch, asked: str, rows: int, shown: int) -> None:
    seen = {}

    def look(_request: HttpRequest, _template: str, context: dict[str, object]) -> HttpResponse:
        seen.update(context)
        return HttpResponse()

    monkeypatch.setattr(screens, "render", look)
    screens.show_list(request(address=f"/?page={asked}"), "any.html", list(range(rows)), extra="kept")
    assert len(list(seen["page"])) == shown  # type: ignore[call-overload]
    assert seen["extra"] == "kept"


def test_the_answers_are_checked_before_something_weighty() -> None:
    template = engines["django"].get_template("check.html")
    page = template.render(
        {"rows": [], "decide": "You decide this", "button": "Suspend for 7 days", "kind": "warning"}, request()
    )
    assert all(
        words in page
        for words in ("Check your answers", "You decide this", "Suspend for 7 days", "govuk-button--warning")
    )


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_an_error_page_needs_no_request_and_says_what_to_do(name: str) -> None:
    page = engines["django"].get_template(name).render({})
    assert "<h1" in page
    assert "csrfmiddlewaretoken" not in page


def test_what_is_not_found_is_the_same_bytes_for_whatever_address() -> None:
    template = engines["django"].get_template("404.html")
    pages = {template.render({}, request(address=address)) for address in ("/cases/1", "/cases/2", "/cases/1")}
    assert len(pages) == 1
