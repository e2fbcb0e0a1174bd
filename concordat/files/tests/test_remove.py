"""Removing and replacing: by the organisation that attached, while the record allows it; the line stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.files import rules
from concordat.files.models import File
from concordat.ledger.models import Entry
from concordat.referrals.delivery.tests.ready import report

from .ready import address, draft, on_participation, on_report, on_version, propose, sees

pytestmark = pytest.mark.django_db


def remove(name: str, file: File) -> Any:  # noqa: ANN401 - a response
    return signed_in(name).post(address("remove", file), {"ground": "wrong"})


@pytest.fixture
def a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr(rules, "now", lambda: later)


def test_what_is_removed_leaves_a_line_that_says_who_and_why() -> None:
    file = on_participation("nadia")
    assert remove("cora", file).status_code == 302
    assert sees("nadia", file) == "line"
    page = signed_in("nadia").get(address("download", file)).content.decode()
    assert "This file was removed." in page
    with acting("cora"):
        kept = File.objects.select_related("removed_by").get(pk=file.pk)
        assert (kept.removed_by_id, kept.ground) == (named("cora"), "wrong")
        assert Entry.objects.filter(what="file.removed").count() == 1


def test_why_is_asked() -> None:
    answer = signed_in("cora").post(address("remove", on_participation()), {"ground": ""})
    assert answer.status_code == 422
    assert "Choose why it is removed" in answer.content.decode()


def test_the_other_party_of_an_agreement_removes_and_replaces_nothing() -> None:
    file = on_version(named("protocol:1"), "ruth")
    assert "Only Lantern Mentoring, which attached this file" in remove("helen", file).content.decode()
    answer = signed_in("helen").post(address("replace", file), {"file": SimpleUploadedFile("x", b"x")})
    assert "Only Lantern Mentoring, which attached this file" in answer.content.decode()
    assert sees("helen", file) == "bytes"


def test_a_slip_is_taken_back_within_a_day_whatever_it_hangs_on() -> None:
    for file, name in ((on_version(named("protocol:1"), "ruth"), "ruth"), (on_report(report()), "cora")):
        assert remove(name, file).status_code == 302
        assert sees(name, file) == "line"


def test_what_was_proposed_or_sent_keeps_its_files_after_that(a_day_later: None) -> None:
    version = draft()
    drafted, proposed, sent = (
        on_version(version.pk, "helen"),
        on_version(named("protocol:1"), "ruth"),
        on_report(report()),
    )
    assert remove("helen", drafted).status_code == 302
    assert "A proposed version keeps its files." in remove("ruth", proposed).content.decode()
    assert "An end report stays as it was sent" in remove("cora", sent).content.decode()
    assert (sees("ruth", proposed), sees("cora", sent)) == ("bytes", "bytes")


def test_a_draft_that_is_proposed_keeps_what_was_attached_before(a_day_later: None) -> None:
    version = draft()
    file = on_version(version.pk, "helen")
    propose(version)
    assert "A proposed version keeps its files." in remove("helen", file).content.decode()


def test_another_file_replaces_it_once_and_both_stay_in_the_list() -> None:
    file = on_participation("nadia", file_name="first.txt")
    browser = signed_in("nadia")
    assert "“first.txt” stays in the list" in browser.get(address("replace", file)).content.decode()
    done = browser.post(address("replace", file), {"file": SimpleUploadedFile("second.txt", b"Better.")}, follow=True)
    page = done.content.decode()
    assert "first.txt" in page
    assert "second.txt" in page
    assert "Replaced" in page
    with acting("nadia"):
        assert File.objects.get(name="second.txt").replaces_id == file.pk
    again = browser.post(address("replace", file), {"file": SimpleUploadedFile("third.txt", b"x")})
    assert again.status_code == 422
    assert "Somebody has replaced this file meanwhile." in again.content.decode()


def test_the_database_lets_nobody_replace_the_file_of_another_organisation() -> None:
    file = on_version(named("protocol:1"), "ruth")
    from django.db import DatabaseError, transaction  # noqa: PLC0415

    with acting("helen"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        File.objects.create(
            owner_id=1, created_by_id=named("helen"), hangs_on="agreement", name="x", media_type="x", size=1,
            sha256="", state="unscanned", replaces=file,
        )  # fmt: skip
    assert connection.is_usable()
