"""Throwing a file away."""

import pytest

from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.imports import actions
from concordat.imports.models import Outcome
from concordat.imports.tests.making import bring_in, confirmed, officer, person, stage

pytestmark = pytest.mark.django_db


def test_the_page_asks_and_then_deletes_the_bytes() -> None:
    with officer() as by:
        upload = confirmed(stage(person(), by=by), by=by)
    ines = signed_in("ines")
    assert "Throw this file away?" in ines.get(f"/imports/{upload.pk}/discard/").content.decode()
    answer = ines.post(f"/imports/{upload.pk}/discard/", follow=True)
    assert "The file is deleted." in answer.content.decode()
    with officer() as by:
        upload.refresh_from_db()
        assert (upload.data, upload.outcome, upload.finished_by) == (None, Outcome.DISCARDED, by)
        with pytest.raises(Refused, match="This file was thrown away, today"):
            actions.load(upload, by=by)


def test_a_loaded_file_cannot_be_thrown_away() -> None:
    with officer() as by:
        upload = bring_in(person(), by=by)
        with pytest.raises(Refused, match="was loaded already"):
            actions.discard(upload, by=by)
    answer = signed_in("ines").post(f"/imports/{upload.pk}/discard/")
    assert answer.headers["Location"] == f"/imports/{upload.pk}/done/"


def test_somebody_else_does_not_find_it() -> None:
    with officer() as by:
        upload = stage(person(), by=by)
    assert signed_in("pat").post(f"/imports/{upload.pk}/discard/").status_code == 404
