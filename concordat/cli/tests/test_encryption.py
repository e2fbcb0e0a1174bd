"""The format of an encrypted backup: what comes back is what went in, or nothing does."""

import io
import secrets
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.cli import encryption
from concordat.core.errors import Refused

KEY = "a passphrase that somebody keeps"
PIECE = 64


@pytest.fixture(autouse=True, scope="module")
def small() -> object:
    """Have small chunks and a cheap key, so that many files can be tried."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "CHUNK", PIECE)
        patch.setattr(encryption, "COST", 2)
        yield


def sealed(content: bytes, key: str = KEY) -> bytes:
    into = io.BytesIO()
    encryption.encrypt(io.BytesIO(content), into, key)
    return into.getvalue()


def opened(file: bytes, key: str = KEY) -> bytes:
    into = io.BytesIO()
    encryption.decrypt(io.BytesIO(file), into, key)
    return into.getvalue()


def split(file: bytes) -> tuple[bytes, list[bytes]]:
    """Return the two lines at the beginning, and the chunks."""
    start = file.index(b"\n", len(encryption.FORMAT)) + 1
    size = PIECE + encryption.TAG
    return file[:start], [file[place : place + size] for place in range(start, len(file), size)]


@given(content=st.binary(max_size=4 * PIECE))
def test_what_went_in_comes_out(content: bytes) -> None:
    assert opened(sealed(content)) == content


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_also_at_the_borders_of_chunks(length: int) -> None:
    content = secrets.token_bytes(length)
    assert opened(sealed(content)) == content


@given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(min_value=0, max_value=7))
def test_a_file_with_one_other_bit_is_refused(place: int, bit: int) -> None:
    file = bytearray(sealed(b"x" * (3 * PIECE)))
    file[place % len(file)] ^= 1 << bit
    with pytest.raises(Refused):
        opened(bytes(file))


def test_a_file_that_was_cut_off_anywhere_is_refused() -> None:
    file = sealed(b"x" * (2 * PIECE))
    for length in range(len(file)):
        with pytest.raises(Refused):
            opened(file[:length])


def test_a_file_with_more_at_its_end_is_refused() -> None:
    file = sealed(b"x" * (2 * PIECE))
    for more in (b"x", file, split(file)[1][-1]):
        with pytest.raises(Refused):
            opened(file + more)


def test_chunks_in_another_order_are_refused() -> None:
    head, chunks = split(sealed(secrets.token_bytes(3 * PIECE)))
    orders = [order for order in permutations(chunks) if list(order) != chunks]
    assert len(orders) == 5
    for order in (*orders, chunks[1:], chunks[:1] * 3, [*chunks[:1], *chunks[2:]]):
        with pytest.raises(Refused, match="altered or cut off"):
            opened(head + b"".join(order))


def test_a_chunk_of_another_backup_is_refused() -> None:
    (head, one), (_, other) = split(sealed(b"a" * 3 * PIECE)), split(sealed(b"b" * 3 * PIECE))
    with pytest.raises(Refused, match="altered or cut off"):
        opened(head + one[0] + other[1] + one[2])


def test_two_files_of_the_same_content_have_nothing_in_common() -> None:
    (head, one), (other_head, other) = split(sealed(b"a" * PIECE)), split(sealed(b"a" * PIECE))
    assert head != other_head
    bodies = [{chunk[: -encryption.TAG] for chunk in file} - {b""} for file in (one, other)]
    assert bodies[0].isdisjoint(bodies[1])


def test_another_key_is_told_from_a_damaged_file() -> None:
    with pytest.raises(Refused, match="does not open with this key"):
        opened(sealed(b"x"), KEY + ".")


def test_a_file_cannot_ask_for_more_memory_than_there_is() -> None:
    file = sealed(b"x").replace(b'"scrypt": 2,', b'"scrypt": 1073741824,')
    with pytest.raises(Refused, match="altered or cut off"):
        opened(file)


def test_a_short_key_protects_nothing() -> None:
    with pytest.raises(Refused, match="at least 20 characters"):
        sealed(b"x", "12345")


def test_no_more_than_two_chunks_are_held() -> None:
    """A database of any size is encrypted as it passes."""
    held = 0

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            nonlocal held
            held += size
            assert held - into.tell() < 5 * (PIECE + encryption.TAG) + len(encryption.FORMAT) + 500
            return b"x" * size if held < 100 * PIECE else b""

    into = io.BytesIO()
    encryption.encrypt(Endless(), into, KEY)  # type: ignore[arg-type]  # it can be read, and that is all it takes
    assert into.tell() > 90 * PIECE
