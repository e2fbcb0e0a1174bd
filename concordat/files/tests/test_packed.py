import zipfile
from io import BytesIO

import pytest

from concordat.core.errors import Refused
from concordat.files.checking import Type, check, packed

from . import samples

HYPERLINK = (
    '<Relationship Id="a" Type="http://x/relationships/hyperlink" Target="https://example.org" TargetMode="External"/>'
)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (samples.docx(("word/_rels/document.xml.rels", f"<Relationships>{HYPERLINK}</Relationships>")), Type.DOCX),
        (samples.xlsx(), Type.XLSX),
        (samples.odt(("styles.xml", '<text:a xlink:href="https://example.org">x</text:a>')), Type.ODT),
    ],
)
def test_a_document_is_kept_without_who_made_it(data: bytes, kept: Type) -> None:
    checked = check(data)

    assert checked.type == kept
    assert checked.stays
    with zipfile.ZipFile(BytesIO(checked.data)) as archive:
        assert all(b"Secret" not in archive.read(one) for one in archive.namelist())
        assert {one.date_time for one in archive.infolist()} == {packed.EPOCH}
        with zipfile.ZipFile(BytesIO(data)) as before:
            assert sorted(archive.namelist()) == sorted(before.namelist())


def test_an_open_document_begins_with_its_type() -> None:
    with zipfile.ZipFile(BytesIO(check(samples.odt()).data)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_photos_in_a_document_are_drawn_anew() -> None:
    checked = check(samples.docx(("word/media/image1.jpeg", samples.photo())))
    with zipfile.ZipFile(BytesIO(checked.data)) as archive:
        assert b"Exif" not in archive.read("word/media/image1.jpeg")


@pytest.mark.parametrize(
    "harmful",
    [
        samples.docx(("word/vbaProject.bin", b"x")),
        samples.docx(("word/embeddings/oleObject1.bin", b"x")),
        samples.docx(("word/_rels/settings.xml.rels", HYPERLINK.replace("hyperlink", "attachedTemplate"))),
        samples.docx(("word/_rels/document.xml.rels", HYPERLINK.replace("hyperlink", "image"))),
        samples.docx(("word/settings.xml", '<!DOCTYPE x [<!ENTITY y "z">]><x/>')),
        samples.docx(("word/settings.xml", "<x/>".encode("utf-16"))),
        samples.docx(("word/footer1.xml", "<w:instrText> DDEAUTO c:\\\\windows cmd </w:instrText>")),
        samples.docx(("word/footer1.xml", "<w:instrText>D</w:instrText><w:instrText>DE cmd</w:instrText>")),
        samples.docx(("[trash]/../../x", b"x")),
        samples.docx(("word/_rels/a.xml.rels", '<Relationship Id="a>b" Type="x/image" TargetMode="External"/>')),
        samples.docx(("word/_rels/a.xml.rels", '<x:Relationship Type="x/image" TargetMode="External"/>')),
        samples.docx(("word/_rels/a.xml.rels", '<Relationship Type="x/image" TargetMode="&#69;xternal"/>')),
        samples.docx(
            ("word/_rels/a.xml.rels", """<Relationship Id="Type='/hyperlink'" Type="x" TargetMode='External'/>""")
        ),
        samples.xlsx(("xl/externalLinks/externalLink1.xml", "<x/>")),
        samples.xlsx(("xl/x.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        samples.odt(("Basic/Standard/Module1.xml", "<x/>")),
        samples.odt(("styles.xml", '<draw:image xlink:href="https://example.org/pixel"/>')),
        samples.odt(("styles.xml", '<draw:image y:href="&#104;ttps://example.org/pixel"/>')),
        samples.odt(("styles.xml", '<script:event-listener script:event-name="dom:load"/>')),
    ],
)
def test_macros_other_files_and_what_is_fetched_are_refused(harmful: bytes) -> None:
    with pytest.raises(Refused, match="holds a macro"):
        check(harmful)


def test_an_archive_is_refused() -> None:
    with pytest.raises(Refused, match="Archives are not kept"):
        check(samples.archive([("letter.txt", b"x")]))


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(samples.docx())
    for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    with pytest.raises(Refused, match="locked"):
        check(bytes(data))


def test_what_unpacks_to_far_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 100_000)
    with pytest.raises(Refused, match="far too much"):
        check(samples.docx(("word/a.xml", b" " * 60_000), ("word/b.xml", b" " * 60_000)))


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(Refused, match="far too much"):
        check(samples.docx(*[(f"word/{number}.xml", b"") for number in range(packed.MOST_PARTS)]))


def test_a_broken_archive_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be unpacked"):
        check(samples.docx()[:300])
