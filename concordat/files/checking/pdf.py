"""PDF: nothing that acts is kept, and what names its maker is blanked where that can be done without a doubt.

A file is looked at as bytes, in the way in which the most lenient reader would find things in it: names in any spelling
(`/J#61vaScript`), also inside packed object streams. What cannot be looked into is refused.
Blanking keeps every length, so the addresses inside the file stay true. A file that carries an electronic signature is
not touched: its signature would break.
"""

import re
import zlib
from collections.abc import Iterator

import puremagic
from django.utils.translation import gettext as _

from concordat.core.errors import Refused

from .kinds import Checked, Type

MOST_UNPACKED = 40_000_000  # bytes of all object streams of one file
TAIL = 2048
STEP = 1 << 14
MOST_STREAMS = 20_000
MOST_SPELT = 100_000  # names with a `#`; by chance a file of 10 MB has some thousands
BEFORE = 1024  # bytes in front of a stream in which it says what it is
MOST_REFERENCES = 20  # to a first page, or to the document information: one for each saving
ACTS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia(?:Content|Settings)?|XFA|SubmitForm|ImportData|GoToR|GoToE|Rendition"
    rb"|Movie|Sound|GoTo3DView|3D|Filespec)(?![A-Za-z0-9_.-])"
)
SHORT = re.compile(rb"/(AA|EF)(?![A-Za-z0-9_.-])")  # by chance also among the bytes of a picture
ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9_.-])")
OPENS = re.compile(rb"/OpenAction\s*(\[|<<|\d+\s+\d+\s+R)")
ANY_OPENS = re.compile(rb"/OpenAction(?![A-Za-z0-9_.-])")
SIGNED = re.compile(rb"/ByteRange(?![A-Za-z0-9_.-])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*")
HASHED = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%#]*#")
STREAM = re.compile(rb"(?<!end)stream(\r\n|\n|\r)")
PACKED = re.compile(rb"/ObjStm(?![A-Za-z0-9_.-])")
COUNTED = (re.compile(rb"/N(?![A-Za-z0-9_.-])"), re.compile(rb"/First(?![A-Za-z0-9_.-])"))
FIRST = re.compile(rb"/First\s+(\d{1,9})")
FILTER = re.compile(rb"/Filter\s*(\[?)\s*(/[A-Za-z0-9]+)\s*(\]?)")
PREDICTED = re.compile(rb"/Predictor\s+(?!1(?!\d))")

EXIF = re.compile(rb"\xff\xe1(..)Exif\x00\x00", re.DOTALL)
PACKETS = ((b"<x:xmpmeta", b"</x:xmpmeta>"), (b"<rdf:RDF", b"</rdf:RDF>"))
ABOUT = (b"Title", b"Author", b"Subject", b"Keywords", b"Creator", b"Producer", b"CreationDate", b"ModDate")
INFO = re.compile(rb"/Info\s+(\d+)\s+(\d+)\s+R")


