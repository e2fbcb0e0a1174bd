"""Text from strangers: tidy when it is read, harmless when it is written, and the same again when it comes back."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concordat.imports.reading import neutralise
from concordat.imports.reading.text import cell_text, digits, fold, is_damaged, tidy
from concordat.imports.tests.reading_samples import quick

ALIVE = "=+-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66"
INVISIBLE = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u2060",
    "\u034f",
    "\u3164",
    "\x00",
    '"',
]
anything = st.text(
    st.one_of(st.sampled_from([*ALIVE, *INVISIBLE[1:], "'", ",", ";", "|", "a", "7", "ع"]), st.characters()),
    max_size=12,
)


def first_shown(text: str) -> str:
    """Return the first character of a text that anybody can see, as a spreadsheet program would take it."""
    shown = (c for c in text if unicodedata.category(c)[0] not in "CZM" and c not in '\u3164\u2800"')
    return unicodedata.normalize("NFKC", next(shown, ""))


@pytest.mark.parametrize("hidden", INVISIBLE)
@pytest.mark.parametrize("start", ALIVE)
def test_a_formula_is_put_behind_an_apostrophe_whatever_hides_it(hidden: str, start: str) -> None:
    assert neutralise(f"{hidden}{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["Müller", "1990-04-03", "", "O'Brien", "a=b", "'t Hooft", "Al-Amin", "7"])
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert neutralise(text) == text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "\r", "\n"])
def test_a_formula_behind_a_separator_is_dead_too_for_programs_that_split_there(separator: str) -> None:
    assert neutralise(f"Haddad{separator}=1+1") == f"Haddad{separator}'=1+1"


@quick
@given(anything)
@example("\t=1")
@example("'=1")
def test_nothing_that_was_neutralised_starts_with_a_sign_of_life(text: str) -> None:
    assert first_shown(neutralise(text)) not in ("=", "+", "-", "@", "\u2212")


@quick
@given(anything)
@example('="00123"')
@example("''=1")
@example("7, '-5; '@x")
def test_what_goes_out_comes_back_the_same(text: str) -> None:
    once = cell_text(text)
    assert cell_text(neutralise(once)) == once


@quick
@given(st.lists(st.lists(anything, min_size=1, max_size=3), min_size=1, max_size=3))
def test_no_cell_of_a_written_file_is_alive_whichever_separator_a_program_takes(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([[neutralise(cell) for cell in row] for row in rows])
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator):
            assert not [cell for cell in row if first_shown(cell) in ("=", "+", "-", "@", "\u2212")]


@quick
@given(anything)
def test_tidy_text_is_in_one_form_and_stays_so(text: str) -> None:
    once = tidy(text)
    assert once == tidy(once) == unicodedata.normalize("NFC", once)
    assert once == " ".join(once.split())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  Mu\u0308ller\u00a0\n Jo\u0308rg ", "Müller Jörg"),
        ("\u200fحداد\u200e", "حداد"),
        ("می\u200cخواهم\u200c", "می\u200cخواهم"),
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ("'=1+1", "=1+1"),
        ("'t Hooft", "'t Hooft"),
    ],
)
def test_a_cell_says_what_a_reader_would_read(written: str, meant: str) -> None:
    assert cell_text(written) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Établissement", "ETABLISSEMENT"),
        ("Straße", "strasse"),
        ("Cœur", "coeur"),
        ("مؤسّسة", "موسسه"),
        ("Nº 7", "no ٧"),
    ],
)
def test_words_are_compared_without_accents_case_and_spelling_variants(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_digits_of_every_script_are_read() -> None:
    assert digits("٠٣/٠٤/١٩٩٠") == "03/04/1990"


@pytest.mark.parametrize(
    ("text", "damaged"), [("MÃ¼ller", True), ("M\ufffdller", True), ("Müller", False), ("Ã", False)]
)
def test_letters_lost_in_a_wrong_encoding_are_seen(text: str, damaged: bool) -> None:  # noqa: FBT001 - what the table says
    assert is_damaged(text) is damaged
