"""The files of a record: what is shown, what is attached, what is refused and what stays typed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.files.models import File, State
from concordat.ledger.models import Entry, Subject
from concordat.referrals.delivery.tests.ready import report

from . import samples
from .ready import TEXT, draft, on_participation, on_report, on_version, send

pytestmark = pytest.mark.django_db
RECORD = reverse("files:record", args=["participation", named("participation")])
PREPARE = reverse("referrals:prepare", args=[named("link")])
VERSION = reverse("agreements:version", args=[named("protocol"), 1])
LIMIT = 1024 * 1024


def test_a_scan_is_attached_and_shown_on_the_page_of_its_record() -> None:
    answer = send(
        "nadia",
        "participation",
        named("participation"),
        samples.photo(),
        file_name="IMG_1 (Iri).heic",
        description="Signed, page 1",
    )
    assert (answer.status_code, answer["Location"]) == (302, PREPARE)

    page = signed_in("nadia").get(PREPARE).content.decode()
    for words in (
        "IMG_1 (Iri).jpg",
        "Signed, page 1",
        "Not looked at for viruses",
        "Nadia Brandt",
        "Lantern Mentoring",
    ):
        assert words in page
    with acting("cora"):
        file = File.objects.get()
        line = Subject.objects.select_related("entry").get(detail__file=str(file.pk))
    assert (line.entry.what, line.owner, line.case, line.categories) == ("file.attached", 3, named("civil_case"), [31])
    assert file.size != len(samples.photo())


def test_the_page_of_an_agreement_and_of_a_report_show_theirs() -> None:
    file = on_version(named("protocol:1"), "ruth")
    for name in ("helen", "ruth"):
        page = signed_in(name).get(VERSION).content.decode()
        assert "paper.txt" in page
        assert file.sha256[:4].upper() in page
        assert "not part of the signed text" in page
    written = report()
    on_report(written)
    assert "paper.txt" in signed_in("cora").get(written.get_absolute_url()).content.decode()


def test_a_report_shows_no_sign_of_its_files_to_who_gets_the_summary() -> None:
    written = report()
    on_report(written)
    page = signed_in("pat").get(written.get_absolute_url()).content.decode()
    assert "paper.txt" not in page
    assert 'id="files"' not in page


@pytest.mark.parametrize(
    ("name", "kind", "record"),
    [
        ("pat", "participation", "participation"),
        ("max", "participation", "participation"),
        ("faye", "agreement", "protocol:1"),
        ("nadia", "participation", "nothing"),
        ("nadia", "agreement", "participation"),
        ("nadia", "session", "participation"),
    ],
)
def test_a_hidden_record_is_not_told_from_a_missing_one(name: str, kind: str, record: str) -> None:
    browser = signed_in(name)
    hidden = browser.get(reverse("files:record", args=[kind, named(record)]))
    missing = browser.get(reverse("files:record", args=["participation", named("what nobody has")]))
    assert hidden.status_code == missing.status_code == 404
    assert plain(hidden) == plain(missing)
    assert send(name, kind, named(record)).status_code == 404


def plain(answer: Any) -> str:  # noqa: ANN401 - a response
    """Return a page without the token that differs at each request."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def test_the_draft_of_the_other_party_is_not_found() -> None:
    version = draft()
    on_version(version.pk, "helen")
    assert signed_in("ruth").get(reverse("files:record", args=["agreement", version.pk])).status_code == 404


def test_a_line_about_a_draft_stands_in_no_log_of_the_other_party() -> None:
    on_version(draft().pk, "helen")
    with acting("cora"):
        assert not Entry.objects.filter(what__startswith="file.").exists()
    on_version(named("protocol:1"), "helen")
    with acting("cora"):
        assert Entry.objects.filter(what="file.attached").count() == 1


# ---- what is refused ------------------------------------------------------------------------------------------------


def test_what_is_no_file_of_a_kept_type_is_refused_in_words_and_what_was_typed_stays() -> None:
    answer = send("nadia", "participation", named("participation"), b"MZ\x90\x00", description="Signed, page 1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This type of file is not kept here." in page
    assert 'value="Signed, page 1"' in page
    with acting("nadia"):
        assert not File.objects.exists()


def test_no_file_chosen_is_said_at_the_field() -> None:
    answer = signed_in("nadia").post(RECORD, {"description": "Signed"})
    assert answer.status_code == 422
    assert "Choose a file" in answer.content.decode()


def test_a_file_that_is_too_large_is_thrown_away_while_it_arrives(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_LIMIT = LIMIT
    from django.core.files import uploadhandler  # noqa: PLC0415

    kept: list[int] = []
    collect = uploadhandler.MemoryFileUploadHandler.receive_data_chunk

    def noting(self: uploadhandler.MemoryFileUploadHandler, raw: bytes, start: int) -> bytes | None:
        kept.append(len(raw))
        return collect(self, raw, start)

    monkeypatch.setattr(uploadhandler.MemoryFileUploadHandler, "receive_data_chunk", noting)
    for size in (LIMIT + 1, 3 * LIMIT):
        answer = send("nadia", "participation", named("participation"), b"x" * size, description="Signed, page 1")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "This file is too large: at most 1 megabyte is kept." in page
        assert 'value="Signed, page 1"' in page
        assert sum(kept) <= LIMIT
        kept.clear()
    assert send("nadia", "participation", named("participation"), b"x" * LIMIT).status_code == 302


def test_a_record_has_a_limited_number_of_files(settings: Settings) -> None:
    settings.FILES_PER_RECORD = 2
    for _number in range(2):
        on_participation()
    answer = send("nadia", "participation", named("participation"))
    assert answer.status_code == 422
    assert "One record has at most 2 files." in answer.content.decode()


@pytest.mark.parametrize(("name", "words"), [("pat", "partnership officer"), ("cora", "partnership officer")])
def test_only_who_drafts_agreements_attaches_to_one(name: str, words: str) -> None:
    answer = send(name, "agreement", named("protocol:1"))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_nothing_is_attached_after_a_person_has_withdrawn() -> None:
    with acting("cora"):
        from django.utils.timezone import now  # noqa: PLC0415

        from concordat.cases.models import Participation  # noqa: PLC0415

        Participation.objects.filter(pk=named("participation")).update(withdrawn_at=now(), withdrawn_by_route="said")
    assert "no longer agrees" in send("cora", "participation", named("participation")).content.decode()


# ---- what is said ---------------------------------------------------------------------------------------------------


def test_the_limit_and_what_a_file_may_tell_are_said_before_one_is_chosen() -> None:
    page = signed_in("nadia").get(RECORD).content.decode()
    for words in ("at most 10 megabytes", "can still say who made it", "the file is not kept; choose it again"):
        assert words in page


def test_what_a_file_still_tells_is_said_after_it_is_attached() -> None:
    browser = signed_in("nadia")
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    for data, said in ((samples.docx(), True), (samples.pdf(), False), (TEXT, False)):
        answer = browser.post(RECORD, {"file": SimpleUploadedFile("x", data)}, follow=True)
        assert ("may still say who made" in answer.content.decode()) is said


def test_a_page_asks_the_same_number_of_questions_whatever_the_number_of_files() -> None:
    browser = signed_in("nadia")
    on_participation()
    counts = []
    for _more in range(2):
        browser.get(PREPARE)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PREPARE)
        counts.append(len(asked))
        assert not any("files_content" in one["sql"] for one in asked)
        on_participation()
        on_participation()
    assert counts[0] == counts[1]


def test_without_a_scanner_a_file_counts_as_not_looked_at() -> None:
    assert on_participation().state == State.UNSCANNED