def is_one(data: bytes) -> bool:
    """Tell whether this begins and ends as a PDF does; something else in front or behind makes it two files in one."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-TAIL:]:
        return False
    return any(match.extension == ".pdf" for match in puremagic.magic_string(data[:TAIL]))


def cleaned(data: bytes) -> Checked:
    """Refuse what acts or cannot be looked into; blank what names the maker."""
    refuse_harm(data)
    if SIGNED.search(plain_names(data)):
        return Checked(Type.PDF, data, stays=True)
    blanked = without_info(without_packets(without_positions(data)))
    return Checked(Type.PDF, blanked, stays=may_tell(blanked))


def plain_names(data: bytes) -> bytes:
    """Write every name in its plain spelling: `#61` in a name is the letter a."""
    if b"#" not in data:
        return data
    return NAME.sub(lambda name: ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), name[0]), data)


def refuse_harm(data: bytes) -> None:
    """Refuse a file that is locked, acts, carries others, or hides a part."""
    if len(HASHED.findall(data)) > MOST_SPELT:
        raise Refused(unreadable())
    parts = list(objects_in(data))
    outside = plain_names(without_bodies(data))
    if any(ENCRYPTED.search(part) for part in (outside, *parts)):
        raise Refused(_("This PDF is locked with a password. Save it without one, then attach it."))
    everything = (plain_names(data), *parts)
    if any(ACTS.search(part) for part in everything) or any(SHORT.search(part) for part in (outside, *parts)):
        raise Refused(
            _(
                "This PDF holds a program, a form that sends, or another file. Print it to a new PDF, then attach that "
                "one."
            )
        )
    if any(acts_on_opening(part, everything) for part in (outside, *parts)):
        raise Refused(_("This PDF does something when it is opened. Print it to a new PDF, then attach that one."))


def acts_on_opening(part: bytes, everything: tuple[bytes, ...]) -> bool:
    """Tell whether something but a first page is named for the moment of opening."""
    named = len(ANY_OPENS.findall(part))
    if named != len(OPENS.findall(part)) or named > MOST_REFERENCES:
        return True
    return any(leads_out(opens, part, everything) for opens in OPENS.finditer(part))


def leads_out(opens: re.Match[bytes], part: bytes, everything: tuple[bytes, ...]) -> bool:
    """Tell whether an action of opening is more than going to a page; a list is always a page."""
    target = opens[1]
    if target == b"[":
        return False
    if target == b"<<":
        return not goes_to_a_page(part[opens.start(1) : part.find(b">>", opens.end(1))])
    number = target.split()[0]
    found = [body for one in everything for body in bodies_of(number, one)]
    return not found or not all(body.lstrip().startswith(b"[") or goes_to_a_page(body) for body in found)


def goes_to_a_page(action: bytes) -> bool:
    return bool(re.search(rb"/S\s*/GoTo(?![A-Za-z0-9])", action)) and b"/URI" not in action and b"/Next" not in action


def bodies_of(number: bytes, part: bytes) -> list[bytes]:
    """Return every body that an object of this number has, also from earlier savings of the file."""
    return [found[1] for found in re.finditer(rb"(?<!\d)" + number + rb"\s+\d+\s+obj(.*?)endobj", part, re.DOTALL)]


def without_bodies(data: bytes) -> bytes:
    """Return what stands outside of streams: their bytes could look like a short name by chance."""
    out, at = [], 0
    for begin, end in between(data, b"stream", b"endstream"):
        out.append(data[at:begin])
        at = end
    return b" ".join([*out, data[at:]])


def between(data: bytes, opens: bytes, closes: bytes) -> Iterator[tuple[int, int]]:
    """Return where something begins and where it ends, one after the other, in one walk through the file."""
    begin = data.find(opens)
    while begin >= 0:
        end = data.find(closes, begin + len(opens))
        if end < 0:
            return
        yield begin, end + len(closes)
        begin = data.find(opens, end + len(closes))


# ---- packed objects ------------------------------------------------------------------------------------------------


def objects_in(data: bytes) -> Iterator[bytes]:
    """Return what stands in packed object streams, each with its names in plain spelling.

    One that does not say that it is one is looked into as well, for lenient readers do not ask. One that says so where
    this does not see it, behind a text that looks like the end of another, makes the whole file unreadable.
    """
    seen = unpacked = number = last = walked = 0
    for number, found in enumerate(STREAM.finditer(data)):
        if number > MOST_STREAMS:
            break
        last = max(last, data.rfind(b"endstream", walked, found.start()))
        walked = found.start()
        about = plain_names(data[max(last, found.start() - BEFORE) : found.start()])
        says_so = len(PACKED.findall(about))
        seen += says_so
        if says_so or all(one.search(about[-TAIL:]) for one in COUNTED):
            part = unpack(data, found.end(), about, MOST_UNPACKED - unpacked, says_so=bool(says_so))
            unpacked += len(part)
            yield plain_names(part + written_out(part, about))
    if seen != len(PACKED.findall(plain_names(data))) or number > MOST_STREAMS:
        raise Refused(unreadable())


def unpack(data: bytes, start: int, about: bytes, room: int, *, says_so: bool) -> bytes:
    """Unpack the object stream that starts there; one that is packed in an unusual way is refused."""
    if says_so and b"/Filter" not in about:
        part = data[start : data.find(b"endstream", start)]
        if len(part) > room:
            raise Refused(unreadable())
        return part
    if says_so and not is_packed_plainly(about):
        raise Refused(unreadable())
    try:
        return inflated(data, start, room)
    except zlib.error as error:
        if not says_so:
            return b""
        raise Refused(unreadable()) from error


def inflated(data: bytes, start: int, room: int) -> bytes:
    """Unpack what is packed there, step by step: what follows it is not touched."""
    inflate, out = zlib.decompressobj(), bytearray()
    for at in range(start, len(data), STEP):
        out += inflate.decompress(data[at : at + STEP], max(room - len(out), 1))
        if inflate.eof:
            return bytes(out)
        if inflate.unconsumed_tail:
            break
    raise Refused(unreadable())


def written_out(part: bytes, about: bytes) -> bytes:
    """Write packed objects as they are written unpacked, so that a number leads to them too."""
    first = FIRST.findall(about)
    start = int(first[-1]) if first else 0
    numbers = [int(one) for one in part[:start].split() if one.isdigit()]
    places = [*(start + place for place in numbers[1::2]), len(part)]
    found = zip(numbers[::2], places, places[1:], strict=False)
    return b"".join(b"\n%d 0 obj %s endobj" % (number, part[begin:end]) for number, begin, end in found)


def is_packed_plainly(about: bytes) -> bool:
    """Tell whether a stream is packed once, in the one way that is understood here."""
    names = FILTER.findall(about)
    alone = len(names) == 1 and names[0][1] == b"/FlateDecode" and bool(names[0][0]) == bool(names[0][2])
    return alone and not PREDICTED.search(about)


def unreadable() -> str:
    return _("This PDF has parts that cannot be looked into. Print it to a new PDF, then attach that one.")


# ---- what names the maker --------------------------------------------------------------------------------------------


def without_positions(data: bytes) -> bytes:
    """Turn what cameras write into the photos of a page (EXIF: place, time, device) into empty comments."""
    out = bytearray(data)
    end = 0
    for found in EXIF.finditer(data):
        if found.start() < end:
            continue
        end = min(found.start() + 2 + int.from_bytes(found[1], "big"), len(out))
        out[found.start() : found.start() + 2] = b"\xff\xfe"
        out[found.start() + 4 : end] = b"\x00" * (end - found.start() - 4)
    return bytes(out)


def without_packets(data: bytes) -> bytes:
    """Blank descriptions in XMP that are not packed."""
    out = bytearray(data)
    for opens, closes in PACKETS:
        for begin, end in between(data, opens, closes):
            out[begin:end] = b" " * (end - begin)
    return bytes(out)


def without_info(data: bytes) -> bytes:
    """Blank the texts of the document information, wherever an object of its number stands unpacked."""
    out = data
    for number in sorted({found[1] for found in INFO.finditer(data)})[:MOST_REFERENCES]:
        whole = re.compile(rb"(?<!\d)" + number + rb"\s+\d+\s+obj.*?endobj", re.DOTALL)
        out = whole.sub(lambda body: blank_texts(body[0]), out)
    return out


def blank_texts(body: bytes) -> bytes:
    """Blank the texts of one object, in their length; a bracket behind a backslash does not end a text."""
    body = re.sub(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)", lambda t: b"(" + b" " * (len(t[0]) - 2) + b")", body,
                  flags=re.DOTALL)  # fmt: skip
    return re.sub(rb"<(?!<)[0-9A-Fa-f\s]*>(?!>)", lambda t: b"<" + b" " * (len(t[0]) - 2) + b">", body)


def may_tell(data: bytes) -> bool:
    """Tell whether something about the maker may be left: in a packed part, or in texts that could not be blanked."""
    if re.search(rb"/Subtype\s*/XML", plain_names(data)) and re.search(
        rb"/Metadata.{0,200}/FlateDecode|/FlateDecode.{0,200}/Metadata", data, re.DOTALL
    ):
        return True
    about = re.compile(rb"/(?:" + b"|".join(ABOUT) + rb")\s*(?:\(\s*[^)\s]|<\s*[0-9A-Fa-f])")
    return bool(about.search(data)) or any(about.search(part) for part in objects_in(data))
