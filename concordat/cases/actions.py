"""Everything that changes who works on a case and what its person agreed to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import make_aware, now

from concordat.clocks import actions as clocks
from concordat.clocks.calendars import end_of
from concordat.core.codes import Category
from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.core.wiring import wired
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules
from .models import (
    Absence,
    AllowList,
    Assignment,
    Case,
    CaseRecord,
    Conflict,
    Disagreement,
    Identity,
    Link,
    NameToken,
    Participation,
    Restriction,
    RightsRequest,
    Translation,
    UseStop,
    WrittenRecord,
)
from .names import tokens
from .rules import Asked
from .shown import category_of
from .translated import Passage

T = TypeVar("T", bound=Translation)

ADD_TOKENS = """
INSERT INTO cases_nametoken (id, owner_id, case_id, token)
SELECT gen_random_uuid(), owner, about, token
  FROM unnest(%s::int[], %s::uuid[], %s::bigint[]) AS found (owner, about, token)
"""


@transaction.atomic
def record_participation(
    link: Link,
    *,
    informer: str,
    informed_by: str,
    informed_at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    teach_back: bool,
    signed: str,
    copy_given: str,
    contest_route: str,
    headings: Collection[str] = (),
    interpreter: str = "",
    witness: str = "",
    staff: Collection[str] = (),
    offered: Collection[str] = (),
    by: Membership,
) -> Participation:
    """Record that a person agreed to work with the provider. It replaces the agreement before."""
    paper = Participation(
        owner_id=by.organisation_id, case=link.civil_case, created_by=by, link=link, informer=informer,
        informed_by=informed_by, informed_at=informed_at, interpreter=interpreter, teach_back=teach_back,
        headings=sorted(headings), signed=signed, witness=witness, copy_given=copy_given, contest_route=contest_route,
        starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    if refusal := rules.refuse_participation(paper, by=by, staff=staff, offered=offered):
        raise Refused(refusal)
    paper.save(force_insert=True)
    _record("participation.recorded", paper.case, Category.P31, participation=paper.pk)
    _await_renewal(paper, by)
    return paper


def _await_renewal(paper: Participation, by: Membership) -> None:
    for before in Participation.objects.filter(link=paper.link_id).exclude(pk=paper.pk):
        clocks.stop("CLK-23", before, by=by)
    clocks.start(
        "CLK-23", "renew", paper, owner=paper.owner_id, case=paper.case_id, reference=paper.case.reference,
        starts_at=paper.starts_at, until=paper.ends_at, address=paper.case.get_absolute_url(), by=by,
    )  # fmt: skip


@transaction.atomic
def withdraw(paper: Participation, *, route: str, by: Membership) -> Participation:
    """Record that the person no longer agrees, whichever way they said it. It holds from this second on."""
    hold(paper)
    if refusal := rules.refuse_withdrawal(paper, by=by):
        raise Refused(refusal)
    paper.withdrawn_at, paper.withdrawn_by_route = now(), route
    paper.save(update_fields=["withdrawn_at", "withdrawn_by_route"])
    _record("participation.withdrawn", paper.case, Category.P31, participation=paper.pk)
    clocks.stop("CLK-23", paper, by=by)
    return paper


@transaction.atomic
def assign(case: Case, *, worker: Membership, activity: str, asked: Sequence[Asked] = (), by: Membership) -> Assignment:
    """Assign a worker to a case of their own organisation."""
    take_turn(worker)  # whoever declares a conflict of interest waits, or is waited for
    refusal = rules.refuse_assignment(worker, case, activity=activity, asked=asked, by=by)
    refusal = (
        refusal
        or rules.refuse_unnamed(worker, case)
        or wired("ASSIGNMENT_LIMITS")([worker], case=case.pk).get(worker.pk)
    )
    if refusal:
        raise Refused(refusal)
    made = Assignment.objects.create(
        case=case, owner_id=by.organisation_id, membership=worker, activity=activity, created_by=by
    )
    _record("assignment.made", case, Category.P02, assignment=made.pk, worker=worker.pk)
    return made


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: Membership) -> Assignment:
    """End the work of somebody on a case; what they wrote stays with the organisation."""
    hold(assignment)
    if refusal := rules.refuse_to_end_assignment(assignment, by=by):
        raise Refused(refusal)
    assignment.ends_at = now()
    assignment.save(update_fields=["ends_at"])
    _record("assignment.ended", assignment.case, Category.P02, assignment=assignment.pk)
    return assignment


@dataclass(frozen=True)
class Covered:
    """What came of arranging cover: the absence, and the cases that the cover may not work on, each with the reason."""

    absence: Absence
    without: Sequence[tuple[Case, str]]


@transaction.atomic
def cover(
    worker: Membership, *, cover: Membership, starts_on: date, ends_on: date,
    asked: Callable[[UUID], Sequence[Asked]], by: Membership,
) -> Covered:  # fmt: skip
    """Have a colleague cover for a worker who is away, for these days: on each case for which they are fit."""
    for either in sorted((worker, cover), key=lambda who: who.pk):  # in one order, so that nobody waits in a ring
        take_turn(either)
    if refusal := rules.refuse_cover(worker, cover, starts_on=starts_on, ends_on=ends_on, by=by):
        raise Refused(refusal)
    absence = Absence(
        owner_id=by.organisation_id, membership=worker, cover=cover, starts_at=max(now(), start_of(starts_on)),
        ends_at=start_of(ends_on + timedelta(days=1)), created_by=by,
    )  # fmt: skip
    held = list(
        Assignment.objects.filter(rules.working_at(now()), membership=worker, absence=None).select_related("case")
    )
    refusals = {
        one.pk: rules.refuse_assignment(cover, one.case, activity=one.activity, asked=asked(one.case_id), by=by)
        for one in held
    }
    if held and all(refusals.values()):
        raise Refused(str(next(iter(refusals.values()))))
    absence.save(force_insert=True)
    record("absence.covered", owner=by.organisation_id, absence=absence.pk, worker=worker.pk, cover=cover.pk)
    for one in held:
        if not refusals[one.pk]:
            _cover_case(absence, one, by)
    return Covered(absence, [(one.case, str(refusals[one.pk])) for one in held if refusals[one.pk]])


def _cover_case(absence: Absence, held: Assignment, by: Membership) -> None:
    made = Assignment.objects.create(
        case=held.case, owner_id=held.owner_id, membership=absence.cover, activity=held.activity, absence=absence,
        starts_at=absence.starts_at, ends_at=absence.ends_at, created_by=by,
    )  # fmt: skip
    _record("assignment.made", held.case, Category.P02, assignment=made.pk, worker=absence.cover_id, absence=absence.pk)


@transaction.atomic
def end_absence(absence: Absence, *, by: Membership) -> Absence:
    """End an absence now, and with it all that the cover was assigned for these days."""
    hold(absence)
    if refusal := rules.refuse_to_end_absence(absence, by=by):
        raise Refused(refusal)
    at = now()
    absence.starts_at, absence.ends_at = min(absence.starts_at, at), at
    absence.save(update_fields=["starts_at", "ends_at"])
    for one in absence.assignments.filter(ends_at__gt=at).select_related("case"):
        one.ends_at = at
        one.save(update_fields=["ends_at"])
        _record("assignment.ended", one.case, Category.P02, assignment=one.pk, absence=absence.pk)
    record("absence.ended", owner=absence.owner_id, absence=absence.pk)
    return absence


def start_of(day: date) -> datetime:
    """Return the moment at which a day begins."""
    return make_aware(datetime.combine(day, time.min))


@transaction.atomic
def declare_conflict(case: Case, *, worker: Membership, by: Membership) -> Conflict:
    """Declare a conflict of interest; the database ends the worker's assignments to the case in the same second."""
    take_turn(worker)
    if refusal := rules.refuse_conflict(worker, case, by=by):
        raise Refused(refusal)
    declared = Conflict.objects.create(owner_id=by.organisation_id, membership=worker, case=case)
    _record("conflict.declared", case, Category.S06, worker=worker.pk)
    return declared


