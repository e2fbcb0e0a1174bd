"""A draft as a workbook, out and in again: what changes is shown first, and nothing is believed unread."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from concordat.agreements import actions
from concordat.agreements.models import Version
from concordat.core.codes import Category, Form
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import PRISON, acting
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import ready
from .test_edit import url

pytestmark = pytest.mark.django_db

Change = Callable[[Workbook], object]
MAKERS: dict[str, Callable[[Membership], Version]] = {
    "framework": ready.framework,
    "protocol": lambda by: ready.protocol(by, ready.agreed("framework")),
    "terms": lambda by: ready.terms(by, ready.agreed("framework")),
}


@pytest.fixture
def helen() -> Client:
    return signed_in("helen", level=2)


def draft(kind: str) -> Version:
    with acting("helen") as by:
        return MAKERS[kind](by)


def downloaded(browser: Client, version: Version) -> bytes:
    answer = browser.get(url("workbook", version))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return bytes(answer.content)


def changed(data: bytes, change: Change) -> bytes:
    book = load_workbook(BytesIO(data))
    change(book)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def upload(browser: Client, version: Version, data: bytes) -> Any:  # noqa: ANN401 - the client's answer
    return browser.post(url("fill_in", version), {"file": SimpleUploadedFile("draft.xlsx", data)})


def text(answer: Any) -> str:  # noqa: ANN401 - the same
    return str(answer.content.decode())


def confirm(browser: Client, version: Version, page: Any) -> Any:  # noqa: ANN401 - the same
    hidden = dict(re.findall(r'name="(book|seen)" value="([^"]*)"', text(page)))
    return browser.post(url("fill_in", version), hidden)


def answer_of(book: Workbook, key: str) -> Any:  # noqa: ANN401 - a cell
    return next(row[3] for row in book["clauses"].iter_rows(min_row=2) if row[4].value == key)


def put(key: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        answer_of(book, key).value = value

    return change


def parameters(version: Version, code: str) -> dict[str, Any]:
    with acting("helen"):
        return dict(version.clauses.get(code=code).parameters)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("kind", list(MAKERS))
def test_what_was_downloaded_and_not_touched_changes_nothing(helen: Client, kind: str, language: str) -> None:
    version = draft(kind)
    helen.cookies["django_language"] = language
    data = downloaded(helen, version)
    helen.cookies["django_language"] = "en"  # it is read in the language in which it was written
    page = upload(helen, version, data)
    assert (page.status_code, "Nothing changes" in text(page)) == (200, True), text(page).split("<main")[1]


def test_each_part_is_filled_in_after_it_was_shown_and_confirmed(helen: Client) -> None:
    version = draft("protocol")
    with acting("helen"):
        rule = version.sharingrules.filter(owner=PRISON, category=Category.P09).first()
        gone = version.sharingrules.filter(owner=PRISON, category=Category.P13).first()
        count = version.sharingrules.count()
    assert rule
    assert gone

    def change(book: Workbook) -> None:
        answer_of(book, "ISP-8.again_days").value = "٣٠"  # thirty, in the figures of Arabic
        answer_of(book, "ISP-2.excluded.media").value = "No"
        answer_of(book, "ISP-18.contact").value = "Any worker, any day"
        rows = {str(row[9].value): row for row in book["rules"].iter_rows(min_row=2, max_col=10)}
        rows[str(rule.pk)][2].value = str(Form.FULL.label)
        for cell in rows[str(gone.pk)]:
            cell.value = None
        for_what, condition = rows[str(rule.pk)][3].value, rows[str(rule.pk)][5].value
        new = ["Prison Service", "Needs (P09)", Form.DATE.label, for_what, Role.DIRECTOR.label, condition, "Act, s. 9"]
        book["rules"].append([str(one) for one in new])

    page = upload(helen, version, changed(downloaded(helen, version), change))
    shown = text(page)
    assert page.status_code == 200, shown
    assert "Any worker, any day" in shown
    assert "Taken out" in shown
    assert parameters(version, "ISP-8")["again_days"] == 90  # nothing is changed yet
    assert confirm(helen, version, page).status_code == 302
    assert parameters(version, "ISP-8")["again_days"] == 30
    assert "media" not in parameters(version, "ISP-2")["excluded"]
    with acting("helen"):
        assert version.sharingrules.get(pk=rule.pk).form == "full"
        assert not version.sharingrules.filter(pk=gone.pk).exists()
        assert version.sharingrules.get(role="director").form == "date"
        assert version.sharingrules.count() == count


def test_days_and_places_are_filled_in(helen: Client) -> None:
    version = draft("terms")

    def change(book: Workbook) -> None:
        days = {row[2].value: row[1] for row in book["concordat"].iter_rows(min_row=2)}
        days["last_day"].value = date(version.last_day.year + 1, 1, 31)
        for row in book["places"].iter_rows(min_row=2):
            row[1].value = "Yes"

    page = upload(helen, version, changed(downloaded(helen, version), change))
    assert "Kestrel Bay Prison" in text(page)
    assert confirm(helen, version, page).status_code == 302
    with acting("helen"):
        assert version.termsplaces.count() == 2
        assert Version.objects.get(pk=version.pk).last_day == date(version.last_day.year + 1, 1, 31)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("MOU-25.max_days", 99, "14"),
        ("MOU-6.publication", "After our approval", "After our approval"),
        ("MOU-5.officer", "Ruth Okar, Director, Lantern Mentoring", "Ruth Okar"),
        ("MOU-4.citation", "=1+1", "There is a formula in it"),
        ("MOU-22.arbiter", "x" * 400, "300"),
    ],
)
def test_what_the_page_would_refuse_is_refused_with_its_row(
    helen: Client, key: str, value: object, sentence: str
) -> None:
    version = draft("framework")
    before = parameters(version, key.partition(".")[0])
    page = upload(helen, version, changed(downloaded(helen, version), put(key, value)))
    assert page.status_code == 422
    assert sentence in text(page)
    assert "Sheet “clauses”, row" in text(page)
    assert 'name="book"' not in text(page)
    assert parameters(version, key.partition(".")[0]) == before


def test_a_workbook_of_another_draft_is_refused(helen: Client) -> None:
    mine, other = draft("protocol"), draft("terms")
    page = upload(helen, mine, downloaded(helen, other))
    assert page.status_code == 422
    assert "belongs to another draft" in text(page)


def test_what_is_no_workbook_of_a_draft_is_refused(helen: Client) -> None:
    version = draft("protocol")
    empty, wide = Workbook(), Workbook()
    wide.active.cell(1, 16384).value = "x"  # type: ignore[union-attr]
    for book, sentence in ((empty, "not a workbook that was downloaded"), (wide, "columns")):
        kept = BytesIO()
        book.save(kept)
        page = upload(helen, version, kept.getvalue())
        assert (page.status_code, sentence in text(page)) == (422, True), text(page)
    assert "damaged" in text(upload(helen, version, b"PK\x03\x04 broken"))
    assert "larger than 1 megabyte" in text(upload(helen, version, b"x" * (1024 * 1024 + 1)))


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen(helen: Client) -> None:
    version = draft("protocol")
    data = changed(downloaded(helen, version), put("ISP-8.again_days", 30))
    page = upload(helen, version, data)
    with acting("helen") as by:
        ready.answer(version, "ISP-18", by, contact="Dora Quill")
    answer = confirm(helen, version, page)
    assert answer.status_code == 409
    assert "changed meanwhile" in text(answer)
    assert parameters(version, "ISP-8")["again_days"] == 90
    assert "was changed after this workbook was downloaded" in text(upload(helen, version, data))


def test_a_draft_of_the_other_party_is_not_found(helen: Client) -> None:
    version = draft("protocol")
    stranger = signed_in("ruth", level=2)
    assert stranger.get(url("workbook", version)).status_code == 404
    with acting("helen") as by:
        actions.propose(version, by=by)
    assert "does not change any more" in text(helen.get(url("workbook", version)))
    assert "does not change any more" in text(stranger.get(url("fill_in", version)))


def test_text_that_looks_like_a_formula_stays_text(helen: Client) -> None:
    version = draft("framework")
    with acting("helen") as by:
        ready.answer(version, "MOU-4", by, citation='-HYPERLINK("http://x")')
    book = load_workbook(BytesIO(downloaded(helen, version)))
    assert answer_of(book, "MOU-4.citation").data_type == "s"
