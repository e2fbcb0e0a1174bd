"""The texts for a lawyer: printed, approved by name, and asked for before others can reach the server."""

from pathlib import Path

import pytest

from concordat.cli.tests.conftest import Concordat
from concordat.core.legal import FILE

OTHERS = {"CONCORDAT_PROXY": "1", "CONCORDAT_HOSTS": "concordat.example.org", "CONCORDAT_LANGUAGES": "ar"}


def test_a_lawyer_reads_each_text_beside_its_english(concordat: Concordat) -> None:
    printed = concordat("texts", "fr", "--kind", "consent").stdout
    assert printed.startswith("== fr, consent: not approved ==")
    assert "(The person agreed to the service)" in printed


def test_what_is_approved_stays_with_the_name(concordat: Concordat, state_folder: Path) -> None:
    said = concordat("texts", "fr", "--kind", "consent", "--approved-by", "Ana Ruiz, barrister")
    assert said.stdout.startswith("Recorded: Ana Ruiz, barrister approved fr (consent).")
    assert "Ana Ruiz, barrister" in (state_folder / FILE).read_text()
    assert concordat("texts", "fr", "--kind", "consent").stdout.startswith("== fr, consent: approved by Ana Ruiz")
    assert concordat("texts", "fr", "--kind", "rights").stdout.startswith("== fr, rights: not approved")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["xx"], "This server offers no xx; it offers en, fr, ar."),
        (["fr", "--approved-by", " "], "Name the person who approved the texts, with their post"),
    ],
)
def test_a_mistake_is_answered_in_words(concordat: Concordat, asked: list[str], sentence: str) -> None:
    said = concordat("texts", *asked)
    assert said.returncode == 1
    assert sentence in said.stderr


def test_drafts_keep_a_server_that_others_can_reach_from_starting(concordat: Concordat) -> None:
    said = concordat("start", **OTHERS)
    assert said.returncode == 1
    assert said.stderr.startswith("concordat: Nobody has approved these texts: ar (consent), ar (threat), ar (rights).")
    concordat("texts", "ar", "--kind", "threat", "--approved-by", "Ana Ruiz, barrister", **OTHERS)
    assert "ar (consent), ar (rights)." in concordat("start", **OTHERS).stderr
