"""Files that only the holder of a key can open, in the format of age (age-encryption.org/v1), recipient type X25519.

Whoever wants such a file hands over the public half of a key and keeps the other one. The format is published and has
several independent programs, so a file opens without Concordat too: `age -d -i KEY FILE`.
Written and read in pieces of 64 KiB: never the whole of it in memory. Each piece is ChaCha20-Poly1305 and its nonce
counts and says whether it is the last, so one that was altered, moved, left out or cut off does not open.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"age-encryption.org/v1\n"
RECIPIENT, IDENTITY = "age", "age-secret-key-"
PIECE, TAG, NONCE, SIZE = 1 << 16, 16, 16, 32  # bytes
LONGEST_HEAD = 100  # lines
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of Bech32 (BIP 173)


class NotOpened(ValueError):  # noqa: N818 - says what happened
    """A key is none, or a file does not open with it or is damaged; the message says which."""


# ---- keys as text ----------------------------------------------------------------------------------------------------


def new_key() -> tuple[str, str]:
    """Make a key; return its secret half and its public half, as text."""
    key = X25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    return _written(IDENTITY, key.private_bytes_raw()).upper(), _written(RECIPIENT, public)


def public_key(text: str) -> X25519PublicKey:
    """Read the public half of a key; raise NotOpened where it is none."""
    try:
        return X25519PublicKey.from_public_bytes(_read(RECIPIENT, text.strip()))
    except ValueError:
        raise NotOpened("This is not the public half of a key: that begins with age1.") from None


def secret_keys(text: str) -> list[X25519PrivateKey]:
    """Read the secret keys in a key file; lines that begin with # are comments."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        return [X25519PrivateKey.from_private_bytes(_read(IDENTITY, line)) for line in lines if line and line[0] != "#"]
    except ValueError:
        raise NotOpened("This is not a key file: the key in it begins with AGE-SECRET-KEY-1.") from None


def _written(kind: str, content: bytes) -> str:
    """Write 32 bytes as Bech32, with its check against slips of the pen."""
    values = _regrouped(content, 8, 5)
    rest = _remainder([*_expanded(kind), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    check = [(rest >> 5 * (5 - at)) & 31 for at in range(6)]
    return f"{kind}1" + "".join(LETTERS[value] for value in [*values, *check])


def _read(kind: str, text: str) -> bytes:
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    found, _one, rest = text.lower().rpartition("1")
    values = [LETTERS.index(letter) for letter in rest]
    if found != kind or _remainder([*_expanded(kind), *values]) != 1:
        raise ValueError("not of this kind, or mistyped")
    content = bytes(_regrouped(values[:-6], 5, 8))
    if len(content) != SIZE or _regrouped(content, 8, 5) != values[:-6]:
        raise ValueError("of another length")
    return content


def _expanded(kind: str) -> list[int]:
    return [ord(letter) >> 5 for letter in kind] + [0] + [ord(letter) & 31 for letter in kind]


def _remainder(values: list[int]) -> int:
    rest = 1
    for value in values:
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            rest ^= generator if top >> bit & 1 else 0
    return rest


def _regrouped(values: bytes | list[int], width: int, into: int) -> list[int]:
    """Cut the same bits into groups of another width; what is left over is filled up, or is filling."""
    bits = "".join(format(value, f"0{width}b") for value in values)
    if into > width:
        bits = bits[: len(bits) // into * into]
    return [int(bits[at : at + into].ljust(into, "0"), 2) for at in range(0, len(bits), into)]


# ---- writing ---------------------------------------------------------------------------------------------------------


class Sealed:
    """A file that is written encrypted into another one. `close` writes the last piece: without it nothing opens."""

    def __init__(self, into: IO[bytes], recipient: X25519PublicKey) -> None:
        file_key, nonce = os.urandom(16), os.urandom(NONCE)
        head = VERSION + _stanza(recipient, file_key) + b"---"
        into.write(head + b" " + _text(_mac(file_key, head)) + b"\n" + nonce)
        self._into, self._cipher = into, ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._waiting, self._number = bytearray(), 0

    def write(self, content: bytes) -> int:
        """Take content; a piece goes out when it is certain that it is not the last."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def flush(self) -> None:
        """Do nothing: a piece is not cut short."""

    def close(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._into.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


def _stanza(recipient: X25519PublicKey, file_key: bytes) -> bytes:
    """Return the lines that let the holder of the key find the key of the file."""
    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    wrap = _derived(once.exchange(recipient), share + recipient.public_bytes_raw(), b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    return b"-> X25519 " + _text(share) + b"\n" + _text(body) + b"\n"


# ---- reading ---------------------------------------------------------------------------------------------------------


def opened(source: IO[bytes], keys: list[X25519PrivateKey]) -> Iterator[bytes]:
    """Yield what a file holds, piece by piece; what came before a refusal is authentic, but not all there was."""
    head, stanzas, mac = _read_head(source)
    file_key = next((found for one in stanzas for key in keys if (found := _unwrapped(one, key))), None)
    if file_key is None:
        raise NotOpened("This file does not open with this key: it was made for another one.")
    if not hmac.compare_digest(_mac(file_key, head), mac):
        raise NotOpened("The head of this file was altered.")
    cipher = ChaCha20Poly1305(_derived(file_key, source.read(NONCE), b"payload"))
    for number, (sealed, following) in enumerate(pairwise(_pieces(source))):
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, None)
        except InvalidTag:
            raise NotOpened("This file was altered or cut off. Take another copy of it.") from None


def _read_head(source: IO[bytes]) -> tuple[bytes, list[tuple[bytes, bytes]], bytes]:
    """Return the head as it stands, what it holds for keys of this type, and its seal."""
    head = source.readline(LONGEST_HEAD)
    lines: list[bytes] = []
    if head != VERSION:
        raise NotOpened("This is not a file that was encrypted to a key.")
    for _line in range(LONGEST_HEAD):
        line = source.readline(1000)
        if line.startswith(b"--- "):
            try:
                found = [(_bytes(a.split()[2]), _bytes(b)) for a, b in pairwise(lines) if a.startswith(b"-> X25519 ")]
                return head + b"---", found, _bytes(line[4:])
            except (ValueError, IndexError):
                break
        head, lines = head + line, [*lines, line.strip()]
    raise NotOpened("The head of this file is damaged.")


def _unwrapped(stanza: tuple[bytes, bytes], key: X25519PrivateKey) -> bytes | None:
    share, body = stanza
    mine = key.public_key().public_bytes_raw()
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(share))
        wrap = _derived(shared, share + mine, b"age-encryption.org/v1/X25519")
        return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
    except (InvalidTag, ValueError):
        return None


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    """Cut into pieces of one size, the last one shorter; an empty one after the last."""
    yield source.read(PIECE + TAG)  # even of nothing there is one piece
    while piece := source.read(PIECE + TAG):
        yield piece
    yield b""


# ---- what both need --------------------------------------------------------------------------------------------------


def _derived(secret: bytes, salt: bytes, what_for: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=what_for).derive(secret)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, sha256)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if last else b"\0")


def _text(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    text = text.strip()
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