@transaction.atomic
def name_people(
    case: Case, *, named: Collection[Membership], ground: str, reason: str, review_on: date, by: Membership
) -> AllowList:
    """Open a case to these people only, from this second on; it takes the place of the list before."""
    take_turn(case)
    if refusal := rules.refuse_list(case, named=named, review_on=review_on, by=by):
        raise Refused(refusal)
    for before in AllowList.objects.filter(case=case, ends_at=None):
        _end_list(before, by)
    listed = AllowList.objects.create(
        owner_id=case.owner_id, case=case, named=sorted(one.pk for one in named), ground=ground, reason=reason,
        review_on=review_on, created_by=by,
    )  # fmt: skip
    _record("case.opened_to_named", case, Category.P02, list=listed.pk, named=listed.named, ground=ground)
    return listed


@transaction.atomic
def lift_list(listed: AllowList, *, by: Membership) -> AllowList:
    """Open a case again to whoever may see it by post, assignment and agreement."""
    hold(listed)
    if refusal := rules.refuse_to_lift(listed, by=by):
        raise Refused(refusal)
    _end_list(listed, by)
    _record("case.opened_to_all", listed.case, Category.P02, list=listed.pk)
    return listed


def _end_list(listed: AllowList, by: Membership) -> None:
    listed.ends_at, listed.ended_by = now(), by
    listed.save(update_fields=["ends_at", "ended_by"])


