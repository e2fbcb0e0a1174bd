"""Which cases may be about the same person: among those that the asker may see, and no others.

Two are shown as alike when they have the same birth date and names that sound alike, or the same name where a birth
date is missing. A person says whether they are; nothing is merged by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from concordat.cases.models import Identity
from concordat.cases.names import fold, skeleton
from concordat.people.models import Membership

NEW = timedelta(days=90)  # one of the two was opened within so many days
MOST = 50  # pairs on a page
BEGINNING = 4  # letters
LOOKED_AT = 1000  # pairs with the same birth date of which the names are compared

# Under the policies of whoever asks: what they may not see is in no pair.
PAIRS = """
SELECT newer, older FROM (
    SELECT a.case_id AS newer, b.case_id AS older, a.created_at FROM cases_identity a
      JOIN cases_identity b ON b.owner_id = a.owner_id AND b.birth_date = a.birth_date
                           AND (b.created_at, b.case_id) < (a.created_at, a.case_id)
     WHERE a.owner_id = %(owner)s AND a.created_at >= %(since)s
    UNION
    SELECT a.case_id, b.case_id, a.created_at FROM cases_identity a
      JOIN cases_identity b ON b.owner_id = a.owner_id AND b.sort_key = a.sort_key
                           AND (b.created_at, b.case_id) < (a.created_at, a.case_id)
     WHERE a.owner_id = %(owner)s AND a.created_at >= %(since)s AND (a.birth_date IS NULL OR b.birth_date IS NULL)
) AS pair
 WHERE NOT EXISTS (SELECT FROM merging_merge m WHERE m.undone_at IS NULL
                      AND (m.kept_id, m.folded_id) IN ((newer, older), (older, newer)))
 ORDER BY created_at DESC, newer, older LIMIT %(most)s
"""


@dataclass(frozen=True)
class Pair:
    """Two cases that may be about the same person, the newer one first."""

    newer: Identity
    older: Identity


def pairs(by: Membership) -> list[Pair]:
    """Return the pairs of which one is new, the newest first."""
    values: dict[str, Any] = {"owner": by.organisation_id, "since": now() - NEW, "most": LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, values)
        found = cursor.fetchall()
    known = identities({case for pair in found for case in pair})
    alike = [(newer, older) for newer, older in found if sound_alike(known[newer], known[older])]
    return [Pair(known[newer], known[older]) for newer, older in alike[:MOST]]


def identities(cases: Iterable[UUID]) -> dict[UUID, Identity]:
    """Return the identities of these cases by their case."""
    found = Identity.objects.filter(case__in=cases).select_related("case").order_by()
    return {one.case_id: one for one in found}


def sound_alike(one: Identity, other: Identity) -> bool:
    """Tell whether two names have two words that sound or begin alike, or all words of the shorter one."""
    first, second = words(one), words(other)
    shared = sum(any(word & heard for heard in second) for word in first)
    return shared >= min(2, len(first), len(second)) > 0


def words(one: Identity) -> list[set[str]]:
    """Return for each word of a name how it sounds and how it begins."""
    found = fold(f"{one.family_name} {one.given_names}")
    return [{f"s:{skeleton(word) or word}", f"b:{word[:BEGINNING]}"} for word in found]
