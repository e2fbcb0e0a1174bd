"""Checkpoints as text: a signed note as C2SP writes it, which partners sign too, each with a line of its own.

    concordat.example.org/log           origin: which log
    20852163                            size: how many lines
    CsUYapGGPo4dkMgIAUqom/Xajj7h2f...   root over them, in base64
    time 2026-11-29T12:00:00Z

    — concordat.example.org/log az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeO...

What is signed is everything above the empty line. A key is known by its name and four bytes of a hash over both.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ED25519 = b"\x01"  # the kind of a key, in C2SP's list
KEY, SIGNATURE, HASH, ID = 32, 64, 32, 4  # bytes
TOP = 4  # lines above the empty one
BODY = re.compile(r"(?P<origin>\S{1,200})\n(?P<size>0|[1-9]\d{0,17})\n(?P<root>\S{44})\ntime (?P<at>\S{20})\n")
LINE = re.compile(r"— (?P<name>[^\s+]{1,80}) (?P<said>[A-Za-z0-9+/]+={0,2})")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LONGEST = 20_000  # characters of a note, with the signatures of many


class Unreadable(ValueError):  # noqa: N818 - it says what the text is
    """Something is no checkpoint, or no key."""


@dataclass(frozen=True)
class Key:
    """A public key and the name that it signs under."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID]

    @property
    def fingerprint(self) -> str:
        """Return what two people read out to each other: the first half of the SHA-256 of the key."""
        return fingerprint(self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    def holds(self, body: str, signature: bytes) -> bool:
        """Tell whether this key made a signature under a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, body.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Note:
    """A checkpoint as somebody handed it over: what it says, and the signatures by name and number of their keys."""

    origin: str
    size: int
    root: bytes
    at: datetime
    body: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def signature_of(self, key: Key) -> bytes | None:
        """Return a signature that a key made under this text; None where there is none that holds."""
        made = [sig for name, number, sig in self.signatures if (name, number) == (key.name, key.id)]
        return next((one for one in made if key.holds(self.body, one)), None)


def fingerprint(public: bytes) -> str:
    """Return a public key as eight groups of four characters."""
    text = sha256(public).hexdigest()[:HASH]
    return " ".join(text[at : at + 4] for at in range(0, HASH, 4))


def body_of(*, origin: str, size: int, root: bytes, at: datetime) -> str:
    """Write what is signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\ntime {at.astimezone(UTC).strftime(MOMENT)}\n"


def line_of(key: Key, signature: bytes) -> str:
    """Write the line of a signature."""
    return f"— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def signed(body: str, *, secret: str, name: str) -> str:
    """Return the note with the server's own signature."""
    return f"{body}\n{line_of(server_key(secret, name), _private(secret).sign(body.encode()))}"


def server_key(secret: str, name: str) -> Key:
    """Return the public half of the server's key."""
    return Key(name, _private(secret).public_key().public_bytes_raw())


@lru_cache
def _private(secret: str) -> Ed25519PrivateKey:
    seed = HKDF(SHA256(), length=KEY, salt=None, info=b"concordat log").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def read(text: str) -> Note:
    """Read a note; what stands before it, such as a proof, is left to `outside/countersign.py`."""
    body, empty, lines = text.replace("\r\n", "\n").partition("\n\n")
    found = BODY.fullmatch(f"{body}\n") if empty and len(text) <= LONGEST else None
    if found is None:
        raise Unreadable("no checkpoint")
    try:
        at = datetime.strptime(found["at"], MOMENT).replace(tzinfo=UTC)
        root = base64.b64decode(found["root"], validate=True)
    except (ValueError, binascii.Error):
        raise Unreadable("no checkpoint") from None
    signatures = tuple(_read_line(line) for line in lines.splitlines())
    if len(root) != HASH or not signatures:
        raise Unreadable("no checkpoint")
    return Note(found["origin"], int(found["size"]), root, at, f"{body}\n", signatures)


def _read_line(line: str) -> tuple[str, bytes, bytes]:
    found = LINE.fullmatch(line)
    try:
        said = base64.b64decode(found["said"], validate=True) if found else b""
    except binascii.Error:
        said = b""
    if found is None or len(said) != ID + SIGNATURE:
        raise Unreadable("no signature")
    return found["name"], said[:ID], said[ID:]


def read_key(text: str) -> Key:
    """Read a public key as `outside/countersign.py key` writes it."""
    name, number, coded = [*text.strip().split("+", 2), "", ""][:3]
    try:
        raw = base64.b64decode(coded, validate=True)
    except (ValueError, binascii.Error):
        raise Unreadable("no key") from None
    key = Key(name, raw[1:])
    if not re.fullmatch(r"[^\s+]{1,80}", name) or raw[:1] != ED25519 or len(raw) != KEY + 1 or number != key.id.hex():
        raise Unreadable("no key")
    return key
