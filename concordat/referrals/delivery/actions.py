"""Everything that changes a delivery: check the rule, write, log, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from concordat.cases.actions import add_translation
from concordat.cases.models import DateRecord, Link
from concordat.clocks.calendars import days_of
from concordat.core.codes import Category
from concordat.core.edits import take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership
from concordat.quoting.rules import refuse_copied
from concordat.referrals import timing
from concordat.referrals.models import (
    Concern,
    EarlyEnd,
    EarlyReason,
    EndReport,
    EndReportTranslation,
    HeadingNote,
    Outcome,
    Party,
    Position,
    Review,
    Session,
)

from . import answers, rules
from .passages import passages_of

HELD, NOT_HELD = gettext_noop("Session held"), gettext_noop("Session not held")


@transaction.atomic
def record_session(
    link: Link, *, worker: Membership, starts_at: datetime, held: bool, minutes: int | None = None, cause: str = "",
    notes: Mapping[str, str] | None = None, concern: str = "", told: str = "", by: Membership,
) -> Session:  # fmt: skip
    """Record that a session was held or not; `notes` by heading. The day alone is written for whom a rule gives it."""
    take_turn(link)
    if refusal := rules.refuse_session(
        link, worker=worker, starts_at=starts_at, minutes=minutes if held else None, by=by
    ):
        raise Refused(refusal)
    if refusal := rules.refuse_headings(link, notes or ()) or refuse_copied(
        (notes or {}).values(), into=HeadingNote, case=link.civil_case_id, by=by
    ):
        raise Refused(refusal)
    session = Session.objects.create(
        **_of(link, by), link=link, worker=worker, starts_at=starts_at, held=held, minutes=minutes, cause=cause,
        entered_later=rules.is_entered_later(localdate(starts_at), localdate(), days_of(link.civil_id)),
    )  # fmt: skip
    DateRecord.objects.create(
        **_of(link, by), category=Category.P18, fact=HELD if held else NOT_HELD, on=localdate(starts_at)
    )
    _note(notes or {}, link=link, by=by, session=session)
    if concern:
        Concern.objects.create(**_of(link, by), session=session, text=concern, told=told)
    _log("session.recorded", link, Category.P18, session=session.pk, held=held)
    if held:
        timing.had_contact(link, by=by)
    return session


@transaction.atomic
def write_review(
    link: Link, *, held_on: date, notes: Mapping[str, str], own_words: str = "", person_differs: str = "",
    provider_differs: str = "", written_in: str = "", by: Membership,
) -> Review:  # fmt: skip
    """Record a review; the next one is due 12 weeks later. The referrer writes its own view itself."""
    refusal = rules.refuse_review(link, held_on=held_on, by=by) or rules.refuse_headings(link, notes)
    if refusal := refusal or refuse_copied(
        [*notes.values(), own_words, person_differs, provider_differs], into=Review, case=link.civil_case_id, by=by
    ):
        raise Refused(refusal)
    review = Review.objects.create(
        **_of(link, by), link=link, held_on=held_on, own_words=own_words, next_due=held_on + rules.REVIEW_EVERY,
        written_in=written_in,
    )  # fmt: skip
    _note(notes, link=link, by=by, review=review)
    for party, text in ((Party.PERSON, person_differs), (Party.PROVIDER, provider_differs)):
        if text:
            add_position(review, party=party, text=text, written_in=written_in, by=by)
    _log("review.written", link, Category.P19, review=review.pk)
    timing.reviewed(link, review.next_due, by=by)
    return review


@transaction.atomic
def add_position(review: Review, *, party: str, text: str, written_in: str = "", by: Membership) -> Review:
    """Add how one party sees a review differently; nobody edits it afterwards."""
    if refusal := rules.refuse_position(review, party=party, by=by) or refuse_copied(
        [text], into=Review, case=review.case_id, beside=_other_case(review), by=by
    ):
        raise Refused(refusal)
    Position.objects.create(
        review=review, party=party, text=text, written_in=written_in, organisation_id=by.organisation_id, membership=by
    )
    record(
        "position.added",
        owner=review.owner_id,
        case=review.case_id,
        categories=[Category.P19],
        review=review.pk,
        party=party,
    )
    return review


@transaction.atomic
def end_early(link: Link, *, reason: str, comment: str = "", by: Membership) -> EarlyEnd:
    """End a service before its time. The database closes the link and the assignments; the end report stays owed."""
    take_turn(link)
    if refusal := rules.refuse_early_end(link, by=by):
        raise Refused(refusal)
    # first: with the link go the assignments, and whoever worked on the case sees nothing of it any more
    timing.end_service(link, owes_report=reason != EarlyReason.MISTAKE, by=by)
    early = EarlyEnd.objects.create(**_of(link, by), link=link, reason=reason, comment=comment)
    _log("service.ended_early", link, Category.P31, early_end=early.pk)
    return early


@transaction.atomic
def write_end_report(
    link: Link, *, summary: str, onward: str = "", outcomes: Sequence[tuple[str, str]], written_in: str = "",
    by: Membership,
) -> EndReport:  # fmt: skip
    """Write what is owed: of each desired outcome, in order, how far and in words. It ends the service."""
    take_turn(link)
    if refusal := rules.refuse_end_report(link, by=by):
        raise Refused(refusal)
    if len(outcomes) != answers.outcomes_owed(link) or not all(word and comment for word, comment in outcomes):
        raise Refused(rules.in_words("end_report_answers_every_outcome"))
    texts = [summary, onward, *(comment for _word, comment in outcomes)]
    if refusal := refuse_copied(texts, into=EndReport, case=link.civil_case_id, by=by):
        raise Refused(refusal)
    timing.end_service(link, owes_report=False, by=by)
    report = EndReport.objects.create(
        **_of(link, by), link=link, to_id=link.authority_id, summary=summary, onward=onward, written_in=written_in
    )
    for position, (achievement, comment) in enumerate(outcomes, start=1):
        Outcome.objects.create(end_report=report, position=position, achievement=achievement, comment=comment)
    _log("end_report.written", link, Category.P19, end_report=report.pk)
    return report


@transaction.atomic
def translate_end_report(
    report: EndReport, *, language: str, texts: Mapping[str, str], translated_by: str = "", by_machine: bool = False,
    by: Membership,
) -> EndReportTranslation:  # fmt: skip
    """Add a translation to an end report of one's own; the report stays as it was sent."""
    if refusal := rules.refuse_translation(report, by=by):
        raise Refused(refusal)
    return add_translation(
        EndReportTranslation, report, passages=passages_of(report), language=language, texts=texts,
        translated_by=translated_by, by_machine=by_machine, what="end_report.translated", by=by,
    )  # fmt: skip


def _other_case(review: Review) -> list[UUID]:
    """Return the referrer's case, where whoever writes is on that side."""
    return list(Link.objects.filter(pk=review.link_id).values_list("authority_case", flat=True))


def _of(link: Link, by: Membership) -> dict[str, object]:
    """Return whose record it is, of which case, and who wrote it."""
    return {"owner_id": link.civil_id, "case_id": link.civil_case_id, "created_by": by}


def _note(
    notes: Mapping[str, str],
    *,
    link: Link,
    by: Membership,
    session: Session | None = None,
    review: Review | None = None,
) -> None:
    for heading, text in notes.items():
        HeadingNote.objects.create(**_of(link, by), session=session, review=review, heading=heading, text=text)


def _log(what: str, link: Link, category: Category, **detail: UUID | bool) -> None:
    record(what, owner=link.civil_id, case=link.civil_case_id, categories=[category], **detail)
