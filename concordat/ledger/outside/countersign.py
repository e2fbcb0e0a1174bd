#!/usr/bin/env python3
"""Countersign checkpoints of a log of Concordat on a machine of your own. Needs Python 3.11, and verify_log.py beside.

    countersign.py key NAME                          makes NAME.key, which never leaves this machine, and NAME.pub
    countersign.py sign FILE --key NAME.key --log LOG.pub --kept KEPT.txt
    countersign.py compare ONE TWO --log LOG.pub     two checkpoints that two partners kept

FILE is the checkpoint that you fetched from Concordat. It is signed only if the log itself has signed it and it goes on
from the one in KEPT.txt, which it then replaces: keep that file, and bring it to Concordat. With the first one there is
nothing to go on from. If the log was rolled back, or is another one than before (fork), it says so and signs nothing.
"""

import argparse
import base64
import os
import secrets
import sys
from hashlib import sha256, sha512
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
if TYPE_CHECKING:
    from concordat.ledger.outside.verify_log import BASE, Checkpoint, Key, L, P, Point, is_signed, key_of, parent, times
else:
    from verify_log import BASE, Checkpoint, Key, L, P, Point, is_signed, key_of, parent, times

SECRET = 32  # bytes


class No(Exception):  # noqa: N818 - it is an answer
    """Why nothing is signed, or what was found."""


def packed(point: Point) -> bytes:
    """Encode a point (RFC 8032, 5.1.2)."""
    upside = pow(point[2], -1, P)
    x, y = point[0] * upside % P, point[1] * upside % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def halves(secret: bytes) -> tuple[int, bytes]:
    """Return the number and the prefix that a secret stands for (5.1.5)."""
    hashed = sha512(secret).digest()
    number = int.from_bytes(hashed[:32], "little") & (1 << 254) - 8 | 1 << 254
    return number, hashed[32:]


def public_of(secret: bytes) -> bytes:
    """Return the public key of a secret."""
    return packed(times(halves(secret)[0], BASE))


def signature(secret: bytes, message: bytes) -> bytes:
    """Sign (5.1.6)."""
    number, prefix = halves(secret)
    once = int.from_bytes(sha512(prefix + message).digest(), "little") % L
    shown = packed(times(once, BASE))
    asked = int.from_bytes(sha512(shown + public_of(secret) + message).digest(), "little") % L
    return shown + ((once + asked * number) % L).to_bytes(32, "little")


def goes_on(old: Checkpoint, new: Checkpoint, proof: list[bytes]) -> bool:
    """Tell whether a proof leads from a smaller tree to a larger one (RFC 9162, 2.1.4.2)."""
    if old.size == new.size:
        return not proof and old.root == new.root
    left, last = old.size - 1, new.size - 1
    path = ([old.root] if old.size & left == 0 else []) + proof
    while left & 1:
        left, last = left >> 1, last >> 1
    one = other = path[0] if path else b""
    for node in path[1:]:
        if last == 0:
            return False
        if left & 1 or left == last:
            one, other = parent(node, one), parent(node, other)
            while left and not left & 1:
                left, last = left >> 1, last >> 1
        else:
            other = parent(other, node)
        left, last = left >> 1, last >> 1
    return last == 0 and one == old.root and other == new.root


