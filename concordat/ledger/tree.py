"""Proofs out of the tree over the lines: that a line is in it, and that a larger one only went on from a smaller one.

As RFC 9162 has them (2.1.3 and 2.1.4). A range of lines whose root is needed is put together from whole nodes.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from hashlib import sha256

from django.db import connection

from .models import Node

Range = tuple[int, int]  # the first line, counted from nought, and how many
LEVELS = 64


def size_of_tree() -> int:
    """Return how many lines the tree holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.tree_size()")
        (size,) = cursor.fetchone()
    return int(size)


def parent_of(one: bytes, other: bytes) -> bytes:
    """Return the node over two others."""
    return sha256(b"\x01" + one + other).digest()


def inclusion(index: int, size: int) -> list[bytes]:
    """Return the proof that a line is in the tree over the first `size` lines."""
    assert 0 <= index < size
    return hashes(list(_path(index, 0, size)))


def consistency(old: int, size: int) -> list[bytes]:
    """Return the proof that the tree over `size` lines begins with that over the first `old`."""
    assert 0 <= old <= size
    return hashes(list(_between(old, 0, size, known=True))) if old else []


def _split(count: int) -> int:
    """Return the largest power of two below a number."""
    return 1 << (count - 1).bit_length() - 1


def _path(index: int, first: int, count: int) -> Iterator[Range]:
    if count == 1:
        return
    left = _split(count)
    if index < left:
        yield from _path(index, first, left)
        yield first + left, count - left
    else:
        yield from _path(index - left, first + left, count - left)
        yield first, left


def _between(old: int, first: int, count: int, *, known: bool) -> Iterator[Range]:
    """Walk down to where the smaller tree ends; `known` while its root is what the reader holds already."""
    if old == count:
        if not known:
            yield first, count
        return
    left = _split(count)
    if old <= left:
        yield from _between(old, first, left, known=known)
        yield first + left, count - left
    else:
        yield from _between(old - left, first + left, count - left, known=False)
        yield first, left


def hashes(ranges: Sequence[Range]) -> list[bytes]:
    """Return the root over each range, with one question to the database."""
    wanted = [list(_whole(first, count)) for first, count in ranges]
    found = Node.objects.in_bulk([number for numbers in wanted for number in numbers])
    return [reduce(_under, (bytes(found[number].hash) for number in reversed(numbers))) for numbers in wanted]


def _under(right: bytes, left: bytes) -> bytes:
    return parent_of(left, right)


def _whole(first: int, count: int) -> Iterator[int]:
    """Return the whole nodes that a range is made of, from left to right."""
    while count:
        level = count.bit_length() - 1
        yield (first >> level) * LEVELS + level
        first, count = first + (1 << level), count - (1 << level)
