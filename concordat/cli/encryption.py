"""Encrypt a backup on its way to the disk, and open it again on its way back; never the whole of it in memory.

The file: one line that names the format, one line of JSON that says how the key is derived, then chunks. Each chunk is
AES-256-GCM, and its nonce counts: so a chunk that was altered, left out, moved or brought in from another file does
not open. The nonce of the last chunk says that it is the last, so a file that was cut off does not open either.
The key of a file comes from what the operator keeps, a passphrase or the content of a key file, by scrypt with a salt
of its own: no two files share a key, and to try out passphrases is slow.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from concordat.core.errors import Refused

FORMAT = b"concordat encrypted backup 1\n"
CHUNK = 1 << 20  # bytes of content in a chunk
TAG, NONCE = 16, 12  # bytes: what AES-GCM adds, and what it wants
SALT = 32
COST, MOST_COST = 1 << 17, 1 << 20  # scrypt: 128 MB and half a second; a file that asks for more than 1 GB is refused
LONGEST_LINE = 1000
SHORTEST_KEY = 20  # characters
DAMAGED = "This backup does not open: it was altered or cut off. Take another copy of it. Nothing was restored."
OTHER_KEY = "This backup does not open with this key. It needs the backup key that was set when it was made."


class Head(NamedTuple):
    """How the key of a file is derived; the line itself is bound to every chunk."""

    salt: bytes
    cost: int
    check: bytes
    line: bytes


def is_encrypted(file: Path) -> bool:
    """Tell whether a file is of this format."""
    with file.open("rb") as content:
        return content.read(len(FORMAT)) == FORMAT


def encrypt(source: IO[bytes], into: IO[bytes], key: str) -> None:
    """Copy everything from `source`, encrypted."""
    salt = secrets.token_bytes(SALT)
    cipher = cipher_of(salt, COST, key)
    known = {"scrypt": COST, "salt": text(salt), "check": text(check(cipher))}
    line = json.dumps(known).encode() + b"\n"
    into.write(FORMAT + line)
    for number, (content, following) in enumerate(pairwise(pieces(source, CHUNK))):
        into.write(cipher.encrypt(nonce(number, last=not following), content, line))


def decrypt(source: IO[bytes], into: IO[bytes], key: str) -> None:
    """Copy everything from `source`, opened. What was written before a refusal is authentic, but not all there was."""
    head = read_head(source)
    cipher = cipher_of(head.salt, head.cost, key)
    if not hmac.compare_digest(check(cipher), head.check):
        raise Refused(OTHER_KEY)
    for number, (sealed, following) in enumerate(pairwise(pieces(source, CHUNK + TAG))):
        try:
            content = cipher.decrypt(nonce(number, last=not following), sealed, head.line)
        except InvalidTag:
            raise Refused(DAMAGED) from None
        into.write(content)


def read_head(source: IO[bytes]) -> Head:
    """Read the two lines at the beginning."""
    if source.read(len(FORMAT)) != FORMAT:
        raise Refused("This is not an encrypted backup of Concordat.")
    line = source.readline(LONGEST_LINE)
    try:
        known = json.loads(line)
        salt, told = (base64.b64decode(known[name], validate=True) for name in ("salt", "check"))
        head = Head(salt, int(known["scrypt"]), told, line)
    except (ValueError, KeyError, TypeError):
        raise Refused(DAMAGED) from None
    if len(head.salt) != SALT or head.cost.bit_count() != 1 or not 1 < head.cost <= MOST_COST:
        raise Refused(DAMAGED)
    return head


def cipher_of(salt: bytes, cost: int, key: str) -> AESGCM:
    """Derive the key of one file."""
    if len(key) < SHORTEST_KEY:
        raise Refused(f"The backup key has to have at least {SHORTEST_KEY} characters.")
    return AESGCM(Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(key.encode()))


def check(cipher: AESGCM) -> bytes:
    """Return what tells a wrong key from a damaged file, and nothing else."""
    return cipher.encrypt(b"\xff" * NONCE, b"", b"check")


def text(content: bytes) -> str:
    """Write bytes as text."""
    return base64.b64encode(content).decode()


def nonce(number: int, *, last: bool) -> bytes:
    """Return the nonce of a chunk: its number, and whether another follows."""
    return number.to_bytes(NONCE - 1) + (b"\1" if last else b"\0")


def pieces(source: IO[bytes], size: int) -> Iterator[bytes]:
    """Cut into pieces of one size, the last one shorter; at least one, and an empty one after the last."""
    content = read_fully(source, size)
    yield content
    while content:
        content = read_fully(source, size)
        if content:
            yield content
    yield b""


def read_fully(source: IO[bytes], size: int) -> bytes:
    """Read until there is enough or nothing more: a pipe gives less at a time."""
    parts: list[bytes] = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
