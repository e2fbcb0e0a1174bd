"""What signing a version would open and close: the database signs it and takes that back (simulate.sql)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404

from concordat.agreements.models import Version
from concordat.agreements.opening import Cell, Count, Opening, Span
from concordat.agreements.rules import refuse_simulate
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership


@transaction.atomic
def simulate(version: Version, *, by: Membership) -> Opening:
    """Try a version out. The one trace is a line in the log of the one who asked: another's would tell of a draft."""
    if refusal := refuse_simulate(by, version):
        raise Refused(refusal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.simulate(%s)", [version.pk])
        (answer,) = cursor.fetchone()
    if answer is None:
        raise Http404
    record("agreement.simulated", owner=by.organisation_id, agreement=version.agreement_id, version=version.number)
    return read(json.loads(answer) if isinstance(answer, str) else answer)


def read(answer: dict[str, Any]) -> Opening:
    """Read what the database says."""
    cells = tuple(
        Cell(
            one["owner"], one["recipient"], one["category"], one["form"], one["purpose"], one["role"],
            one["condition"], UUID(one["place"]), one["before"], one["after"], spans(one["opens"]),
            spans(one["ceases"]),
        )
        for one in answer["cells"]
    )  # fmt: skip
    return Opening(instant(answer["begins"]), cells, tuple(Count(**one) for one in answer["counts"]))


def spans(pieces: Iterable[list[str | None]]) -> tuple[Span, ...]:
    """Read pieces of time; an end that is not there is none."""
    return tuple((instant(start or ""), instant(end) if end else None) for start, end in pieces)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
