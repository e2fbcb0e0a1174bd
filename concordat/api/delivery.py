"""Sessions, reviews, and the end of a service."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from ninja import Router

from concordat.cases.disagreements import Beside, beside
from concordat.cases.models import Link
from concordat.people.http import SignedInRequest
from concordat.people.models import Scope
from concordat.quoting.shown import Beneath, beneath
from concordat.referrals.delivery import actions, answers, forms, rules
from concordat.referrals.delivery.views import LINKS, outcomes_of, workers_of
from concordat.referrals.models import EndReport, HeadingNote, Review, Session

from .cases import quoted_shapes, said_shapes
from .once import Key, once
from .operations import address, reads, writes
from .paging import MOST, Cursor, Limit, piece
from .problems import Problem
from .saying import checked, typed
from .shapes import Result
from .shapes.delivery import (
    EndReportPage,
    EndReportShape,
    NewEnd,
    NewEndReport,
    NewNote,
    NewReview,
    NewSession,
    NoteShape,
    OutcomeShape,
    ReviewPage,
    ReviewShape,
    SessionPage,
    SessionShape,
)

router = Router(tags=["Delivery"])
SESSIONS = Session.objects.select_related("worker").prefetch_related("notes")
REVIEWS = Review.objects.prefetch_related("notes")
REPORTS = EndReport.objects.select_related("owner", "to").prefetch_related("outcomes")


# ---- sessions --------------------------------------------------------------------------------------------------------


@reads(router, "/links/{uuid:link}/sessions", Scope.CASES, SessionPage)
def sessions(
    request: SignedInRequest, response: HttpResponse, link: UUID, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the sessions of a service, the newest first."""
    of = get_object_or_404(LINKS, pk=link)

    def show(found: Iterable[Session]) -> list[SessionShape]:
        rows = list(found)
        said = beside(rows)
        return [session_shape(one, said) for one in rows]

    rows = SESSIONS.filter(link=of)
    return piece(request, response, rows, show, by=("-starts_at", "pk"), cursor=cursor, limit=limit)


@reads(router, "/sessions/{uuid:session}", Scope.CASES, SessionShape)
def session(request: SignedInRequest, session: UUID) -> SessionShape:  # noqa: ARG001 - django-ninja hands it over
    """Show one session."""
    one = get_object_or_404(SESSIONS, pk=session)
    return session_shape(one, beside([one]))


@writes(router, "/links/{uuid:link}/sessions", Scope.DELIVERY)
def record_session(request: SignedInRequest, response: HttpResponse, link: UUID, said: NewSession, key: Key) -> Result:
    """Record that a session was held or not. What was said in the room has no field anywhere."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        headings = answers.headings_of(of.civil_case_id)
        refuse_unchosen(of, said.notes)
        form = forms.SessionForm(as_asked(said), workers=workers_of(of, request.acting), headings=headings)
        called = {"day": "starts_at", "time": "starts_at", "concern_text": "concern"}
        return actions.record_session(of, **checked(form, **called), by=request.acting).pk

    return once(request, response, key, said, do, at=lambda made: address("session", session=made))


def as_asked(said: NewSession) -> Any:  # noqa: ANN401 - what a form takes
    """Return a session as the form asks for it: a day and a time of day, a note to each heading."""
    begun, notes = localtime(said.starts_at), {f"note_{one.heading.value}": one.text for one in said.notes}
    return typed(
        said, day=begun.date(), time=f"{begun:%H:%M}", concern=bool(said.concern), concern_text=said.concern, **notes
    )


def refuse_unchosen(link: Link, notes: list[NewNote]) -> None:
    """Refuse a note under a heading that the form does not even show, and two under one: they would be lost."""
    named = [one.heading.value for one in notes]
    refusal = rules.refuse_headings(link, named)
    if not refusal and len(set(named)) < len(named):
        refusal = rules.in_words("heading_is_noted_once_a_session")
    if refusal:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, refusal, fields=[("notes", refusal)])


def session_shape(one: Session, said: Beside) -> SessionShape:
    return SessionShape(
        disagreements=said_shapes(said.get(one.pk, ())),
        id=one.pk, worker=one.worker.shown_name, starts_at=one.starts_at, held=one.held, minutes=one.minutes,
        cause=one.cause, entered_later=one.entered_later, notes=note_shapes(one.notes.all()),
    )  # fmt: skip


def note_shapes(found: Iterable[HeadingNote]) -> list[NoteShape]:
    return [NoteShape(heading=one.heading, text=one.text) for one in found]


# ---- reviews ---------------------------------------------------------------------------------------------------------


@reads(router, "/reviews", Scope.CASES, ReviewPage)
def reviews(
    request: SignedInRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the reviews that you may read, of your own cases and of partners', the newest first."""

    def show(found: Iterable[Review]) -> list[ReviewShape]:
        rows = list(found)
        said, quoted = beside(rows), beneath(rows)
        return [review_shape(one, said, quoted) for one in rows]

    by = ("-held_on", "-created_at", "pk")
    return piece(request, response, REVIEWS, show, by=by, cursor=cursor, limit=limit)