@transaction.atomic
def record_request(case: Case, *, right: str, words: str, route: str, asked_on: date, by: Membership) -> RightsRequest:
    """Record what a person asks under their rights, and by when it is answered."""
    if refusal := rules.refuse_request(case, asked_on=asked_on, by=by):
        raise Refused(refusal)
    request = RightsRequest(
        owner_id=case.owner_id, case=case, created_by=by, right=right, words=words, route=route, asked_on=asked_on,
        due_on=rules.due_of(asked_on),
    )  # fmt: skip
    request.save(force_insert=True)
    _record("rights.asked", case, Category.P36, request=request.pk, right=right)
    _await_answer(request, by)
    return request


def _await_answer(request: RightsRequest, by: Membership) -> None:
    clocks.start(
        "CLK-25", "answer", request, owner=request.owner_id, case=request.case_id, reference=request.case.reference,
        until=end_of(request.due_on, request.owner_id), address=reverse("cases:rights", args=[request.case_id]), by=by,
    )  # fmt: skip


@transaction.atomic
def take_longer(request: RightsRequest, *, why_longer: str, by: Membership) -> RightsRequest:
    """Take two months more, once; the person is told why."""
    hold(request)
    if refusal := rules.refuse_longer(request, by=by):
        raise Refused(refusal)
    request.why_longer, request.due_on = why_longer, rules.due_of(request.asked_on, longer=True)
    request.save(update_fields=["why_longer", "due_on"])
    _record("rights.prolonged", request.case, Category.P36, request=request.pk)
    clocks.stop("CLK-25", request, by=by)
    _await_answer(request, by)
    return request


@transaction.atomic
def answer_request(
    request: RightsRequest, *, outcome: str, answer: str, told: str, complain_to: str, stopped: Collection[str] = (),
    shut_out: Collection[str] = (), by: Membership,
) -> RightsRequest:  # fmt: skip
    """Record what was done and what the person was told, with the reasons, and set it in the same second.

    `stopped` holds numbers of categories, and records as `table:number`; `shut_out` organisations and memberships.
    """
    hold(request)
    if refusal := rules.refuse_answer_under_rights(request, by=by) or rules.refuse_effects(
        request, outcome=outcome, stopped=stopped, shut_out=shut_out, by=by
    ):
        raise Refused(refusal)
    request.outcome, request.answer, request.told, request.complain_to = outcome, answer, told, complain_to
    request.answered_at, request.answered_by = now(), by
    request.save(update_fields=["outcome", "answer", "told", "complain_to", "answered_at", "answered_by"])
    _record("rights.answered", request.case, Category.P36, request=request.pk, outcome=outcome)
    clocks.stop("CLK-25", request, by=by)
    for what in stopped:
        _stop(request, what, by)
    for viewer in shut_out:
        _shut_out(request, viewer, by)
    return request


def _stop(request: RightsRequest, what: str, by: Membership) -> None:
    kind, _colon, record_ = what.rpartition(":")
    stop = UseStop(owner_id=request.owner_id, case=request.case, request=request, kind=kind, created_by=by)
    if kind:
        stop.record = UUID(record_)
    else:
        stop.category = int(what)
    stop.save(force_insert=True)
    _record_quietly("rights.use_stopped", request, stop=stop.pk)


