"""Long lists: the worker loads them in batches, each whole; they are stopped, left, found again, and survive a kill."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import now

from concordat.cases.models import Case, Identity
from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import PRISON, acting, named
from concordat.imports import actions, load, rules, work
from concordat.imports.models import Upload
from concordat.imports.tests.making import confirmed, officer, person, sentences, stage
from concordat.ledger.models import Entry
from concordat.people.models import Membership

pytestmark = pytest.mark.django_db
ROWS = 7
BATCH = 3


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make seven rows a long list of three batches, and one batch a round of the worker."""
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    monkeypatch.setattr(load, "BATCH", BATCH)
    monkeypatch.setattr(work, "ROUND", 0.0)
    work._open.clear()  # noqa: SLF001 - as after a kill
    yield
    work._open.clear()  # noqa: SLF001 - the same


def rows(count: int = ROWS, **changes: str) -> list[list[str]]:
    return [person(f"A-{at}", **changes) for at in range(1, count + 1)]


def begun(*more: list[str]) -> Upload:
    """Begin to load seven people; nothing is loaded before the worker comes."""
    with officer() as by:
        upload = actions.load(confirmed(stage(*rows(), *more, by=by), by=by), by=by)
        assert (upload.done, loaded()) == (0, 0)
    return upload


def loaded() -> int:
    return Case.objects.filter(owner=PRISON, source_identifier__startswith="A-").count()


