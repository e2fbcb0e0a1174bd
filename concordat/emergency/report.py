"""What was read by emergency access: out of the log, by the database for those who answer for the records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from concordat.core.codes import Category
from concordat.core.wording import enumerated
from concordat.organisations.models import Organisation

from .models import Request


@dataclass(frozen=True)
class Line:
    """One page or change: when, of whose records, which categories."""

    at: datetime
    changed: bool
    owner: str
    categories: str


def lines(request: Request) -> Sequence[Line]:
    """Return what was read, in order; nothing to whoever may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at, kind, owner, categories FROM access.emergency_report(%s)", [request.pk])
        rows = cursor.fetchall()
    names = dict(Organisation.objects.filter(pk__in={row[2] for row in rows}).values_list("pk", "name"))
    return [
        Line(at, kind == "change", names.get(owner, ""), enumerated([str(Category(one).label) for one in categories]))
        for at, kind, owner, categories in rows
    ]
