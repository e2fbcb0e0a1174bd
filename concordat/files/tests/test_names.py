import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.files.names import FORBIDDEN, LONGEST, UNSEEN, clean


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("scan.PDF", "scan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\jane\\scan.exe", "scan.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("<img onerror=x>.pdf", "img onerror=x.pdf"),
        ("اتفاق موقع.pdf", "اتفاق موقع.pdf"),
        ("...", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        (".htaccess", "file.pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert clean(name, "pdf") == kept


@given(st.text(max_size=400))
def test_whatever_the_name_it_is_short_has_no_path_and_nothing_unseen(name: str) -> None:
    import unicodedata  # noqa: PLC0415

    kept = clean(name, "pdf")
    assert kept.endswith(".pdf")
    assert 4 < len(kept) <= LONGEST + 4
    assert not FORBIDDEN.search(kept)
    assert not any(unicodedata.category(letter) in UNSEEN for letter in kept if letter not in "\u200c\u200d")
    assert clean(kept, "pdf") == kept
