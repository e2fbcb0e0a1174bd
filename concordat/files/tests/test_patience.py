"""A file made to keep the server busy is refused or kept in seconds, whatever stands in it ten million bytes long."""

import contextlib
import time

import pytest

from concordat.core.errors import Refused
from concordat.files.checking import check

from . import samples

LENGTH = 10_000_000
SECONDS = 12.0  # on a busy machine; each of these took minutes or hours where a rule walked through the file anew
PIECES = (
    b"stream\n", b"/N 1 /First 5 stream\n", b"/ObjStm stream\n", b"/OpenAction 1 0 R ", b"/Info 1%d 0 R ",
    b">>stream\n", b"<x:xmpmeta", b"\xff\xe1\xff\xffExif\x00\x00", b"1 0 obj (", b"/#61", b"(((", b"<<",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_pdf_is_looked_at_in_seconds(piece: bytes) -> None:
    data = samples.pdf(info=b"/Title (x)").replace(b"trailer", piece * (LENGTH // len(piece)) + b"\ntrailer", 1)
    began = time.monotonic()
    with contextlib.suppress(Refused):
        check(data)
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("piece", ["<Relationship ", "<a:b ", "<w:instrText ", "<a y:href=", '<a y:href="x'], ids=repr)
def test_an_office_file_is_looked_at_in_seconds(piece: str) -> None:
    began = time.monotonic()
    with contextlib.suppress(Refused):
        check(samples.docx(("word/a.xml", piece * (LENGTH * 3 // len(piece)))))
    assert time.monotonic() - began < SECONDS
