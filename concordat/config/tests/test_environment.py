"""Settings come from the environment, and a wrong one is a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from concordat.config import environment, settings
from concordat.config.home import PACKAGE

NAME = "CONCORDAT_TRIED_OUT"


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what these tests read out of the list of settings."""
    monkeypatch.setattr(environment, "KNOWN", dict(environment.KNOWN))


def test_a_secret_comes_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert environment.secret(NAME, "") == "from the file"
    monkeypatch.setenv(NAME, "another")
    with pytest.raises(ImproperlyConfigured, match=f"Both {NAME} and {NAME}_FILE are set. Set one of them."):
        environment.secret(NAME, "")


def test_a_secret_is_handed_over_by_systemd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert environment.secret(NAME, "") == ""
    (tmp_path / NAME).write_text("a credential\n")
    assert environment.secret(NAME, "") == "a credential"
    monkeypatch.setenv(NAME, "what somebody set stands above it")
    assert environment.secret(NAME, "") == "what somebody set stands above it"
    monkeypatch.delenv(NAME)
    (tmp_path / NAME).write_text("")
    with pytest.raises(ImproperlyConfigured, match=f"hands over the credential {NAME}, which is empty"):
        environment.secret(NAME, "")


def test_an_empty_file_is_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="which is empty"):
        environment.secret(NAME, "")


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("", True)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, meant: object) -> None:
    monkeypatch.setenv(NAME, value)
    assert environment.flag(NAME, "", default=True) is meant


@pytest.mark.parametrize("value", ["0", "101", "-1", "1.5", "١", "x"])
def test_a_number_stays_within_its_limits(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is '{value}'. Set it to a whole number from 1 to 100."):
        environment.number(NAME, "", 8, least=1, most=100)


def test_a_choice_is_one_of_those_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.choice(NAME, "", "app", "owner") == "app"
    monkeypatch.setenv(NAME, "root")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is 'root'. Set it to one of: app, owner."):
        environment.choice(NAME, "", "app", "owner")


def test_a_misspelt_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_OPERATORS", "The ombudsman")
    with pytest.raises(ImproperlyConfigured, match=r"Did you mean CONCORDAT_OPERATOR\?"):
        environment.refuse_unknown()


def test_every_setting_is_explained() -> None:
    readme = (PACKAGE / "config" / "README.md").read_text()
    assert settings.ALLOWED_HOSTS  # the settings have been read
    names = {name.removesuffix("_FILE") for name in environment.KNOWN}
    assert sorted(name for name in names if f"| `{name}` |" not in readme) == []


def test_the_browser_is_told_to_run_nothing_but_our_files() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == ["'self'"]
    assert not [value for values in policy.values() for value in values if "unsafe" in value or "*" in value]
