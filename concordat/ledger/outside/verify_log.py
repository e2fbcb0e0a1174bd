#!/usr/bin/env python3
"""Check an exported log of Concordat. Needs Python 3.11 and this file alone: no network, no Concordat.

    verify_log.py EXPORT.jsonl [KEPT ...] [--key LOG.pub]

EXPORT is what `concordat log-export` wrote. KEPT are checkpoints that somebody has kept, countersigned or not, or older
exports (.jsonl): it is told when this log is another one (FORK) or a shorter one (ROLL-BACK).
LOG.pub is the public key of the log, as it was given to you; without it the key in the export is believed.
A line for each fault. Exit code 0: none, 1: some, 2: files that cannot be read. docs/log-format.md has the format.
"""

import argparse
import base64
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from functools import reduce
from hashlib import sha256, sha512
from pathlib import Path

Point = tuple[int, int, int, int]
Key = tuple[str, bytes, bytes]  # name, number, the key itself
Fault = Callable[[int, str], None]
P, SIGNATURE = 2**255 - 19, 64  # Ed25519 as in RFC 8032, 5.1, plain and slow; bytes of a signature
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a: Point, b: Point) -> Point:
    """Add two points of the curve in extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """Add a point to itself so many times."""
    total = (0, 1, 1, 0)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def point_of(raw: bytes) -> Point:
    """Decode a point (5.1.3); ValueError where the bytes are none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = pow(square := (y * y - 1) * pow(D * y * y + 1, -1, P) % P, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    return (x := x if x & 1 == sign else P - x), y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature holds (5.1.7)."""
    s = int.from_bytes(signature[32:], "little")
    if s >= L or len(signature) != SIGNATURE:
        return False
    number = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    try:
        one, other = times(s, BASE), add(point_of(signature[:32]), times(number, point_of(public)))
    except ValueError:
        return False
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 == (one[1] * other[2] - other[1] * one[2]) % P


def parent(one: bytes, other: bytes) -> bytes:
    """Return the node over two others (RFC 9162, 2.1.1)."""
    return sha256(b"\1" + one + other).digest()


def grow(parts: list[bytes], size: int, leaf: bytes) -> None:
    """Add a line to a tree of so many lines, of which the root of each whole part is kept, the largest first."""
    while size & 1:
        leaf, size = parent(parts.pop(), leaf), size >> 1
    parts.append(leaf)


def root(parts: list[bytes]) -> bytes:
    """Return the root over all lines so far."""
    return reduce(lambda right, left: parent(left, right), reversed(parts)) if parts else sha256().digest()


class Checkpoint:
    """A checkpoint: which log, how many lines, the root over them, and who has signed that."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text.replace("\r\n", "\n"), where
        self.body, _, lines = self.text.partition("\n\n")
        self.origin, size, coded, _time = self.body.split("\n")
        self.size, self.root = int(size), base64.b64decode(coded)
        self.signatures = [(n, base64.b64decode(s)) for _, n, s in (x.split(" ") for x in lines.splitlines())]


def key_of(text: str) -> Key:
    """Read a public key."""
    name, _, coded = text.strip().split("+", 2)
    raw = base64.b64decode(coded)
    return name, sha256(name.encode() + b"\n" + raw).digest()[:4], raw[1:]


def leaf_of(line: dict[str, str], parts: list[dict[str, str]], place: int, fault: Fault) -> bytes:
    """Return the hash of an exported line, after everything in it was held against that."""
    if "body" not in line:
        return bytes.fromhex(line["leaf"])
    leaf = sha256(b"\0" + line["body"].encode()).digest()
    said = [subject["commitment"] for subject in json.loads(line["body"] or '{"subjects": []}')["subjects"]]
    made = [p and sha256(bytes.fromhex(p["salt"]) + p["text"].encode()).hexdigest() for p in parts]
    if leaf.hex() != line["leaf"] or [m or s for m, s in itertools.zip_longest(made, said)] != said:
        fault(place, "the line was changed")
    return leaf


def leaves_of(path: Path, fault: Fault = lambda *_: None) -> Iterator[bytes]:
    """Return the hashes of the lines of an export, in order."""
    with path.open(encoding="utf-8") as lines:
        place = 0
        for one in (one for one in map(json.loads, lines) if "place" in one):
            if one["place"] != place + 1:
                fault(place + 1, f"here stands line {one['place']}: lines were removed, added or reordered")
            place = one["place"]
            yield leaf_of(one, one.get("parts", []), place, fault)


def head_of(path: Path) -> tuple[list[tuple[object, Key]], list[Checkpoint]]:
    """Return the keys and checkpoints of an export; they stand before its lines."""
    with path.open(encoding="utf-8") as lines:
        head = list(itertools.takewhile(lambda one: "place" not in one, map(json.loads, lines)))
    keys = [(one["of"], key_of(one["key"])) for one in head if "key" in one]
    return keys, [Checkpoint(one["checkpoint"], f"a checkpoint in {path}") for one in head if "checkpoint" in one]


def check_signatures(marks: list[Checkpoint], keys: list[tuple[object, Key]], fault: Fault) -> int:
    """Count the signatures that hold; each checkpoint needs one of the log."""
    count = 0
    for mark in marks:
        known = [(of, k, said) for n, said in mark.signatures for of, k in keys if k[:2] == (n, said[:4])]
        held = [(of, k[0], is_signed(k[2], f"{mark.body}\n".encode(), said[4:])) for of, k, said in known]
        for name in {n for _, n, good in held if not good} | ({"log"} - {of for of, _, good in held if good}):
            fault(mark.size, f"{mark.where} has no signature of {name} that holds")
        count += sum(good for *_, good in held)
    return count


def check_tree(path: Path, marks: list[Checkpoint], older: list[Path], fault: Fault) -> tuple[int, bytes]:
    """Build the tree, hold it against each checkpoint and older export, and return its size and root."""
    parts, size, last, marks = list[bytes](), 0, 0, sorted(marks, key=lambda mark: mark.size)
    others = {str(one): leaves_of(one) for one in older}
    for size, leaf in enumerate(leaves_of(path, fault), 1):
        grow(parts, size - 1, leaf)
        for name in [name for name, leaves in others.items() if next(leaves, leaf) != leaf]:
            fault(size, f"FORK: {name} has another line here")
            del others[name]
        while marks and marks[0].size <= size:
            if (mark := marks.pop(0)).root != root(parts):
                fault(size, f"FORK: the lines {last + 1} to {size} are not those of {mark.where}")
            last = size
    ends = [(one.where, one.size - size) for one in marks] + [
        (one, sum(1 for _ in rest)) for one, rest in others.items()
    ]
    for where, more in [end for end in ends if end[1]]:
        fault(size, f"ROLL-BACK: {where} has {more} lines more")
    return size, root(parts)


def main(arguments: list[str]) -> int:
    """Check what was asked for, and say what was found."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("export", type=Path)
    options.add_argument("kept", type=Path, nargs="*", help="checkpoints that were kept, or older exports")
    options.add_argument("--key", type=Path, help="the public key of the log, as it was given to you")
    asked, faults = options.parse_args(arguments), list[tuple[int, str]]()
    older = [path for path in asked.kept if path.suffix == ".jsonl"]
    keys, marks = head_of(asked.export)
    marks += [Checkpoint(path.read_text(encoding="utf-8"), str(path)) for path in asked.kept if path not in older]
    marks += [mark for path in older for mark in head_of(path)[1]]
    if asked.key:
        keys = [one for one in keys if one[0] != "log"] + [("log", key_of(asked.key.read_text(encoding="utf-8")))]
    signed = check_signatures(marks, keys, lambda *fault: faults.append(fault))
    size, top = check_tree(asked.export, marks, older, lambda *fault: faults.append(fault))
    for place, what in faults[:50]:
        print(f"line {place}: {what}")
    print(f"{size} lines, {len(marks)} checkpoints, {signed} signatures, root {top.hex()}: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"verify_log.py: the files cannot be read: {error!r}", file=sys.stderr)
        sys.exit(2)
