"""Handing out a file: after its line in the log, to be saved and not shown; unscanned ones after a plain warning."""

import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.files.models import File
from concordat.ledger.models import Subject
from concordat.referrals.delivery.tests.ready import report

from .ready import TEXT, address, draft, on_participation, on_report, on_version
from .test_record import plain

pytestmark = pytest.mark.django_db


def lines(name: str, file: File) -> list[tuple[str, str, list[int]]]:
    """Return the lines about a file in somebody's log."""
    with acting(name):
        found = Subject.objects.select_related("entry").filter(detail__file=str(file.pk), entry__kind="read")
        return [(one.entry.what, str(one.entry.membership), one.categories) for one in found]


def test_an_unscanned_file_comes_after_a_warning_that_is_confirmed() -> None:
    file = on_participation("nadia", file_name="paper\u202e.exe")
    browser = signed_in("cora")
    warned = browser.get(address("download", file))
    page = warned.content.decode()
    assert warned.status_code == 200
    assert "Nobody has looked at this file for viruses" in page
    assert "Nadia Brandt of Lantern Mentoring attached it." in page
    assert lines("cora", file) == []

    given = browser.post(address("download", file))
    assert given.content == TEXT
    assert lines("cora", file) == [("file", str(named("cora")), [31])]


def test_it_is_sent_to_be_saved_and_can_do_nothing_in_a_browser() -> None:
    file = on_participation(file_name="Vertrag über Arbeit.txt")
    given = signed_in("cora").post(address("download", file))
    assert given["Content-Type"] == "text/plain"
    assert given["Content-Disposition"] == "attachment; filename*=utf-8''Vertrag%20%C3%BCber%20Arbeit.txt"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in given["Cache-Control"]


def test_the_line_of_a_read_by_the_other_party_stands_in_both_logs() -> None:
    file = on_version(named("protocol:1"), "ruth")
    assert signed_in("helen").post(address("download", file)).content == TEXT
    assert lines("cora", file) == lines("pat", file) == [("file", str(named("helen")), [])]


@pytest.mark.parametrize("name", ["pat", "max", "faye", "otto"])
def test_a_hidden_file_is_not_told_from_a_missing_one(name: str) -> None:
    file, browser = on_participation(), signed_in(name)
    for what in ("download", "replace", "remove"):
        hidden = browser.get(address(what, file))
        missing = browser.get(reverse(f"files:{what}", args=["participation", named("what nobody has")]))
        assert hidden.status_code == missing.status_code == 404
        assert plain(hidden) == plain(missing)
        assert browser.post(address(what, file)).status_code == 404


def test_a_file_is_found_under_its_own_kind_alone() -> None:
    file = on_participation()
    for kind in ("agreement", "end_report", "session"):
        assert signed_in("cora").post(reverse("files:download", args=[kind, file.pk])).status_code == 404


def test_the_file_of_a_draft_and_the_annex_of_a_summary_are_not_found() -> None:
    file = on_version(draft().pk, "helen")
    assert signed_in("ruth").post(address("download", file)).status_code == 404
    annex = on_report(report())
    assert signed_in("pat").post(address("download", annex)).status_code == 404
    assert signed_in("cora").post(address("download", annex)).content == TEXT
