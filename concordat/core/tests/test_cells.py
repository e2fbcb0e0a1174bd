"""Cells that somebody opens in a spreadsheet program stay dead."""

import pytest

from concordat.core.cells import csv_file, dead


@pytest.mark.parametrize("alive", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "＝1", "\r\n=1"])
def test_a_formula_becomes_text(alive: str) -> None:
    assert dead(alive).startswith("'") or "'=" in dead(alive)


@pytest.mark.parametrize("hidden", ["a;=1", "a|=1", 'a"=1', "a\n=1", "a\t=1", "a,=1"])
def test_a_formula_behind_another_separator_becomes_text(hidden: str) -> None:
    assert "'=" in dead(hidden)


@pytest.mark.parametrize("plain", ["Aldermoor", "555-0142", "A-1001", "", "2 + 2"])
def test_what_is_no_formula_stays_as_it_is(plain: str) -> None:
    assert dead(plain) == plain


def test_nothing_is_an_empty_cell() -> None:
    assert dead(None) == ""


def test_a_file_says_that_it_is_utf8_and_is_kept_not_shown() -> None:
    answer = csv_file("list.csv", ["=a"], [["é"]])
    assert answer.content.startswith(b"\xef\xbb\xbf'=a")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
