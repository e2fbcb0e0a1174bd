"""Checkpoints and keys as text; the pure Ed25519 for partners gives what RFC 8032 and the server's library give."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.ledger import note
from concordat.ledger.outside import countersign
from concordat.ledger.outside.verify_log import Checkpoint, is_signed, key_of

# RFC 8032, 7.1, tests 1 to 3 and SHA(abc): secret, public, message, signature
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(secret: str, public: str, message: str, signature: str) -> None:
    raw = [bytes.fromhex(one) for one in (secret, public, message, signature)]
    assert countersign.public_of(raw[0]) == raw[1]
    assert countersign.signature(raw[0], raw[2]) == raw[3]
    assert is_signed(raw[1], raw[2], raw[3])
    assert not is_signed(raw[1], raw[2] + b"x", raw[3])


@settings(max_examples=12, deadline=None)
@given(secret=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200), flip=st.integers(0, 511))
def test_the_same_as_the_library(secret: bytes, message: bytes, flip: int) -> None:
    theirs = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = theirs.public_key().public_bytes_raw(), theirs.sign(message)
    assert (countersign.public_of(secret), countersign.signature(secret, message)) == (public, signature)
    assert is_signed(public, message, signature)
    broken = bytearray(signature)
    broken[flip // 8] ^= 1 << flip % 8
    assert not is_signed(public, message, bytes(broken))


ORDER = 2**252 + 27742317777372353535851937790883648493


def test_a_signature_with_its_number_beyond_the_order_is_none() -> None:
    """RFC 8032, 5.1.7: otherwise one signature has several forms."""
    _secret, public, message, signature = (bytes.fromhex(one) for one in VECTORS[0])
    more = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(public, message, signature[:32] + more.to_bytes(32, "little"))
    assert not is_signed(public, message, signature[:63])
    assert not is_signed(bytes(31) + b"\x80", message, signature)


BODY = note.body_of(origin="x.org/log", size=7, root=bytes(32), at=datetime(2026, 1, 2, tzinfo=UTC))
SECRET = "a secret of the server of at least 32 letters"


def test_what_is_written_is_read_again_here_and_there() -> None:
    text = note.signed(BODY, secret=SECRET, name="x.org/log")
    key = note.server_key(SECRET, "x.org/log")
    here, there = note.read(text), Checkpoint(text, "")
    assert (here.origin, here.size, here.root) == (there.origin, there.size, there.root) == ("x.org/log", 7, bytes(32))
    assert here.signature_of(key)
    assert key_of(str(key)) == (key.name, key.id, key.public)
    assert note.read_key(str(key)) == key
    assert is_signed(key.public, f"{there.body}\n".encode(), here.signature_of(key) or b"")
    assert countersign.fingerprint(key.public) == key.fingerprint
    assert note.read(text.replace("\n", "\r\n")) == here  # as a mail program may hand it on


def test_a_signature_under_another_text_does_not_hold() -> None:
    text = note.signed(BODY, secret=SECRET, name="x.org/log")
    changed = note.read(text.replace("\n7\n", "\n8\n"))
    assert changed.size == 8
    assert changed.signature_of(note.server_key(SECRET, "x.org/log")) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", BODY, BODY.replace("7", "07") + "\n— x.org/log AAAA\n", BODY + "\n— x.org/log AAAA\n",
        BODY + "\n- x.org/log " + "A" * 92, BODY.replace("time", "when") + "\n— a " + "A" * 88, "x" * 30_000,
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(note.Unreadable):
        note.read(text)


@pytest.mark.parametrize("text", ["", "a+b+c", "x.org/log+00000000+" + "A" * 44, "a b+c+d", "+++"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(note.Unreadable):
        note.read_key(text)
