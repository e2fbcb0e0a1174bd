import pytest

from concordat.core.errors import Refused
from concordat.files.checking import Type, check


@pytest.mark.parametrize("text", ["Agreed on Monday.\r\n", "\ufeffمتفق عليه\n", "a\tb\fc"])
def test_letters_are_kept_as_they_are(text: str) -> None:
    checked = check(text.encode())
    assert (checked.type, checked.data, checked.stays) == (Type.TEXT, text.encode(), False)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>", b"\xef\xbb\xbf  <svg onload=x>", b"#!/bin/sh\n", b"{\\rtf1 x}", b"a\x00b", b"a\x1bb",
        b"\xff\xfea\x00", b"caf\xe9", b"GIF89a\x01\x00\x01\x00", b"MZ\x90\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.7 without an end\n\xff",
    ],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="not kept here"):
        check(data)


def test_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="empty"):
        check(b"")
