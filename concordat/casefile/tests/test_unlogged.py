"""Without its line in the log there is no page and no change."""

from typing import Any

import psycopg
import pytest

from concordat.core.testing.visiting import browser_of
from concordat.demo.world import named

CASE = named("civil_case")


@pytest.fixture
def unwritable(own_database: str, owner_dsn: str) -> None:
    """Take from the application the only way to write a line."""
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION ledger.write(text, text, jsonb) FROM concordat_app")


@pytest.mark.requirement("PP-3")
@pytest.mark.parametrize("part", ["", "records/", "readers/sheet/"])
def test_a_page_whose_line_cannot_be_written_is_not_shown(unwritable: Any, part: str) -> None:  # noqa: ANN401
    answer = browser_of("nadia").get(f"/cases/{CASE}/{part}")
    assert answer.status_code == 503
    shown = answer.content.decode()
    assert "The log could not take the line" in shown
    for words in ("Person 7Q", "LM-0147", "Needs, summary", "weekly routine"):
        assert words not in shown


def test_a_page_that_reads_no_record_needs_no_line(unwritable: Any) -> None:  # noqa: ANN401
    assert browser_of("adam").get("/").status_code == 200