def found(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def test_the_worker_loads_it_batch_by_batch_with_a_line_for_each() -> None:
    upload = begun()
    for done in (3, 6):
        assert work.load_some()
        with officer():
            assert (found(upload).done, loaded(), found(upload).finished_at) == (done, done, None)
    assert not work.load_some()
    with officer():
        upload = found(upload)
        assert (upload.outcome, upload.counts["new"], upload.data, upload.table) == ("loaded", 7, None, None)
        assert upload.finished_by_id == named("ines")
    with acting("pat"):
        lines = Entry.objects.filter(what="import.batch_loaded")
        assert [one.membership for one in lines] == [named("ines")] * 3


def test_what_a_command_does_once_is_one_round() -> None:
    begun()
    call_command("worker", "--once")
    with officer():
        assert loaded() == BATCH


def test_after_a_kill_it_goes_on_after_the_last_whole_batch() -> None:
    upload = begun()
    work.load_some()
    with pytest.raises(KeyboardInterrupt):
        killed_during_a_batch(upload)
    work._open.clear()  # noqa: SLF001 - another process knows nothing of the first
    with officer():
        assert (found(upload).done, loaded()) == (3, 3)
    while work.load_some():
        continue
    with officer():
        assert (found(upload).counts["new"], loaded(), Identity.objects.filter(case__owner=PRISON).count()) == (7, 7, 8)


@transaction.atomic
def killed_during_a_batch(upload: Upload) -> None:
    work._loaded(upload.pk, who())  # noqa: SLF001 - the batch that is never committed
    raise KeyboardInterrupt


def who() -> Membership:
    return Membership(id=named("ines"), organisation_id=PRISON, user_id=named("user:ines"))


def test_what_is_stopped_keeps_whole_batches_and_goes_on_in_the_name_of_who_lets_it() -> None:
    upload = begun()
    work.load_some()
    with officer() as by:
        upload = actions.stop(upload, by=by)
        assert (upload.stopped_by, upload.state.text) == (by, "Stopped at 3 of 7 rows")
    assert not work.load_some()
    with officer() as by:
        assert loaded() == BATCH
        with pytest.raises(Refused, match="It is stopped already"):
            actions.stop(upload, by=by)
        actions.resume(upload, by=by)
        with pytest.raises(Refused, match="It is being loaded at this moment"):
            actions.resume(upload, by=by)
    while work.load_some():
        continue
    with officer():
        assert (loaded(), found(upload).outcome) == (7, "loaded")


def test_a_load_that_is_left_where_it_stopped_keeps_what_was_loaded() -> None:
    upload = begun()
    work.load_some()
    with officer() as by:
        with pytest.raises(Refused, match="Stop it first"):
            actions.discard(upload, by=by)
        actions.stop(upload, by=by)
        upload = actions.discard(upload, by=by)
        assert (upload.outcome, upload.data, upload.table, loaded()) == ("discarded", None, None, 3)
    page = signed_in("ines").get(f"/imports/{upload.pk}/done/").content.decode()
    assert "Left at 3 of 7 rows" in page


def test_what_was_edited_here_since_the_preview_stays() -> None:
    with officer() as by:
        actions.load(confirmed(stage(*rows(), by=by), by=by), by=by)
    while work.load_some():
        continue
    with officer() as by:
        upload = actions.load(confirmed(stage(*rows(given_names="Sami"), by=by), by=by), by=by)
    work.load_some()
    with acting("pat"):
        edited = Identity.objects.filter(case__owner=PRISON, case__source_identifier="A-7")
        assert edited.update(given_names="Samira", edited=["given_names"]) == 1
    while work.load_some():
        continue
    with officer():
        assert Identity.objects.get(case__owner=PRISON, case__source_identifier="A-7").given_names == "Samira"
        assert (found(upload).counts["changed"], found(upload).counts["kept"]) == (6, 1)


def test_an_officer_who_has_left_loads_nothing_more() -> None:
    upload = begun()
    work.load_some()
    with acting("adam", level=2):
        assert Membership.objects.filter(pk=named("ines")).update(roles=["case_officer"]) == 1
    assert not work.load_some()
    with acting("pat"):
        assert loaded() == BATCH
    with acting("adam", level=2):
        assert Membership.objects.filter(pk=named("ines")).update(roles=["import_officer"]) == 1
    with officer():
        Upload.objects.filter(pk=upload.pk).update(moved_at=now() - rules.STILL * 2)
        assert rules.is_standing_still(found(upload))


def test_an_error_stops_the_load_leaves_nothing_of_its_batch_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = begun()
    work.load_some()
    monkeypatch.setattr(load, "index_names", fail)
    assert not work.load_some()
    with officer() as by:
        upload = found(upload)
        assert (upload.done, loaded(), upload.stopped_by) == (3, 3, None)
        assert upload.stopped_at
        assert "because some rows could not be written" in page_of(upload)
        monkeypatch.undo()
        actions.resume(upload, by=by)


def fail(_names: object) -> None:
    raise RuntimeError


def page_of(upload: Upload, query: str = "") -> str:
    return signed_in("ines").get(f"/imports/{upload.pk}/progress/{query}").content.decode()


def test_wrong_rows_come_back_at_the_end() -> None:
    upload = begun(person("A-8", birth_date="x"))
    while work.load_some():
        continue
    with officer():
        upload = found(upload)
        assert upload.counts["wrong"] == 1
        assert "Birth date x cannot be read" in sentences(upload)


def test_its_page_says_how_far_it_is_and_comes_again_until_it_stands_still() -> None:
    upload = begun()
    work.load_some()
    ines = signed_in("ines")
    answer = ines.get(f"/imports/{upload.pk}/progress/")
    assert "3 of 7 rows loaded" in answer.content.decode()
    assert answer.headers["Refresh"] == "5"
    assert "Refresh" not in ines.get(f"/imports/{upload.pk}/progress/?still=1").headers
    assert ines.get(f"/imports/{upload.pk}/preview/").headers["Location"] == f"/imports/{upload.pk}/progress/"
    stopped = ines.post(f"/imports/{upload.pk}/stop/", follow=True)
    assert "What is loaded stays; the other rows are not loaded." in stopped.content.decode()
    assert "Refresh" not in stopped.headers
    going = ines.post(f"/imports/{upload.pk}/resume/", follow=True)
    assert "Stop after this batch" in going.content.decode()


@pytest.mark.parametrize("page", ["progress", "stop", "resume", "worksheet"])
def test_nobody_else_finds_it(page: str) -> None:
    upload = begun()
    for name in ("pat", "cora"):
        browser = signed_in(name)
        ask = browser.get if page in {"progress", "worksheet"} else browser.post
        assert ask(f"/imports/{upload.pk}/{page}/").status_code == 404


def test_nothing_of_a_file_that_is_being_loaded_can_be_changed() -> None:
    upload = begun()
    with officer() as by, pytest.raises(Refused, match=r"This file is being loaded\. Stop it first"):
        actions.answer(upload, answers={}, by=by)
