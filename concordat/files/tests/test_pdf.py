import re
import zlib

import pytest

from concordat.core.errors import Refused
from concordat.files.checking import Type, check, pdf

from . import samples
from .samples import packed, stream


@pytest.mark.parametrize(
    "harmless",
    [
        samples.pdf(),
        samples.pdf(root=b"/OpenAction [3 0 R /Fit]"),
        samples.pdf(b"<< /S /GoTo /D [3 0 R /Fit] >>", root=b"/OpenAction 10 0 R"),
        samples.pdf(b"[3 0 R /Fit]", root=b"/OpenAction 10 0 R"),
        samples.pdf(b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>"),
        samples.pdf(packed(b"<< /S /GoTo >>")),
        samples.pdf(packed(b"<< /S /GoTo /D [3 0 R /Fit] >>"), root=b"/OpenAction 20 0 R"),
        samples.pdf(stream(b"/JavaScripts and /AA/ in \x00 a picture", b"/Subtype /Image ")),
    ],
    ids=["empty", "page", "to a page", "list", "link", "packed", "packed page", "by chance"],
)
def test_what_ordinary_programs_write_is_kept(harmless: bytes) -> None:
    checked = check(harmless)
    assert (checked.type, len(checked.data)) == (Type.PDF, len(harmless))


@pytest.mark.parametrize(
    "harmful",
    [
        samples.pdf(b"<< /S /JavaScript /JS (app.alert) >>"),
        samples.pdf(b"<< /S /J#61vaScript /JS (app.alert) >>"),
        samples.pdf(packed(b"<< /S /JavaScript /JS (x) >>")),
        samples.pdf(packed(b"<< /S /Launch /F (cmd.exe) >>", b"/N 1 /First 5 ")),
        samples.pdf(packed(b"<< /S /#4caunch >>", b"/Type /Obj#53tm /N 1 /First 5 ")),
        samples.pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        samples.pdf(b"<< /Type /EmbeddedFile >>"),
        samples.pdf(root=b"/Names << /EmbeddedFiles 3 0 R >>"),
        samples.pdf(root=b"/AcroForm << /XFA 3 0 R >>"),
        samples.pdf(b"<< /S /SubmitForm /F (https://example.org) >>"),
        samples.pdf(b"<< /S /GoToR /F (\\\\\\\\server\\\\share) >>"),
        samples.pdf(b"<< /Subtype /RichMedia >>"),
        samples.pdf(root=b"/AA << /O << /S /URI /URI (https://example.org) >> >>"),
    ],
)
def test_what_acts_is_refused(harmful: bytes) -> None:
    with pytest.raises(Refused, match="holds a program"):
        check(harmful)


@pytest.mark.parametrize(
    "opening",
    [
        samples.pdf(root=b"/OpenAction << /S /URI /URI (https://example.org) >>"),
        samples.pdf(b"<< /S /URI /URI (https://example.org) >>", root=b"/OpenAction 10 0 R"),
        samples.pdf(packed(b"<< /S /URI >>"), root=b"/OpenAction 20 0 R"),
        samples.pdf(root=b"/Open#41ction << /S /URI /URI (https://example.org) >>"),
        samples.pdf(root=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 11 0 R >>"),
        samples.pdf(root=b"/OpenAction % a comment\n<< /S /URI /URI (https://example.org) >>"),
    ],
)
def test_what_happens_on_opening_is_refused(opening: bytes) -> None:
    with pytest.raises(Refused, match="when it is opened"):
        check(opening)


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(Refused, match="locked with a password"):
        check(samples.pdf(trailer=b"/Encrypt 10 0 R"))


@pytest.mark.parametrize(
    "about",
    [b"/Filter [/ASCII85Decode /FlateDecode]", b"/Filter /LZWDecode", b"/Filter 12 0 R",
     b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"],
)  # fmt: skip
def test_what_cannot_be_looked_into_is_refused(about: bytes) -> None:
    with pytest.raises(Refused, match="cannot be looked into"):
        check(samples.pdf(stream(zlib.compress(b"20 0 << >>"), b"/Type /ObjStm /N 1 /First 5 " + about)))


@pytest.mark.parametrize("end", [b"endstream", b"endobj", b"obj"])
def test_an_object_stream_that_hides_behind_the_end_of_another_is_not_missed(end: bytes) -> None:
    hidden = packed(b"<< /S /JavaScript >>", b"/Type /ObjStm /N 1 /First 5 /X (" + end + b") ")
    with pytest.raises(Refused):
        check(samples.pdf(hidden))


def test_an_object_stream_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be looked into"):
        check(samples.pdf(packed(b" " * (pdf.MOST_UNPACKED + 1000))))


@pytest.mark.parametrize("around", [(b"GIF89a", b""), (b"", b"PK\x03\x04" + b"x" * 4000)])
def test_two_files_in_one_are_refused(around: tuple[bytes, bytes]) -> None:
    with pytest.raises(Refused, match="not kept here"):
        check(around[0] + samples.pdf() + around[1])


def test_who_made_it_is_blanked_and_every_address_in_the_file_stays_true() -> None:
    before = samples.pdf(
        stream(b'<?xpacket?><x:xmpmeta xmlns:x="a">Jane Secret</x:xmpmeta>', b"/Type /Metadata /Subtype /XML "),
        stream(b"\xff\xd8\xff\xe1\x00\x16Exif\x00\x00Jane Secret\x00\xff\xd9", b"/Filter /DCTDecode "),
        info=b"/Author (Jane \\) Secret \\() /Title (a (nested) Secret) /Producer <536563726574> /Creator (Secret 3.1)",
    )  # fmt: skip
    checked = check(before)

    assert len(checked.data) == len(before)
    assert b"Secret" not in checked.data
    assert b"536563726574" not in checked.data
    assert not checked.stays
    for number in (1, 2, 3, 9, 10, 11):
        place = re.search(rb"\n%d 1\n(\d{10})" % number, checked.data)
        assert place
        assert checked.data[int(place[1]) :].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize(
    "telling",
    [
        samples.pdf(packed(b"<< /Author (Jane Secret) >>"), trailer=b"/Info 20 0 R"),
        samples.pdf(stream(zlib.compress(b"<x:xmpmeta/>"), b"/Type /Metadata /Subtype /XML /Filter /FlateDecode ")),
    ],
)
def test_what_may_still_tell_is_said(telling: bytes) -> None:
    assert check(telling).stays


def test_a_signed_file_is_not_touched() -> None:
    signed = samples.pdf(b"<< /Type /Sig /ByteRange [0 10 20 30] >>", info=b"/Author (Jane Secret)")
    checked = check(signed)
    assert checked.data == signed
    assert checked.stays
