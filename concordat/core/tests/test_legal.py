"""Texts on consent, threats and rights: drafts until somebody answers for these very words."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.template import engines
from django.test import override_settings
from django.utils import translation

from concordat.core import legal
from concordat.core.legal import Kind

TODAY = date(2026, 3, 9)
DRAFT = "No lawyer has approved these words"


def shown(kind: str, language: str = "en") -> str:
    with translation.override(language):
        return engines["django"].from_string(f'{{% load ui %}}{{% draft "{kind}" %}}').render()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("kind", Kind)
def test_each_language_has_texts_of_each_kind(language: str, kind: Kind) -> None:
    found = legal.texts(language, kind)
    assert found
    assert {one.english for one in found} == {one.english for one in legal.texts("ar", kind)}
    assert all(one.words for one in found)


@pytest.mark.parametrize("kind", Kind)
def test_what_nobody_approved_is_marked_as_a_draft(tmp_path: Path, kind: Kind) -> None:
    with override_settings(HOME=tmp_path):
        assert DRAFT in shown(kind)
        legal.approve(tmp_path, "en", [kind], by="Ana Ruiz", on=TODAY)
        assert DRAFT not in shown(kind)
        assert shown(kind, "fr").strip()


def test_an_approval_is_of_these_words_only(tmp_path: Path) -> None:
    legal.approve(tmp_path, "fr", Kind, by="Ana Ruiz", on=TODAY)
    assert legal.unapproved(tmp_path, ["fr"]) == []
    kept = json.loads((tmp_path / legal.FILE).read_text())
    kept["fr consent"]["fingerprint"] = "0" * 64  # as if a word had been changed since
    (tmp_path / legal.FILE).write_text(json.dumps(kept))
    assert legal.unapproved(tmp_path, ["fr"]) == [("fr", Kind.CONSENT)]


def test_a_server_for_others_does_not_start_with_drafts(tmp_path: Path) -> None:
    refusal = legal.refuse_to_serve(tmp_path, ["en", "fr"])
    assert refusal
    assert "en (consent)" in refusal
    legal.approve(tmp_path, "en", Kind, by="Ana Ruiz", on=TODAY)
    assert "en (" not in str(legal.refuse_to_serve(tmp_path, ["en", "fr"]))
    assert legal.refuse_to_serve(tmp_path, ["en"]) is None


def test_who_approved_what_stays_on_record(tmp_path: Path) -> None:
    legal.approve(tmp_path, "en", [Kind.CONSENT], by="Ana Ruiz", on=TODAY)
    legal.approve(tmp_path, "en", [Kind.RIGHTS], by="Bo Lind", on=TODAY)
    held = legal.approvals(tmp_path)
    assert (held["en consent"].by, held["en rights"].by) == ("Ana Ruiz", "Bo Lind")