def read(path: Path) -> tuple[Checkpoint, int, list[bytes]]:
    """Read a checkpoint, and what stands before it: since how many lines, and the proof from there."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if not text.startswith("old "):
        return Checkpoint(text, str(path)), 0, []
    head, _, note = text.partition("\n\n")
    first, *proof = head.split("\n")
    return Checkpoint(note, str(path)), int(first[4:]), [base64.b64decode(line) for line in proof]


def refuse_unsigned(mark: Checkpoint, log: Key) -> None:
    """Stop where the log has not signed a checkpoint."""
    own = [said[4:] for name, said in mark.signatures if (name, said[:4]) == log[:2]]
    if not any(is_signed(log[2], f"{mark.body}\n".encode(), one) for one in own):
        raise No(f"{mark.where} is not signed with the key of the log that you hold.")


def refuse_other(kept: Checkpoint, new: Checkpoint, since: int, proof: list[bytes]) -> None:
    """Stop where a checkpoint does not go on from the one that was kept."""
    if new.size < kept.size:
        raise No(f"ROLL-BACK: {new.where} is about {new.size} lines, and you hold one about {kept.size}.")
    if new.size == kept.size and new.root != kept.root:
        raise No(f"FORK: {new.where} and {kept.where} are about the same {new.size} lines, and the lines differ.")
    if kept.size not in {since, new.size}:
        raise No(f"{new.where} has its proof from line {since}. Fetch it again, going on from line {kept.size}.")
    if not goes_on(kept, new, proof if new.size != kept.size else []):
        raise No(f"FORK: {new.where} does not go on from what you hold, about {kept.size} lines.")


def make_key(name: str) -> str:
    """Make a key and say how its public half is known."""
    if not name or any(one.isspace() or one in "+/" for one in name):
        raise No("A name has no spaces, no plus and no stroke, such as lantern.example.org")
    secret, file = secrets.token_bytes(SECRET), Path(f"{name}.key")
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(f"{name} {secret.hex()}\n")
    raw = b"\1" + public_of(secret)
    number = sha256(name.encode() + b"\n" + raw).digest()[:4]
    text = f"{name}+{number.hex()}+{base64.b64encode(raw).decode()}"
    Path(f"{name}.pub").write_text(f"{text}\n", encoding="utf-8")
    return f"{file} stays here. {name}.pub goes to Concordat. Its fingerprint: {fingerprint(raw[1:])}"


def fingerprint(public: bytes) -> str:
    """Return a key as people read it out to each other."""
    text = sha256(public).hexdigest()[:32]
    return " ".join(text[at : at + 4] for at in range(0, 32, 4))


def sign(file: Path, *, key: Path, log: Key, kept: Path) -> str:
    """Sign a checkpoint that goes on from the one that was kept, and keep it instead."""
    new, since, proof = read(file)
    refuse_unsigned(new, log)
    first = "" if kept.exists() else f" Ask the operator whether the key of the log is {fingerprint(log[2])}."
    if kept.exists():
        refuse_other(read(kept)[0], new, since, proof)
    name, secret = key.read_text(encoding="utf-8").split()
    raw = b"\1" + public_of(bytes.fromhex(secret))
    said = sha256(name.encode() + b"\n" + raw).digest()[:4] + signature(bytes.fromhex(secret), f"{new.body}\n".encode())
    fresh = kept.with_name(f"{kept.name}.new")
    fresh.write_text(f"{new.text}— {name} {base64.b64encode(said).decode()}\n", encoding="utf-8")
    fresh.replace(kept)
    return f"Signed: {new.size} lines. Keep {kept}, and bring it to Concordat.{first}"


def compare(one: Path, two: Path, *, log: Key) -> str:
    """Say whether two checkpoints can be of one log."""
    (old, *_), (new, since, proof) = sorted((read(one), read(two)), key=lambda mark: (mark[0].size, mark[1]))
    for mark in (old, new):
        refuse_unsigned(mark, log)
    if old.size not in {since, new.size}:
        return (
            f"{old.size} lines and {new.size}: these two alone do not tell. Fetch the newest checkpoint, going on from "
            f"line {old.size}, and compare {old.where} with that; or check both with an export and verify_log.py."
        )
    refuse_other(old, new, since, proof)
    return f"One log: {new.where} goes on from {old.where}."


def main(arguments: list[str]) -> int:
    """Do what was asked for."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ways = options.add_subparsers(dest="way", required=True)
    ways.add_parser("key", help="make a key").add_argument("name")
    signing = ways.add_parser("sign", help="countersign a checkpoint")
    signing.add_argument("file", type=Path)
    signing.add_argument("--key", type=Path, required=True, help="your own key")
    signing.add_argument("--kept", type=Path, required=True, help="the last checkpoint that you signed")
    comparing = ways.add_parser("compare", help="compare two checkpoints")
    comparing.add_argument("one", type=Path)
    comparing.add_argument("two", type=Path)
    for way in (signing, comparing):
        way.add_argument("--log", type=Path, required=True, help="the public key of the log, as it was given to you")
    asked = options.parse_args(arguments)
    log = key_of(asked.log.read_text(encoding="utf-8")) if asked.way != "key" else ("", b"", b"")
    try:
        if asked.way == "key":
            print(make_key(asked.name))
        elif asked.way == "sign":
            print(sign(asked.file, key=asked.key, log=log, kept=asked.kept))
        else:
            print(compare(asked.one, asked.two, log=log))
    except No as found:
        print(f"countersign.py: {found}", file=sys.stderr)
        return 1
    except (OSError, ValueError, IndexError) as error:
        print(f"countersign.py: the files cannot be read: {error!r}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
