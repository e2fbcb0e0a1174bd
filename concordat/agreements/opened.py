"""The open part of a version: what everybody may read of it, and by which ground the rest is kept back.

Nobody's name stands in it. A clause that says nothing about itself, because it was signed before that was asked, is
kept back: silence publishes nothing.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.timezone import now

from .catalogue import ENTRIES
from .catalogue.openness import ALWAYS_OPEN, NAME, OPEN, PERSONS
from .document import clause, ordered, party, payment, place, prohibition, requirement, rule
from .models import Clause, Kind, OpenPart, Version
from .status import status

# What is listed beside the clauses goes with the clause that speaks of it.
GOES_WITH = {
    "rules": "ISP-4",
    "prohibitions": "ISP-4",
    "places": "TRM-2",
    "requirements": "TRM-8",
    "funding": "TRM-13",
}
LISTED: dict[str, tuple[str, Any]] = {
    "rules": ("sharingrules", rule),
    "prohibitions": ("prohibitions", prohibition),
    "places": ("termsplaces", place),
    "requirements": ("termsrequirements", requirement),
    "funding": ("fundinglines", payment),
}
STATES_IN_FORCE = ("force",)


def open_text(version: Version) -> str:
    """Return what is to be published of a version, to the letter; nothing where its framework publishes nothing."""
    if not publishes(version):
        return ""
    agreement, clauses = version.agreement, list(version.clauses.all())
    whole = {
        "agreement": {
            "kind": agreement.kind,
            "reference": agreement.reference,
            "title": agreement.title,
            "framework": agreement.framework.reference if agreement.framework else "",
            "activity": agreement.activity,
            "time_zone": agreement.time_zone,
            "parties": [party(agreement.party_a), party(agreement.party_b)],
        },
        "version": {
            "number": version.number,
            "first_day": version.first_day.isoformat(),
            "last_day": version.last_day.isoformat(),
        },
        "clauses": [shown(one) for one in clauses],
        **listed(version, {one.code for one in clauses if is_open(one)}),
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def publishes(version: Version) -> bool:
    """Tell whether the framework says that open parts are published: this very version, or the one in force above."""
    if version.agreement.kind == Kind.FRAMEWORK:
        return _says_so(version)
    held = status(version.agreement.framework).version if version.agreement.framework else None
    return held is not None and _says_so(held)


def _says_so(framework: Version) -> bool:
    return any(one.code == "MOU-26" and one.parameters.get("published") is True for one in framework.clauses.all())


def is_open(one: Clause) -> bool:
    return one.code in ALWAYS_OPEN or one.parameters.get(NAME) == OPEN


def shown(one: Clause) -> dict[str, Any]:
    """Return a clause with its words, or with the ground on which it is kept back alone."""
    if not is_open(one):
        return {"code": one.code, "position": one.position, NAME: one.parameters.get(NAME) or ""}
    asked = {each.name for each in ENTRIES[one.code].parameters} if one.code in ENTRIES else set()
    open_ = {name: value for name, value in one.parameters.items() if name in asked and (one.code, name) not in PERSONS}
    open_.pop(NAME, None)
    return {**clause(one), "parameters": open_}


def listed(version: Version, open_codes: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what is listed beside the clauses, as far as the clause that speaks of it is open."""
    return {
        name: ordered(map(write, getattr(version, rows).all()))
        for name, (rows, write) in LISTED.items()
        if GOES_WITH[name] in open_codes
    }


# ---- what is published ---------------------------------------------------------------------------------------------


def read(part: OpenPart) -> dict[str, Any]:
    """Return an open part as it was signed."""
    return json.loads(part.text)  # type: ignore[no-any-return]


def states(parts: Sequence[OpenPart]) -> dict[Any, str]:
    """Say of each published part whether it is in force, begins later, was replaced or has ended.

    A suspension is not told: it may be about somebody's safety, and it passes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v, agreements.open_state(v) FROM unnest(%s::uuid[]) AS v", [[one.version_id for one in parts]]
        )
        return dict(cursor.fetchall())


def published() -> list[OpenPart]:
    return list(OpenPart.objects.exclude(published_at=None).order_by("-published_at"))


def in_force() -> Iterator[OpenPart]:
    found = published()
    known = states(found) if found else {}
    return (one for one in found if known[one.version_id] in STATES_IN_FORCE)


def holds_now(said: dict[str, str]) -> bool:
    """Tell whether a published rule holds at this moment; without days of its own it holds as long as its version."""
    begins, ends = said.get("from"), said.get("until")
    at = now()
    return (not begins or datetime.fromisoformat(begins) <= at) and (not ends or at < datetime.fromisoformat(ends))


def own_part(version: Version) -> str:
    """Return the open part of a version that one may read: as it was proposed, or as it would be now."""
    stored = OpenPart.objects.filter(version=version).first()
    return stored.text if stored else "" if version.proposed_at else open_text(version)
