"""Cases, what is recorded in them, why it is open, and who has read it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Router

from concordat.access import asking, explain, suppose
from concordat.access.question import Question
from concordat.casefile import readers
from concordat.casefile.records import is_stopped, stops_of
from concordat.cases.disagreements import Beside, beside
from concordat.cases.models import Case, CaseRecord, UseStop
from concordat.cases.shown import category_of, entry, rows_about
from concordat.core.codes import Category
from concordat.core.parts import Quoted, Said
from concordat.organisations.models import Organisation
from concordat.people.clock import now
from concordat.people.http import SignedInRequest
from concordat.people.models import Scope
from concordat.quoting.shown import Beneath, beneath

from .operations import reads
from .paging import MOST, Cursor, Limit, piece
from .shapes.cases import (
    CasePage,
    CaseShape,
    ConditionShape,
    DecisionShape,
    QuotedShape,
    ReadingPage,
    ReadingShape,
    RecordShape,
    SaidShape,
)

if TYPE_CHECKING:
    Code = str
else:
    Code = Literal[tuple(Category.__members__)]  # the letter and number that practitioners use
router = Router(tags=["Cases"])
CASES = Case.objects.select_related("owner")


@reads(router, "/cases", Scope.CASES, CasePage)
def cases(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST) -> dict[str, Any]:
    """List the cases that you may see, by reference."""
    return piece(request, response, CASES, shown, by=("reference", "pk"), cursor=cursor, limit=limit)


@reads(router, "/cases/{uuid:case}", Scope.CASES, CaseShape)
def case(request: HttpRequest, case: UUID) -> CaseShape:  # noqa: ARG001 - django-ninja hands it over
    """Show one case; a hidden one is not found."""
    return case_shape(get_object_or_404(CASES, pk=case))


@reads(router, "/cases/{uuid:case}/records", Scope.CASES, list[RecordShape])
def records(request: HttpRequest, case: UUID) -> list[RecordShape]:  # noqa: ARG001 - the same
    """Show the records of a case, one's own and what partners give, as far as they are open."""
    found = get_object_or_404(Case, pk=case)
    rows = rows_about([found.pk, *(one.case for one in asking.linked_cases(found.pk))])
    names = {one.pk: one.name for one in Organisation.objects.filter(pk__in={row.owner_id for row in rows})}
    said, quoted, stops = beside(rows), beneath(rows), stops_of(found.pk)
    return [record_shape(row, names[row.owner_id], said, quoted, stops) for row in rows]


@reads(router, "/cases/{uuid:case}/why", Scope.CASES, DecisionShape)
def why(  # noqa: PLR0917 - each is a part of the address
    request: SignedInRequest,
    case: UUID,
    category: Code,
    giver: int | None = None,
    day: date | None = None,
    version: UUID | None = None,
) -> DecisionShape:
    """Say why a category of a partner is open to you or not, from your own case.

    `category` is a code such as P09; with one partner `giver`, the number of an organisation, need not be named. With
    another `day`, or a `version` that is not signed yet, only agreements, posts and papers are looked at, no case and
    no person; `up_to_here` then means that these do not stand in the way.
    """
    own = get_object_or_404(Case, pk=case, owner=request.acting.organisation_id)
    partner = get_object_or_404(
        Organisation, pk=giver or next((one.owner for one in asking.linked_cases(own.pk)), None)
    )
    question = Question(own, partner, Category[category], request.acting, request.purpose)
    if version is None and day in (None, localdate()):
        return decision_shape(explain.why(own, partner, Category[category], by=request.acting, purpose=request.purpose))
    found = next((one for one in suppose.may_suppose(request.acting) if one.pk == version), None)
    at = suppose.noon(day) if day and day != localdate() else now("default")
    given = suppose.why_if(question, at, found) if found or version is None else None
    if given is None:
        raise Http404
    return decision_shape(given)


@reads(router, "/cases/{uuid:case}/readers", Scope.LOG, ReadingPage)
def read_by(
    request: SignedInRequest, response: HttpResponse, case: UUID, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List who has read a case of your own organisation, out of the log, the newest first."""
    own = get_object_or_404(Case, pk=case, owner=request.acting.organisation_id)
    lines = readers.lines_about(own)
    return piece(request, response, lines, readings, by=("-entry__at", "pk"), cursor=cursor, limit=limit)


def shown(found: Iterable[Case]) -> list[CaseShape]:
    return [case_shape(one) for one in found]


def case_shape(case: Case) -> CaseShape:
    return CaseShape(
        id=case.pk, reference=case.reference, working_code=case.working_code, service=case.service_purpose,
        owner=case.owner.name, opened_at=case.opened_at, closed_at=case.closed_at,
    )  # fmt: skip


def record_shape(row: CaseRecord, owner: str, said: Beside, quoted: Beneath, stops: Iterable[UseStop]) -> RecordShape:
    category, shown = category_of(row), entry(row, said)
    return RecordShape(
        disagreements=said_shapes(shown.said), no_longer_used=is_stopped(row, stops),
        owner=owner, category=category.code, about=str(category.label),
        form=shown.form, title=shown.title, text=shown.text, note=shown.note, written_in=shown.written_in or "",
        quotations=quoted_shapes(quoted.get(row.pk, ())),
    )  # fmt: skip


def said_shapes(said: Iterable[Said]) -> list[SaidShape]:
    return [SaidShape(words=one.words, written_in=one.written_in, note=one.note) for one in said]


def quoted_shapes(quoted: Iterable[Quoted]) -> list[QuotedShape]:
    return [
        QuotedShape(words=one.words, written_in=one.written_in, note=one.note, file=one.file, url=one.url)
        for one in quoted
    ]


def decision_shape(given: explain.Decision) -> DecisionShape:
    conditions = [
        ConditionShape(
            name=link.name, state=link.state, words=link.words, supplier=link.supplier, waiting=link.waiting,
            otherwise=link.otherwise,
        )
        for link in given.links
    ]  # fmt: skip
    return DecisionShape(answer=given.missing, headline=given.headline, words=given.words, conditions=conditions)


def readings(rows: Iterable[Any]) -> list[ReadingShape]:
    return [
        ReadingShape(
            at=one.at, organisation=one.organisation.name if one.organisation else "", who=one.who, done=one.done,
            categories=one.categories, purpose=one.purpose,
        )
        for one in readers.readings(rows)
    ]  # fmt: skip
