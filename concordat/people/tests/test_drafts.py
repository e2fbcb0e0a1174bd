"""Drafts: nothing typed is lost, nobody else reads it, and nothing closed is read back through one."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from concordat.cases.models import Assignment, Restriction
from concordat.core.testing.filling import carried, send
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.ledger.models import Entry
from concordat.people import drafts, kept
from concordat.people.models import KeptPost
from concordat.referrals.asking.tests.making import make_draft
from concordat.referrals.delivery.tests.ready import assigned_long_ago
from concordat.referrals.models import EndReport, Referral

pytestmark = pytest.mark.django_db

WORDS = "Twelve meetings, and then\nthe library <b>"


def address(name: str = "delivery:write_end_report", *args: object) -> str:
    return reverse(name, args=args or [named("link")])


def begin(browser: Client, at: str, **typed: str) -> str:
    """Type something at a page, and choose to go on later; return the number of the draft."""
    before = set(KeptPost.objects.values_list("id", flat=True))
    answer = send(browser, at, {"draft-keep": "1", **typed})
    assert answer.headers["Location"] == "/", answer.content.decode()
    (made,) = set(KeptPost.objects.values_list("id", flat=True)) - before
    return str(made)


def page(browser: Client, at: str) -> str:
    answer = browser.get(at)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def cora() -> Client:
    return signed_in("cora")


def test_what_is_typed_is_kept_as_it_is_and_comes_back(cora: Client) -> None:
    number = begin(cora, address(), summary=WORDS, comment_1="half a sen")
    assert "Nobody else sees it." in page(cora, "/")

    at = page(cora, address())
    assert "You began this on" in at
    assert WORDS not in at  # not before somebody goes on with it
    going_on = page(cora, f"{address()}?draft={number}")
    assert WORDS in going_on
    assert "half a sen" in going_on
    assert "There is a problem" not in going_on
    with acting("cora"):
        assert not EndReport.objects.exists()  # nothing is sent


def test_it_stands_under_today_until_it_is_sent(cora: Client) -> None:
    number = begin(cora, address(), summary=WORDS)
    today = page(cora, "/")
    assert "Not finished" in today
    assert f"{address()}?draft={number}" in today
    assert "Write the end report" in today
    assert "7Q" not in today.partition("Not finished")[2].partition("</section>")[0]  # no case is named there

    going_on = carried(cora.get(f"{address()}?draft={number}").content.decode())
    done = cora.post(address(), going_on | {"summary": WORDS, "achieved_1": "partly", "comment_1": "Most weeks"})
    assert done.status_code == 302
    assert "Not finished" not in page(cora, "/")
    assert not KeptPost.objects.exists()


def test_it_is_thrown_away_where_it_is_met(cora: Client) -> None:
    number = begin(cora, address(), summary=WORDS)
    answer = cora.post(f"/account/kept/?next={address()}", {"kept-post": number, "kept-drop": "1"})
    assert answer.headers["Location"] == address()
    assert "You began this on" not in page(cora, address())


def test_going_on_in_two_windows_keeps_both(cora: Client) -> None:
    number = begin(cora, address(), summary="First")
    opened = carried(cora.get(f"{address()}?draft={number}").content.decode())
    for words in ("In one window", "In the other"):
        cora.post(address(), opened | {"draft-keep": "1", "summary": words})
    assert {dict(one.fields)["summary"] for one in drafts.own(named("user:cora"))} == {"In one window", "In the other"}


def test_it_is_kept_by_itself_without_a_line_of_reading(cora: Client) -> None:
    opened = carried(cora.get(address()).content.decode())
    with_reads = reads()
    first = cora.post("/account/drafts/", opened | {"summary": "One", "draft-auto": "1"}).json()
    second = cora.post(
        "/account/drafts/", opened | {"summary": "Two", "draft-auto": "1", "draft": first["draft"]}
    ).json()
    assert "Kept as a draft at" in second["said"]
    (one,) = drafts.own(named("user:cora"))
    assert (str(one.id), dict(one.fields)["summary"]) == (second["draft"], "Two")
    assert reads() == with_reads


def reads() -> int:
    with acting("cora"):
        return Entry.objects.filter(kind="read").count()


@pytest.mark.parametrize("ticket", ["", "else", '["/", "x", []]:abc'])
def test_only_a_page_of_this_server_says_where_a_draft_belongs(cora: Client, ticket: str) -> None:
    assert cora.post("/account/drafts/", {"summary": "One", "draft-ticket": ticket}).status_code == 404
    assert not KeptPost.objects.exists()


@pytest.mark.requirement("PP-22")
@pytest.mark.parametrize("who", ["nadia", "ruth", "adam", "pat", "dora"])
def test_nobody_else_meets_it(cora: Client, who: str) -> None:
    number = begin(cora, address(), summary=WORDS)
    other = signed_in(who)
    for at in (f"{address()}?draft={number}", "/", "/account/kept/", f"{address()}?draft={number}"):
        assert "Twelve meetings" not in other.get(at, follow=True).content.decode()
    other.post("/account/kept/", {"kept-post": number, "kept-drop": "1"})
    assert KeptPost.objects.filter(id=number).exists()


def test_it_lies_sealed_and_says_nothing_in_the_database(cora: Client) -> None:
    begin(cora, address(), summary=WORDS)
    row = KeptPost.objects.get()
    for words in ("Twelve", "end", str(named("link")), str(named("civil_case"))):
        assert words not in row.sealed
    assert {field.name for field in KeptPost._meta.fields} == {"id", "user", "sealed", "kept_at", "until"}


def test_it_belongs_to_one_membership(cora: Client) -> None:
    begin(cora, address(), summary=WORDS)
    with acting("nadia") as other:
        other.user_id = named("user:cora")
        assert drafts.of(other) == []


# ---- what has closed is not read back -----------------------------------------------------------------------------


def test_a_draft_about_a_case_that_has_closed_to_its_writer_is_neither_shown_nor_listed() -> None:
    assigned_long_ago()
    nadia = signed_in("nadia")
    number = begin(nadia, address(), summary=WORDS)
    assert "Not finished" in page(nadia, "/")
    with acting("cora"):
        Assignment.objects.filter(membership_id=named("nadia"), ends_at=None).update(ends_at=now())
    missing = nadia.get(address("delivery:write_end_report", named("nothing")))
    gone = nadia.get(f"{address()}?draft={number}")
    assert (gone.status_code, gone.content) == (404, missing.content)
    assert "Not finished" not in page(nadia, "/")
    assert nadia.get("/account/kept/").headers["Location"] == "/"
    assert KeptPost.objects.exists()  # a new assignment brings it back


def test_nor_is_one_where_a_restriction_was_made(cora: Client) -> None:
    begin(cora, address(), summary=WORDS)
    with acting("cora") as by:
        about = {"owner_id": by.organisation_id, "case_id": named("civil_case")}
        Restriction.objects.create(**about, membership=by, created_by=by)
    assert "Not finished" not in page(cora, "/")


def test_what_was_sent_too_late_follows_the_same_rule() -> None:
    assigned_long_ago()
    nadia = signed_in("nadia")
    opened = carried(nadia.get(address()).content.decode())
    about = kept_about(opened)
    content = {"path": address(), "acting": str(named("nadia")), "fields": [["summary", WORDS]], "had_files": False}
    kept.put(named("user:nadia"), content | {"about": about}, lifetime=kept.LIFETIME)
    assert WORDS in page(nadia, "/account/kept/")
    with acting("cora"):
        Assignment.objects.filter(membership_id=named("nadia"), ends_at=None).update(ends_at=now())
    assert nadia.get("/account/kept/").headers["Location"] == "/"


def kept_about(opened: dict[str, str]) -> list[tuple[str, str]]:
    _path, _title, about = signing.loads(opened["draft-ticket"], salt="draft")
    return [(label, key) for label, key in about]


def test_the_owed_report_is_still_written_after_the_end(cora: Client) -> None:
    assigned_long_ago()
    number = begin(cora, address(), summary=WORDS)
    assert (
        signed_in("nadia").post(reverse("delivery:end_early", args=[named("link")]), {"reason": "moved"}).status_code
        == 302
    )
    assert WORDS in page(cora, f"{address()}?draft={number}")


# ---- limits ---------------------------------------------------------------------------------------------------------


def test_there_are_at_most_twenty_and_the_rest_is_told_and_stays_on_the_page(cora: Client) -> None:
    for number in range(drafts.MOST):
        begin(cora, address(), summary=f"Draft {number}")
    answer = send(cora, address(), {"draft-keep": "1", "summary": WORDS})
    assert answer.status_code == 422
    assert "You have 20 drafts that are not finished." in answer.content.decode()
    assert WORDS in unescape(answer.content.decode())
    assert len(drafts.own(named("user:cora"))) == drafts.MOST


def test_what_is_too_long_is_told_and_what_was_kept_before_stays(cora: Client) -> None:
    number = begin(cora, address(), summary="Kept before")
    answer = send(cora, address(), {"draft-keep": "1", "draft": number, "summary": "x" * kept.LARGEST})
    assert "This is too long to be kept as a draft." in answer.content.decode()
    assert [dict(one.fields)["summary"] for one in drafts.own(named("user:cora"))] == ["Kept before"]


def test_after_two_weeks_it_is_gone_and_the_worker_removes_it(cora: Client) -> None:
    begin(cora, address(), summary=WORDS)
    row = KeptPost.objects.get()
    assert row.until - row.kept_at == timedelta(days=14)
    KeptPost.objects.update(until=row.kept_at)
    assert "Not finished" not in page(cora, "/")
    kept.forget_old()
    assert not KeptPost.objects.exists()


# ---- and somebody else changed the thing meanwhile -------------------------------------------------------------------


def test_a_draft_of_something_that_was_changed_meanwhile_shows_both_when_it_is_sent() -> None:
    draft, pat = make_draft(), signed_in("pat")
    at = reverse("referrals:change", args=[draft.pk])
    typed = {"need": "mentoring", "outcome_1": "A weekly routine"}
    number = begin(pat, at, **typed, text="Begun on Monday")
    send(pat, at, {**typed, "text": "Saved on Tuesday"})
    going_on = pat.get(f"{at}?draft={number}").content.decode()
    assert "Begun on Monday" in going_on
    met = pat.post(at, carried(going_on) | typed | {"text": "Begun on Monday"})
    assert met.status_code == 409
    assert "Saved on Tuesday" in met.content.decode()
    with acting("pat"):
        assert Referral.objects.get(pk=draft.pk).text == "Saved on Tuesday"


def test_the_number_of_queries_does_not_grow_with_the_drafts(
    cora: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    begin(cora, address(), summary="One")
    with acting("cora") as by, django_assert_num_queries(1):
        drafts.of(by)
    for number in range(3):
        begin(cora, address(), summary=str(number))
    with acting("cora") as by, django_assert_num_queries(1):
        assert len(drafts.of(by)) == 4
