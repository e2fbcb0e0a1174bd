"""`make requirements`: which rows of the register have a passing test. A pytest plugin, loaded with `-p` for that only.

The register is `requirements.csv` beside this file: id, objective, kind, and a few words of what it asks.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

REGISTER = Path(__file__).parent / "requirements.csv"


def rows() -> dict[str, str]:
    """Return the ids of the register with what each is about."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["about"] for row in csv.DictReader(file)}


class Register:
    """Notes for each requirement which of its tests passed and which did not; also over several processes."""

    def __init__(self) -> None:
        self.tests: dict[str, dict[str, bool]] = defaultdict(dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the tests that carry a requirement; what they carry travels with their reports."""
        known = rows()
        for item in items:
            ids = [id_ for mark in item.iter_markers("requirement") for id_ in mark.args]
            assert not set(ids) - set(known), f"{item.nodeid}: {set(ids) - set(known)} is not in the register"
            item.user_properties += [("requirement", id_) for id_ in ids]
        items[:] = [item for item in items if item.user_properties]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the outcome; a test counts when all its phases pass."""
        ids = {id_ for name, id_ in report.user_properties if name == "requirement" and isinstance(id_, str)}
        if report.when == "call" or report.failed or report.skipped:
            for id_ in ids:
                self.tests[id_][report.nodeid] = self.tests[id_].get(report.nodeid, True) and report.passed

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a line for each row with a passing test, and how many rows there are."""
        known = rows()
        shown = [id_ for id_ in known if self.tests.get(id_) and all(self.tests[id_].values())]
        terminalreporter.section("requirements with a passing test")
        for id_ in shown:
            terminalreporter.line(f"{id_:8} {len(self.tests[id_]):3}  {known[id_]}")
        terminalreporter.line(f"{len(shown)} of {len(known)} rows of the register have a passing test")


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin."""
    config.pluginmanager.register(Register())
