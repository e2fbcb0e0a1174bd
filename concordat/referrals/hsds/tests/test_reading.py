"""Directory files as strangers write them: read, or refused in one sentence."""

import json
from typing import Any

import pytest

from concordat.core.errors import Refused
from concordat.referrals.hsds import read_directory

CENTER = {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical", "name": "Civic Center"}
EXAMPLE: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Community Counselling", "status": "active",
    "description": "By professionals.", "minimum_age": 12, "maximum_age": 100,
    "last_modified": "2023-03-15T10:30:45.123Z",
    "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "name": "Urdu", "code": "ur"}],
    "service_at_locations": [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": CENTER}],
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example", "description": "A charity"},
    "schedules": [{"id": "x", "freq": "WEEKLY"}],
}  # fmt: skip


def written(body: object) -> bytes:
    return json.dumps(body).encode()


def changed(**more: object) -> dict[str, Any]:
    return {**EXAMPLE, **more}


@pytest.mark.parametrize("body", [EXAMPLE, [EXAMPLE], {"total_items": 1, "contents": [EXAMPLE]}])
def test_a_service_alone_in_a_list_or_on_a_page_is_read(body: object) -> None:
    (offered,) = read_directory(written(body))
    assert (offered.external_id, offered.name, offered.active) == (EXAMPLE["id"], "Community Counselling", True)
    assert offered.described["languages"] == ["Urdu"]
    assert offered.described["age_groups"] == ["under_18", "young", "adult"]
    assert offered.places == ((CENTER["id"], "Civic Center"),)
    assert "target" not in offered.described, "what the file does not say is asked, never guessed"


@pytest.mark.parametrize(
    ("low", "high", "groups"), [(None, None, []), (18, 25, ["young"]), (26, None, ["adult"]), (None, 10, ["under_18"])]
)
def test_ages_become_the_groups_that_they_touch(low: int | None, high: int | None, groups: list[str]) -> None:
    (offered,) = read_directory(written(changed(minimum_age=low, maximum_age=high)))
    assert offered.described["age_groups"] == groups


def test_a_service_that_is_not_active_says_so() -> None:
    assert not read_directory(written(changed(status="defunct")))[0].active


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no directory of services"),
        (b"{", "was cut off"),
        (written(EXAMPLE)[:-40], "was cut off"),
        (b"\xff\xfe\x00", "no directory of services"),
        (b"[" * 100_000, "no directory of services"),
        (b"PK\x03\x04", "no directory of services"),
        (written({"services": 3}), "holds no services as HSDS 3 writes them"),
        (written(7), "holds no services"),
        (written([]), "There is no service in this file"),
        (written([EXAMPLE, 7]), "Service number 2 of this file cannot be read"),
        (written([changed(name="  ")]), "Service number 1 of this file has no identifier or no name"),
        (written([changed(id=None)]), "has no identifier or no name"),
        (written([EXAMPLE, EXAMPLE]), "the same identifier"),
        (written([changed(id=str(at)) for at in range(1_001)]), "more than 1000 services"),
        (b" " * (20 * 1024 * 1024 + 1), "larger than 20 megabytes"),
    ],
)
def test_what_is_no_directory_is_refused_in_words(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_directory(data)


@pytest.mark.parametrize(
    "odd",
    [
        {"languages": "Urdu"}, {"languages": [7, None, {"name": {"x": 1}}]}, {"attributes": {"a": 1}},
        {"attributes": [{"link_type": ["need"], "value": 3}]}, {"service_at_locations": [{"location": []}]},
        {"minimum_age": "twelve", "maximum_age": []}, {"description": {"html": "x"}}, {"status": None},
        {"name": "Coun\u0000sel\ud800ling"}, {"description": "x" * 100_000},
        {"attributes": [{"link_type": "capacity", "value": "9" * 5000}, {"link_type": "need", "value": "heresy"}]},
    ],
)  # fmt: skip
def test_odd_pieces_are_left_out_and_never_an_error(odd: dict[str, object]) -> None:
    (offered,) = read_directory(written(changed(**odd)))
    stored = json.dumps(offered.described, ensure_ascii=False)
    stored.encode()
    assert "\\u0000" not in stored
    assert "heresy" not in stored
    assert len(stored) < 5_000
