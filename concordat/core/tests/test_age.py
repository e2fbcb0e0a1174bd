"""Files that only the holder of a key can open: the published format, and nothing that was altered or cut off."""

import base64
import io

import pytest

from concordat.core import age

SECRET, PUBLIC = age.new_key()

# made with another program (rage) for this key, with a stanza of a type that nobody knows
THEIR_KEY = "AGE-SECRET-KEY-1SMDQU7T4QUDWL6XFLGWJKQ726CQT0QUA2VKHSP3GH9VPTLJ7JXQQUEGVAH"
THEIR_PUBLIC = "age1ptwzut963dkwskpppjejwa8g5fmpg2m3282upme2rct88sfdppmskzv8ym"
THEIR_FILE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB6ZHNub3ZnVWU1MWVPZmhXd3BaQ2lIR2grYWFOaEF4SzlhbnFWS1dxUGgwCncxTGFKYWxE"
    "c2pJYVBTcityTzJuOE4rWm1yeHJOWFVnR0pCeCsza1h6UzAKLT4gS3tpdVYtZ3JlYXNlIGQ0WmtIekloIEAgRn00QSkKMjVlU2ZtbVVRTGhxOC9D"
    "MlJVTXB4SmR4eFpXY1RPd0gzS3EvMmUxbHFMWnB6MUdiZWhZSUx6WkM3NWFZM2VZCi0tLSBIV08xdUtNSjIwejZ0MU10K0UvQXIzT1BrcldtNlZi"
    "YUR2VndheFJpS29JCkJd8lpRxx2EvOzVGwieXaf+W0pUd49Y8S9CTO3KnJRfFBBg+EiIvHcRrX+mWTF0ZdfN+08z2oMWTpE="
)


def sealed(content: bytes, public: str = PUBLIC) -> bytes:
    into = io.BytesIO()
    file = age.Sealed(into, age.public_key(public))
    for at in range(0, len(content), 50_000):
        file.write(content[at : at + 50_000])
    file.close()
    return into.getvalue()


def opened(content: bytes, secret: str = SECRET) -> bytes:
    return b"".join(age.opened(io.BytesIO(content), age.secret_keys(secret)))


@pytest.mark.parametrize("size", [0, 1, age.PIECE - 1, age.PIECE, age.PIECE + 1, 3 * age.PIECE])
def test_what_was_sealed_opens(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    assert opened(sealed(content)) == content


def test_a_file_of_another_program_opens_and_its_keys_are_read() -> None:
    assert opened(THEIR_FILE, f"# a comment\n{THEIR_KEY}\n") == b"hello from another program"
    assert age.secret_keys(THEIR_KEY)[0].public_key() == age.public_key(THEIR_PUBLIC)


@pytest.mark.parametrize("at", [30, 60, 130, 180, 215, 400, -1])
def test_one_altered_byte_is_found(at: int) -> None:
    content = bytearray(sealed(b"x" * 100_000))
    content[at] ^= 1
    with pytest.raises(age.NotOpened):
        opened(bytes(content))


def test_a_file_that_was_cut_off_or_put_together_anew_does_not_open() -> None:
    content = sealed(b"x" * (2 * age.PIECE + 9))
    sizes = age.PIECE + age.TAG
    head = len(content) - 2 * sizes - 9 - age.TAG
    for broken in (content[:-1], content[: head + sizes], content[: head + 2 * sizes], content[:head]):
        with pytest.raises(age.NotOpened):
            opened(broken)
    first, second = content[head : head + sizes], content[head + sizes : head + 2 * sizes]
    with pytest.raises(age.NotOpened):
        opened(content[:head] + second + first + content[head + 2 * sizes :])


def test_another_key_opens_nothing() -> None:
    with pytest.raises(age.NotOpened, match="another"):
        opened(sealed(b"x"), age.new_key()[0])


MISTYPED = PUBLIC[:-1] + ("q" if PUBLIC[-1] != "q" else "p")


WRONG = {
    "nothing": "", "its beginning": "age1", "cut off": PUBLIC[:-1], "mistyped": MISTYPED,
    "in mixed case": PUBLIC[0].upper() + PUBLIC[1:], "the secret half": SECRET, "something else": "x" * 62,
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(age.NotOpened):
        age.public_key(text)


def test_a_public_key_may_be_written_in_capitals() -> None:
    assert age.public_key(PUBLIC.upper()) == age.public_key(PUBLIC)
