"""Files made in code: photos that tell where they were taken, PDFs that act, archives that unpack to far too much."""

import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a photo, red above and blue below, that says where it was taken and by whom, and lies on its side."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif[0x013B] = "Jane Secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})
    out = BytesIO()
    told: dict[str, dict[str, Any]] = {
        "PNG": {"pnginfo": noted(), "icc_profile": b"Jane Secret profile"},
        "JPEG": {"comment": b"Jane Secret", "icc_profile": b"Jane Secret profile"},
        "WEBP": {"xmp": b"Jane Secret xmp"},
    }
    image.save(out, kind, exif=exif, **told.get(kind, {}))
    return out.getvalue()


def noted() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", "Jane Secret")
    return info


def moving(kind: str) -> bytes:
    """Return an image of two pictures."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def pdf(*objects: bytes, root: bytes = b"", info: bytes = b"", trailer: bytes = b"") -> bytes:
    """Return a PDF of one empty page; `objects` are added from number 10 on, `root` to the catalogue."""
    parts = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        **dict(enumerate(objects, start=10)),
    }
    if info:
        parts[9] = b"<< " + info + b" >>"
        trailer += b" /Info 9 0 R"
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in parts.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size 100 /Root 1 0 R " + trailer + b" >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def stream(data: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d " % len(data) + about + b" >>\nstream\n" + data + b"\nendstream"


def packed(objects: bytes, about: bytes = b"/Type /ObjStm /N 1 /First 5 ") -> bytes:
    """Return an object stream as writers pack it."""
    return stream(zlib.compress(b"20 0 " + objects), about + b"/Filter /FlateDecode")


CORE = '<cp:coreProperties xmlns:cp="x"><dc:creator xmlns:dc="y">Jane Secret</dc:creator></cp:coreProperties>'


def archive(parts: Sequence[tuple[str, bytes | str]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in parts:
            packing.writestr(name, content)
    return out.getvalue()


def docx(*more: tuple[str, bytes | str], text: str = "Agreed.") -> bytes:
    """Return a Word document; `more` parts are added."""
    return archive([
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", "<Relationships/>"),
        ("word/document.xml", f"<w:document><w:t>{text}</w:t></w:document>"),
        ("docProps/core.xml", CORE),
        *more,
    ])  # fmt: skip


def xlsx(*more: tuple[str, bytes | str]) -> bytes:
    return archive([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), *more])


def odt(*more: tuple[str, bytes | str]) -> bytes:
    return archive([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<office:document-content/>"),
        ("meta.xml", "<meta:initial-creator>Jane Secret</meta:initial-creator>"),
        *more,
    ])  # fmt: skip
