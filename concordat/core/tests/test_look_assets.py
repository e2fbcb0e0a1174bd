"""What is built: only our own fonts and addresses, every class that a template names, and nothing built twice."""

import re
from pathlib import Path

import pytest

from concordat.core import assets
from concordat.core.assets.__main__ import main

PACKAGE = Path(assets.__file__).parents[2]


@pytest.fixture(scope="module")
def sheet() -> str:
    if not assets.is_fresh():
        try:
            assets.build()
        except assets.CannotBuild as why:
            pytest.skip(str(why))
    return (assets.BUILT / "concordat.css").read_text()


def test_nothing_comes_from_elsewhere(sheet: str) -> None:
    addresses = set(re.findall(r"url\(\"?([^\")]+)", sheet))
    assert addresses
    assert all((assets.BUILT / address).is_file() for address in addresses)
    assert all(address.startswith("fonts/") for address in addresses)


def test_no_government_is_imitated(sheet: str) -> None:
    assert "GDS Transport" not in sheet
    assert "crown" not in sheet.lower()


def test_right_to_left_is_part_of_it(sheet: str) -> None:
    assert '[dir="rtl"] .govuk-radios__label' in sheet
    assert "@media print" in sheet
    assert "forced-colors" in sheet


def test_every_class_that_a_template_names_is_drawn(sheet: str) -> None:
    drawn = set(re.findall(r"\.((?:c|govuk|moj)-[\w-]+)", sheet))
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        plain = re.sub(r"{[{%].*?[%}]}", " ", path.read_text())
        named = {name for words in re.findall(r'class="([^"]*)"', plain) for name in words.split()}
        ours = {name for name in named if name.startswith(("c-", "govuk-", "moj-")) and not name.endswith(("-", "_"))}
        assert {name for name in ours if not any(one.startswith(name) for one in drawn)} == set(), path


def test_it_stays_small(sheet: str) -> None:
    assert len(sheet) < 140_000


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "BUILT", tmp_path / "static" / "concordat")
    return tmp_path


def test_without_a_build_nothing_is_fresh(elsewhere: Path) -> None:
    assert not assets.is_fresh()


def test_what_is_fresh_is_not_built_again(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.BUILT.mkdir(parents=True)
    (assets.BUILT / ".built").write_text(assets.digest(*assets.SOURCES))
    monkeypatch.setattr("concordat.core.assets.__main__.build", lambda: pytest.fail("built again"))
    assert main(["--if-needed"]) == 0


def test_without_node_one_sentence_says_what_mends_it(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(assets, "find_spec", lambda _name: None)
    assert main(["--if-needed"]) == 1
    assert "apt-get install nodejs npm" in capsys.readouterr().err


def test_an_unknown_argument_is_told() -> None:
    assert main(["--quick"]) == 2
