"""The text that is signed: everything of a version that has an effect, in one fixed order, and its check number.

The compiler reads the rows; the rows are frozen together with this text. So the hash is what was agreed.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from concordat.organisations.models import Organisation

from .models import Clause, FundingLine, OpenPart, Prohibition, SharingRule, TermsPlace, TermsRequirement, Version

GROUP, SHOWN = 4, 16  # letters of a check number in a group, and how many of the 64 are shown first


def canonical(version: Version) -> str:
    """Return the text of a version: JSON with sorted keys and sorted rows, the same whenever it is written."""
    agreement = version.agreement
    whole = {
        "agreement": {
            "id": str(agreement.pk),
            "kind": agreement.kind,
            "reference": agreement.reference,
            "title": agreement.title,
            "framework": str(agreement.framework_id or ""),
            "activity": agreement.activity,
            "time_zone": agreement.time_zone,
            "parties": [party(agreement.party_a), party(agreement.party_b)],
        },
        "version": {
            "number": version.number,
            "first_day": version.first_day.isoformat(),
            "last_day": version.last_day.isoformat(),
            "starts_at": instant(version.starts_at),
            "ends_at": instant(version.ends_at),
            "whole_team_of": sorted(version.whole_team_of),
            **({"gap": version.gap} if version.gap else {}),
        },
        **parts(version),
        **({"open_part": open_hash} if (open_hash := hash_of_open_part(version)) else {}),
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of_open_part(version: Version) -> str:
    """Return the check number of what is published of a version; nothing where nothing is."""
    return OpenPart.objects.filter(version=version).values_list("hash", flat=True).first() or ""


def parts(version: Version) -> dict[str, list[dict[str, Any]]]:
    """Return every row of a version, each list in an order that does not depend on the database."""
    return {
        "clauses": ordered(map(clause, version.clauses.all())),
        "rules": ordered(map(rule, version.sharingrules.all())),
        "prohibitions": ordered(map(prohibition, version.prohibitions.all())),
        "places": ordered(map(place, version.termsplaces.all())),
        "requirements": ordered(map(requirement, version.termsrequirements.all())),
        "funding": ordered(map(payment, version.fundinglines.all())),
    }


def ordered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False, sort_keys=True))


def instant(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else ""


def party(one: Organisation) -> dict[str, Any]:
    """State a party with its side and the facts from which its independence is judged: both sign for them."""
    facts = (
        "name",
        "side",
        "legal_form",
        "controlled_by",
        "income_share",
        "secondments",
        "statutory",
        "monitoring",
        "victim_liaison",
    )
    return {"id": one.pk, **{fact: getattr(one, fact) for fact in facts}}


def clause(one: Clause) -> dict[str, Any]:
    return {"code": one.code, "position": one.position, "wording": one.wording, "parameters": one.parameters}


def rule(one: SharingRule) -> dict[str, Any]:
    names = ("owner_id", "recipient_id", "category", "form", "purpose", "role", "condition", "basis", "clause")
    return {name: getattr(one, name) for name in names} | {
        "from": instant(one.starts_at),
        "until": instant(one.ends_at),
    }


def prohibition(one: Prohibition) -> dict[str, Any]:
    return {"owner_id": one.owner_id, "recipient_id": one.recipient_id, "category": one.category}


def place(one: TermsPlace) -> dict[str, Any]:
    return {"place": str(one.place_id), "name": one.place.name}


def requirement(one: TermsRequirement) -> dict[str, Any]:
    return {"organisation": one.organisation_id, "clearance": one.clearance, "trainings": sorted(one.trainings)}


def payment(one: FundingLine) -> dict[str, Any]:
    return {
        "due_on": one.due_on.isoformat(),
        "amount": f"{one.amount:.2f}",
        "currency": one.currency,
        "reason": one.reason,
    }


def check_number(text: str) -> str:
    """Return the SHA-256 of a text, as 64 letters and digits."""
    return sha256(text.encode()).hexdigest()


def first_groups(number: str) -> str:
    """Return the beginning of a check number in groups that can be read out: 3f2a 91bc 77d0 12ee."""
    return grouped(number[:SHOWN])


def grouped(number: str) -> str:
    return " ".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))
