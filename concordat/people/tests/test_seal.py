import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.people.seal import Unreadable, seal, unseal


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(seal(text, use="session", owner="a"), use="session", owner="a") == text


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert seal("text", use="session") != seal("text", use="session")


def test_it_opens_for_its_owner_and_use_only(settings: object) -> None:
    sealed = seal("text", use="session", owner="a")
    with pytest.raises(Unreadable):
        unseal(sealed, use="session", owner="b")
    with pytest.raises(Unreadable):
        unseal(sealed, use="kept post", owner="a")
    settings.SEAL_KEY = "another key of at least thirty-two letters"  # type: ignore[attr-defined]
    with pytest.raises(Unreadable):
        unseal(sealed, use="session", owner="a")


@pytest.mark.parametrize("changed", ["", "AAAA", "no base64!", "é"])
def test_what_was_never_sealed_does_not_open(changed: str) -> None:
    with pytest.raises(Unreadable):
        unseal(changed, use="session")


@given(st.integers(0, 45))
def test_one_changed_letter_is_noticed(at: int) -> None:
    sealed = seal("some text", use="session")
    other = "B" if sealed[at] == "A" else "A"
    with pytest.raises(Unreadable):
        unseal(sealed[:at] + other + sealed[at + 1 :], use="session")
