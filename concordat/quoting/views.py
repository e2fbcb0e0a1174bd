"""The two pages of a quotation: from which record, and which words. A hidden record is not found."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.access.asking import linked_cases
from concordat.cases.models import CaseRecord
from concordat.cases.shown import category_of
from concordat.core.codes import Category
from concordat.core.screens import show_form
from concordat.core.wording import plain_day
from concordat.people.http import SignedInRequest

from . import actions, kinds, rules
from .forms import QuoteForm, ReferForm
from .kinds import FileKind, Kind


@dataclass(frozen=True)
class Line:
    """One record or file that can be quoted."""

    category: str
    owner: str
    day: str
    text: str
    written_in: str
    url: str


@require_safe
def choose(request: SignedInRequest, kind: str, record: UUID) -> HttpResponse:
    """List the records and files from which somebody may quote beneath a record of their own organisation."""
    into = kinds.named(kind, carrying=True)
    row = get_object_or_404(into.rows, pk=record)
    refusal = rules.refuse_to_quote_into(row, into, by=request.acting)
    lines = [] if refusal else list(_lines(into, row))
    assert into.page is not None
    context = {"refusal": refusal, "lines": lines, "back": into.page(row)}
    return render(request, "quoting/choose.html", context, status=403 if refusal else 200)


def quote(request: SignedInRequest, kind: str, record: UUID, source_kind: str, source: UUID) -> HttpResponse:
    """Say which words, and put them beneath the record."""
    into = kinds.named(kind, carrying=True)
    row = get_object_or_404(into.rows, pk=record)
    taken = _taken(source_kind)
    found = get_object_or_404(taken.rows if isinstance(taken, Kind) else _files(taken), pk=source)
    assert into.page is not None
    is_file = isinstance(taken, FileKind)
    save = actions.refer_to_file if is_file else actions.quote
    return show_form(
        request, _form(request, is_file=is_file), partial(save, row, source=found, by=request.acting),
        title=_("Refer to this file") if is_file else _("Quote this record"),
        caption=str(Category(category_of(found)).label),
        refusal=rules.refuse_to_quote_into(row, into, by=request.acting),
        shown=[] if is_file else taken.passages(found), written_in=getattr(found, "written_in", ""),  # type: ignore[union-attr]
        file=found.file if is_file else None, button=_("Put it beneath the record"), to=into.page(row),
        done=_("It stands beneath the record, for whoever may read both."),
        cancel_url=reverse("quoting:choose", args=[kind, record]), template="quoting/quote.html",
    )  # fmt: skip


def _form(request: SignedInRequest, *, is_file: bool) -> QuoteForm | ReferForm:
    typed = request.POST if request.method == "POST" else None
    return ReferForm(typed) if is_file else QuoteForm(typed)


def _taken(name: str) -> Kind | FileKind:
    for kind in kinds.file_kinds():
        if kind.model._meta.model_name == name:
            return kind
    return kinds.named(name)


def _files(kind: FileKind) -> QuerySet[Any]:
    return QuerySet(kind.model).select_related("file").filter(file__removed_at=None)


def _lines(into: Kind, row: CaseRecord) -> Iterator[Line]:
    """Return what the reader may see of the case and of those linked to it, but for the record itself."""
    cases = [row.case_id, *(one.case for one in linked_cases(row.case_id))]
    here = {"kind": into.name, "record": row.pk}
    for kind in kinds.kinds():
        for one in kind.rows.filter(case__in=cases).select_related("owner"):
            if one.pk != row.pk and kind.passages(one):
                yield _line(
                    one, kind.passages(one)[0], getattr(one, "written_in", ""), {**here, "source_kind": kind.name}
                )
    for files in kinds.file_kinds():
        for one in _files(files).filter(case__in=cases).select_related("owner"):
            yield _line(one, one.file.name, "", {**here, "source_kind": str(files.model._meta.model_name)})


def _line(one: Any, text: str, written_in: str, here: dict[str, object]) -> Line:  # noqa: ANN401 - a record or a file
    made = one.created_at if hasattr(one, "created_at") else one.file.created_at
    url = reverse("quoting:quote", kwargs={**here, "source": one.pk})
    return Line(str(Category(category_of(one)).label), one.owner.name, plain_day(made), text[:140], written_in, url)