@reads(router, "/reviews/{uuid:review}", Scope.CASES, ReviewShape)
def review(request: SignedInRequest, review: UUID) -> ReviewShape:  # noqa: ARG001 - the same
    """Show one review."""
    one = get_object_or_404(REVIEWS, pk=review)
    return review_shape(one, beside([one]), beneath([one]))


@writes(router, "/links/{uuid:link}/reviews", Scope.DELIVERY)
def write_review(request: SignedInRequest, response: HttpResponse, link: UUID, said: NewReview, key: Key) -> Result:
    """Record a review with the person. The next one is due in 12 weeks."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        refuse_unchosen(of, said.notes)
        notes = {f"note_{one.heading.value}": one.text for one in said.notes}
        form = forms.ReviewForm(typed(said, **notes), headings=answers.headings_of(of.civil_case_id))
        return actions.write_review(of, **checked(form), by=request.acting).pk

    return once(request, response, key, said, do, at=lambda made: address("review", review=made))


def review_shape(one: Review, said: Beside, quoted: Beneath) -> ReviewShape:
    return ReviewShape(
        disagreements=said_shapes(said.get(one.pk, ())),
        id=one.pk, held_on=one.held_on, next_due=one.next_due, own_words=one.own_words,
        notes=note_shapes(one.notes.all()), quotations=quoted_shapes(quoted.get(one.pk, ())),
    )  # fmt: skip


# ---- the end ---------------------------------------------------------------------------------------------------------


@writes(router, "/links/{uuid:link}/end", Scope.DELIVERY)
def end_early(request: SignedInRequest, response: HttpResponse, link: UUID, said: NewEnd, key: Key) -> Result:
    """End a service before its time. Every assignment closes in the same second; the end report stays owed."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        return actions.end_early(of, **checked(forms.EarlyEndForm(typed(said))), by=request.acting).pk

    return once(request, response, key, said, do, at=lambda _made: address("link", link=link))


@writes(router, "/links/{uuid:link}/end-report", Scope.DELIVERY)
def write_end_report(
    request: SignedInRequest, response: HttpResponse, link: UUID, said: NewEndReport, key: Key
) -> Result:
    """Write the end report; it ends the service. Within the wind-down it can be written, and not read back."""

    def do() -> UUID:
        of = get_object_or_404(LINKS, pk=link)
        asked = outcomes_of(of)
        if len(asked) != len(said.outcomes):
            refusal = rules.refuse_end_report(of, by=request.acting) or rules.in_words(
                "end_report_answers_every_outcome"
            )
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, refusal, fields=[("outcomes", refusal)])
        told = {f"achieved_{n}": one.achieved.value for n, one in enumerate(said.outcomes, start=1)}
        told |= {f"comment_{n}": one.comment for n, one in enumerate(said.outcomes, start=1)}
        form = forms.EndReportForm(typed(said, **told), outcomes=asked)
        called = dict.fromkeys(told, "outcomes")
        return actions.write_end_report(of, **checked(form, **called), by=request.acting).pk

    return once(request, response, key, said, do, at=lambda made: address("end_report", report=made))


@reads(router, "/end-reports", Scope.CASES, EndReportPage)
def end_reports(
    request: SignedInRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = MOST
) -> dict[str, Any]:
    """List the end reports that you may read, the newest first."""

    def show(found: Iterable[EndReport]) -> list[EndReportShape]:
        rows = list(found)
        said, quoted = beside(rows), beneath(rows)
        return [report_shape(one, said, quoted) for one in rows]

    return piece(request, response, REPORTS, show, by=("-created_at", "pk"), cursor=cursor, limit=limit)


@reads(router, "/end-reports/{uuid:report}", Scope.CASES, EndReportShape)
def end_report(request: SignedInRequest, report: UUID) -> EndReportShape:  # noqa: ARG001 - the same
    """Show one end report."""
    one = get_object_or_404(REPORTS, pk=report)
    return report_shape(one, beside([one]), beneath([one]))


def report_shape(one: EndReport, said: Beside, quoted: Beneath) -> EndReportShape:
    return EndReportShape(
        disagreements=said_shapes(said.get(one.pk, ())), quotations=quoted_shapes(quoted.get(one.pk, ())),
        id=one.pk, reference=one.reference, owner=one.owner.name, to=one.to.name, created_at=one.created_at,
        summary=one.summary, onward=one.onward, outcomes=[
            OutcomeShape(outcome=each.outcome, achieved=each.achievement, comment=each.comment)
            for each in one.outcomes.all()
        ],
    )  # fmt: skip
