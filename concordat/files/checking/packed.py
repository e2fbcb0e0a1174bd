"""Word, Excel and OpenDocument files: archives of XML. They are packed anew without what names their maker.

Macros, embedded programs and anything that is fetched from elsewhere when the file is opened are refused. A link that
somebody has to click may stay.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import puremagic
from django.utils.translation import gettext as _

from concordat.core.errors import Refused

from . import images
from .kinds import Checked, Type

MOST_PARTS = 2_000
MOST_RELATIONS = 20_000  # of one part
MOST_UNPACKED = 100_000_000  # bytes
STEP = 1 << 16
START = b"PK\x03\x04"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
MAIN_PARTS = {"word/document.xml": Type.DOCX, "xl/workbook.xml": Type.XLSX}
EPOCH = (1980, 1, 1, 0, 0, 0)

ACTIVE_PARTS = re.compile(
    r"vbaProject|vbaData|macro|/embeddings/|/activeX/|/ctrlProps/|externalLinks/|oleObject|\.bin$|^Basic/|^Scripts/"
    r"|^Object[^/]*/|^ObjectReplacements/|customUI|/queryTables/|^xl/connections",
    re.IGNORECASE,
)
ACTIVE_WORDS = re.compile(
    rb"macroEnabled|<!DOCTYPE|<!ENTITY|script:event-listener|<script:|office:dde-source|<office:script[^s]"
    rb"|:instr\s*=\s*[\"']\s*DDE",
    re.IGNORECASE,
)
# Each runs to the next tag and not to the end of this one, for a value may hold a `>`.
RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship\b[^<]*")
VALUE = re.compile(rb"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
FETCHED = re.compile(rb"<(?!text:a\b)[^<]*?:href\s*=\s*[\"'](?:[^\"'#<]*[:&]|//|\.\.|/)", re.IGNORECASE)
INSTRUCTION = re.compile(rb"<[\w.-]+:instrText\b[^<]*?>([^<]*)")
DDE = re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE)

PICTURES = {".jpg": Type.JPEG, ".jpeg": Type.JPEG, ".png": Type.PNG}
EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BLANK = {
    "docProps/core.xml": EMPTY + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>',
    "docProps/app.xml": EMPTY + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>',
    "docProps/custom.xml": EMPTY + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'custom-properties"/>',
    "meta.xml": EMPTY + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:version="1.2"/>',
}  # fmt: skip


def is_one(data: bytes) -> bool:
    """Tell whether this is an archive; what kind of file it holds is said by its parts."""
    if not data.startswith(START):
        return False
    return any(match.extension in {".zip", ".docx", ".xlsx", ".odt"} for match in puremagic.magic_string(data[:STEP]))


def cleaned(data: bytes) -> Checked:
    """Unpack within limits, refuse what acts, and pack anew."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = dict(unpacked(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise Refused(_("This file cannot be unpacked. Save it again with the program that made it.")) from error
    found = type_of(parts)
    for name, content in parts.items():
        refuse_harm(name, content)
    # who commented and who changed what stands in the text itself, and stays
    return Checked(found, packed_anew(parts), stays=True)


def unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpack part by part; what an archive says of its sizes is not believed."""
    entries = archive.infolist()
    room = MOST_UNPACKED
    if len(entries) > MOST_PARTS or len({entry.filename for entry in entries}) != len(entries):
        raise Refused(too_much())
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.flag_bits & 1:
            raise Refused(_("This file is locked with a password. Save it without one, then attach it."))
        with archive.open(entry) as opened:
            content = opened.read(room + 1)
        room -= len(content)
        if room < 0:
            raise Refused(too_much())
        yield entry.filename, content


def too_much() -> str:
    return _("This file unpacks to far too much. Save it again with the program that made it.")


def type_of(parts: dict[str, bytes]) -> Type:
    """Say by its parts what a file is."""
    if parts.get("mimetype", b"").strip() == OPEN_DOCUMENT and "content.xml" in parts:
        return Type.ODT
    for name, found in MAIN_PARTS.items():
        if name in parts and "[Content_Types].xml" in parts:
            return found
    raise Refused(
        _("Archives are not kept. Attach each file of it by itself: .docx, .xlsx, .odt, PDF, an image or plain text.")
    )


def refuse_harm(name: str, content: bytes) -> None:
    """Refuse a part that acts or that fetches something from elsewhere."""
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    harmful = bool(ACTIVE_PARTS.search(name)) or (is_xml and acts(content))
    if harmful or ".." in name or name.startswith("/"):
        raise Refused(
            _(
                "This file holds a macro, another file, or something that is fetched from elsewhere when it is opened. "
                "Save it as a PDF, then attach that one."
            )
        )


def acts(xml: bytes) -> bool:
    """Tell whether a part in XML acts; one that is not UTF-8 could hide it, and is taken for one that does."""
    if b"\x00" in xml or ACTIVE_WORDS.search(xml) or FETCHED.search(xml):
        return True
    # an instruction may be cut into pieces, which Word puts together
    if DDE.search(b"".join(INSTRUCTION.findall(xml))):
        return True
    relations = RELATION.findall(xml)
    return len(relations) > MOST_RELATIONS or any(leads_out(one) for one in relations)


def leads_out(relation: bytes) -> bool:
    """Tell whether a relation of a part leads out of the file by itself; a link is followed by whoever clicks it."""
    values = {name: value[1:-1] for name, value in VALUE.findall(relation)}
    if b"&#" in relation or values.get(b"TargetMode", b"Internal") not in {b"Internal", b"External"}:
        return True
    return values.get(b"TargetMode") == b"External" and not values.get(b"Type", b"").endswith(b"/hyperlink")


def packed_anew(parts: dict[str, bytes]) -> bytes:
    """Pack the parts without dates, without who made the file, and with pictures drawn anew."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(parts.items(), key=lambda part: part[0] != "mimetype"):
            entry = zipfile.ZipInfo(name, EPOCH)
            # an OpenDocument file begins with its type, unpacked
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, BLANK.get(name) or picture_anew(name, content))
    return out.getvalue()


def picture_anew(name: str, content: bytes) -> bytes:
    """Draw a photo of the document anew, in its own format; anything else stays as it is."""
    wanted = next((found for ending, found in PICTURES.items() if name.lower().endswith(ending)), None)
    if wanted is None or not images.is_one(content):
        return content
    checked = images.redrawn(content)
    return checked.data if checked.type == wanted else content