def _shut_out(request: RightsRequest, viewer: str, by: Membership) -> None:
    one = {"organisation_id": int(viewer)} if viewer.isdecimal() else {"membership_id": UUID(viewer)}
    made = Restriction(
        owner_id=request.owner_id, case=request.case, request=request, ground=request.get_right_display(),
        created_by=by, **one,
    )  # fmt: skip
    made.save(force_insert=True)
    _record_quietly("rights.shut_out", request, restriction=made.pk)


def _record_quietly(what: str, request: RightsRequest | None, **effect: object) -> None:
    """Write a line that names no case: whoever works on the case reads its lines, and would learn of it."""
    assert request is not None
    detail: dict[str, object] = {"request": request.pk, **effect}
    record(what, owner=request.owner_id, case=None, categories=[Category.P36], **detail)


@transaction.atomic
def end_effect(effect: Restriction | UseStop, *, why_ended: str, told: str, by: Membership) -> Restriction | UseStop:
    """End what was set on a person's request, with the reason; the person is told first."""
    hold(effect)
    if refusal := rules.refuse_to_end(effect, by=by):
        raise Refused(refusal)
    effect.ends_at, effect.ended_by, effect.why_ended, effect.told = now(), by, why_ended, told
    effect.save(update_fields=["ends_at", "ended_by", "why_ended", "told"])
    _record_quietly("rights.effect_ended", effect.request, effect=effect.pk)
    return effect


@transaction.atomic
def disagree(row: CaseRecord, *, words: str, said_on: date, written_in: str, by: Membership) -> Disagreement:
    """Put what the person says beside a record; whoever reads the record reads it, and nobody takes it away."""
    if refusal := rules.refuse_words(row, said_on=said_on, by=by):
        raise Refused(refusal)
    said = Disagreement(
        owner_id=row.owner_id, case_id=row.case_id, kind=row._meta.db_table, record=row.pk, words=words,
        said_on=said_on, written_in=written_in, created_by=by,
    )  # fmt: skip
    said.save(force_insert=True)
    record("record.disagreed", owner=row.owner_id, case=row.case_id, categories=[category_of(row)], statement=said.pk)
    return said


@transaction.atomic
def index_name(case: Case, identity: Identity) -> None:
    """Store under which numbers a name is found; what was stored before is removed. Part of writing an identity."""
    assert identity.case_id == case.pk
    index_names([identity])


@transaction.atomic
def index_names(identities: Collection[Identity]) -> None:
    """Do the same for many people at once, with two statements."""
    NameToken.objects.filter(case__in=[identity.case_id for identity in identities]).delete()
    found = [
        (identity.owner_id, identity.case_id, token)
        for identity in identities
        for token in sorted(tokens(identity.family_name, identity.given_names))
    ]
    with connection.cursor() as cursor:  # three arrays instead of an object for each of some ten numbers a person
        cursor.execute(ADD_TOKENS, list(map(list, zip(*found, strict=True))) or [[], [], []])


@transaction.atomic
def add_translation(
    kind: type[T], whole: WrittenRecord, *, passages: Sequence[Passage], language: str, texts: Mapping[str, str],
    translated_by: str = "", by_machine: bool = False, what: str, by: Membership,
) -> T:  # fmt: skip
    """Add a translation to a record of one's own; who may is said by the room. `what` is its line in the log."""
    if refusal := rules.refuse_translation(
        language=language, written_in=whole.written_in, texts=texts, passages=[one.name for one in passages],
        translated_by=translated_by, by_machine=by_machine,
    ):  # fmt: skip
        raise Refused(refusal)
    added = kind(
        whole=whole, language=language, texts=dict(texts), translated_by=translated_by.strip(), by_machine=by_machine,
        created_by=by,
    )  # fmt: skip
    added.save(force_insert=True)
    detail = {"translation": added.pk, "language": language, "by_machine": by_machine}
    record(what, owner=whole.owner_id, case=whole.case_id, categories=[category_of(whole)], **detail)
    return added


def _record(what: str, case: Case, category: Category, **detail: object) -> None:
    record(what, owner=case.owner_id, case=case.pk, categories=[category], **detail)
