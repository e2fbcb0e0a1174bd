"""Quotations as they stand beneath records: loaded for the records that a page shows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.cases.models import CaseRecord
from concordat.core.codes import Category
from concordat.core.parts import Quoted
from concordat.core.wording import plain_day
from concordat.files.models import File
from concordat.people.models import Membership

from . import kinds, rules
from .models import Quotation

Beneath = dict[UUID, list[Quoted]]


def beneath(records: Iterable[Any]) -> Beneath:
    """Return for each of these records what it quotes, the oldest first: two queries at most."""
    numbers = [one.pk for one in records]
    found = list(Quotation.objects.filter(record__in=numbers).select_related("of_owner")) if numbers else []
    quoted: Beneath = defaultdict(list)
    for one, shown in zip(found, in_words(found), strict=True):
        quoted[one.record].append(shown)
    return quoted


def in_words(found: Collection[Quotation]) -> list[Quoted]:
    """Return quotations in the shape in which they are shown."""
    files = File.objects.in_bulk([one.source for one in found if not one.words]) if found else {}
    return [_as_quoted(one, files.get(one.source)) for one in found]


def _as_quoted(one: Quotation, file: File | None) -> Quoted:
    note = _("From “%(category)s”, %(organisation)s. Quoted on %(day)s.") % {
        "category": Category(one.of_category).label, "organisation": one.of_owner.name,
        "day": plain_day(one.created_at),
    }  # fmt: skip
    return Quoted(one.words, one.written_in, note, file.name if file else "", _address(one) if file else "")


def _address(one: Quotation) -> str:
    kind = next(kind for kind in kinds.file_kinds() if kind.table == one.from_kind)
    return reverse("files:download", args=[kind.name, one.source])


def quote_url(row: CaseRecord, *, by: Membership) -> str:
    """Return where somebody quotes another record beneath this one; nothing for whom that is refused."""
    kind = next((one for one in kinds.kinds() if one.model is type(row) and one.page), None)
    if kind is None or rules.refuse_to_quote_into(row, kind, by=by):
        return ""
    return reverse("quoting:choose", args=[kind.name, row.pk])
