"""From HSDS to what a coordinator completes and confirms: the file is a stranger's, so all of it is doubted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from concordat.core.errors import Refused
from concordat.referrals.hsds.writing import AGES, KINDS

MAX_BYTES = 20 * 1024 * 1024
MAX_SERVICES = 1_000
NAME, TEXT, LANGUAGE, MOST = 120, 1_000, 40, 60
LARGEST = 999


@dataclass(frozen=True)
class Offered:
    """One service of a directory file, as far as it says what a service needs here; the rest is asked."""

    external_id: str
    name: str
    described: dict[str, Any] = field(default_factory=dict)
    places: tuple[tuple[str, str], ...] = ()  # identifier and name of each location
    active: bool = True


def read_directory(data: bytes) -> list[Offered]:
    """Return the services in a file; Refused, with a sentence, where it is none of the kind."""
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than %(limit)s megabytes. Split it.") % {"limit": MAX_BYTES // 1024**2})
    services = _services(_parsed(data))
    if not services:
        raise Refused(_("There is no service in this file."))
    if len(services) > MAX_SERVICES:
        raise Refused(_("The file holds more than %(limit)s services. Split it.") % {"limit": MAX_SERVICES})
    found = [_offered(number, one) for number, one in enumerate(services, 1)]
    if len({one.external_id for one in found}) < len(found):
        raise Refused(_("Two services in this file have the same identifier. Export it again."))
    return found


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(
            _("This file is no directory of services: it is not JSON, or was cut off. Export it again as HSDS 3 JSON.")
        ) from None


def _services(body: object) -> list[object]:
    """Return the services of one page of a list, of a bare list, or the one service that the file is."""
    if isinstance(body, dict) and isinstance(body.get("contents"), list):
        return list(body["contents"])
    if isinstance(body, list):
        return body
    if isinstance(body, dict) and "name" in body and "status" in body:
        return [body]
    raise Refused(
        _("This file holds no services as HSDS 3 writes them: a service, a list of them, or a page with “contents”.")
    )


def _offered(number: int, body: object) -> Offered:
    if not isinstance(body, dict):
        raise Refused(_("Service number %(number)s of this file cannot be read.") % {"number": number})
    external, name = _text(body.get("id"), 100), _text(body.get("name"), NAME)
    if not external or not name:
        raise Refused(_("Service number %(number)s of this file has no identifier or no name.") % {"number": number})
    described = {
        "name": name, "description": _text(body.get("description"), TEXT), "languages": _languages(body),
        **_attributes(body),
    }  # fmt: skip
    described.setdefault("age_groups", _age_groups(body))
    return Offered(external, name, described, tuple(_places(body)), body.get("status", "active") == "active")


def _text(value: object, limit: int) -> str:
    """Return a text that can be stored: without control characters and halves of characters, cut where too long."""
    if not isinstance(value, str):
        return ""
    whole = value[: limit * 4].encode("utf-8", "ignore").decode()
    return "".join(char for char in whole if char >= " " or char in "\n\t").strip()[:limit]


def _items(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list; whatever else stands there is no object of HSDS."""
    found = body.get(name)
    return [one for one in found[:MOST] if isinstance(one, dict)] if isinstance(found, list) else []


def _languages(body: dict[str, Any]) -> list[str]:
    named = (_text(one.get("name") or one.get("code"), LANGUAGE) for one in _items(body, "languages"))
    return list(dict.fromkeys(name for name in named if name))


def _attributes(body: dict[str, Any]) -> dict[str, Any]:
    """Return what the attributes say that is one of our own codes."""
    said: dict[str, list[str]] = {}
    for one in _items(body, "attributes"):
        said.setdefault(_text(one.get("link_type"), NAME), []).append(_text(one.get("value"), TEXT))
    known = {kind: [value for value in said.get(kind, []) if value in codes.values] for kind, codes in KINDS.items()}
    lists = {"needs": known["need"], "sexes": known["sex"], "age_groups": known["age_group"]}
    single = {name: known[name][0] for name in ("target", "free_places") if known[name]}
    return {**{name: values for name, values in lists.items() if values}, **single, **_free(said)}


def _free(said: dict[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {"method": said["method"][0]} if any(said.get("method", [])) else {}
    number = next(iter(said.get("capacity", [])), "")
    if number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= LARGEST:
        found["capacity"] = int(number)
    return found


def _age_groups(body: dict[str, Any]) -> list[str]:
    low, high = body.get("minimum_age"), body.get("maximum_age")
    if not isinstance(low, int | float) and not isinstance(high, int | float):
        return []
    youngest = low if isinstance(low, int | float) else 0
    oldest = high if isinstance(high, int | float) else max(last for _first, last in AGES.values())
    return [str(group) for group, (first, last) in AGES.items() if youngest <= last and first <= oldest]


def _places(body: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for one in _items(body, "service_at_locations"):
        location = one.get("location")
        if isinstance(location, dict):
            yield _text(location.get("id"), 100), _text(location.get("name"), NAME)


def uuid_of(text: str) -> UUID | None:
    """Return an identifier as HSDS wants it, or None where a file has another kind."""
    try:
        return UUID(text)
    except ValueError:
        return None
