"""`start.py`: it needs nothing but Python, says in a sentence what is missing, and runs the tests last."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from concordat.config.home import BASE

SCRIPT = BASE / "start.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load start.py as if it lay in an empty folder."""
    spec = importlib.util.spec_from_file_location("start", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    for name in ("DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    for name, path in {"BASE": tmp_path, "VENV": tmp_path / ".venv", "PYTHON": tmp_path / ".venv/bin/python"}.items():
        monkeypatch.setattr(module, name, path)
    return module


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text())
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_wrong_use_ends_with_2(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["nonsense"]) == 2
    assert script.main(["--help"]) == 0
    assert "python3 start.py test" in capsys.readouterr().out


def test_a_missing_venv_is_one_sentence_with_the_command(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "has_ensurepip", lambda: False)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as end:
        script.make_environment("3.11")
    assert end.value.code == 1
    sentence = "Python's venv is missing. Run this, then start again: sudo apt install python3-venv"
    assert capsys.readouterr().err == f"start.py: {sentence}\n"


def test_an_old_python_is_one_sentence_with_the_command(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit):
        script.refuse_this_machine()
    assert capsys.readouterr().err == (
        "start.py: Concordat needs Python 3.11 or newer, and this is 3.9. On Debian: apt install python3 python3-venv\n"
    )


def test_the_tests_come_last_and_a_failed_check_fails_the_whole(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert True\n")
    checks = {"good": ["-c", "print('not shown')"], "bad": ["-c", "print('the reason'); raise SystemExit(3)"]}
    monkeypatch.setattr(script, "CHECKS", checks)
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    assert script.test([]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[:3] == ["good: passed", "bad: failed", "the reason"]
    assert "Failed before the tests: bad. The tests follow." in lines
    assert "1 passed in" in lines[-1]


def test_failing_tests_fail_the_whole(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert False\n")
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    assert script.test(["test_one.py"]) == 1
    assert "1 failed in" in capfd.readouterr().out


@pytest.mark.parametrize("name", ["run", "test", "node"])
def test_every_package_is_pinned_with_hashes_and_no_address(name: str) -> None:
    text = (BASE / "requirements" / f"{name}.txt").read_text()
    pins = [line for line in text.splitlines() if line and line[0].isalnum()]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert [word for word in ("://", "--index", "--extra-index", "--find-links") if word in text] == []


def test_what_is_tested_is_what_runs() -> None:
    pins = {
        name: {
            line.split(" ")[0]
            for line in (BASE / "requirements" / f"{name}.txt").read_text().splitlines()
            if "==" in line
        }
        for name in ("run", "test")
    }
    assert pins["run"] <= pins["test"]
