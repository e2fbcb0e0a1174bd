"""Why something about a case is refused, in words: the person's own agreement, who works on it, and conflicts.

The database refuses the same (`referrals/sql/asking.sql`, `access/sql/policies.sql`); here it is said first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.dateformat import time_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core import languages
from concordat.core.days import add_months
from concordat.core.wording import plain_day
from concordat.organisations.models import Organisation
from concordat.people.courses import course_name
from concordat.people.models import Clearance, Membership
from concordat.people.models.membership import Level
from concordat.people.roles import Role

from .models import (
    Absence,
    AllowList,
    Assignment,
    Case,
    CaseRecord,
    Informer,
    Outcome,
    Participation,
    Restriction,
    Right,
    RightsRequest,
    Signed,
    UseStop,
)

WAIT = timedelta(hours=24)
INSTANT = timedelta(microseconds=1)  # before the day after: still the last day
RENEWAL_MONTHS = 6
SAFEGUARDING = "safeguarding"
TWO = 2
STAFF = "staff"  # offered as an answer so that it can be refused with its reason
RECORDERS = (Role.COORDINATOR, Role.FACILITATOR)
ASSIGNERS = (Role.COORDINATOR, Role.PROGRAMME_MANAGER)
WORKERS = (Role.FACILITATOR, Role.COORDINATOR, Role.CASE_OFFICER, Role.PROGRAMME_MANAGER)


def first(sentences: Iterable[str | None]) -> str | None:
    """Return the first refusal, if there is any."""
    return next((sentence for sentence in sentences if sentence), None)


# ---- the person's own agreement ----------------------------------------------------------------------------------


def refuse_to_record_participation(case: Case, *, by: Membership) -> str | None:
    """Say why somebody may not record the agreement of the person of a case."""
    if by.organisation.is_authority:
        return _(
            "An authority may not obtain or record this agreement. Only the organisation that offers the service does."
        )
    if case.owner_id != by.organisation_id or not by.has(*RECORDERS):
        return _(
            "The coordinator or the assigned worker of the organisation that offers the service records this agreement."
        )
    return None


def refuse_participation(
    paper: Participation, *, by: Membership, staff: Collection[str], offered: Collection[str]
) -> str | None:
    """Say why an agreement does not count. `staff` are names of the authority's people, `offered` the headings."""
    return first(
        (
            refuse_to_record_participation(paper.case, by=by),
            _refuse_informer(paper, staff),
            _refuse_haste(paper),
            _refuse_form(paper),
            _refuse_duration(paper),
            None
            if set(paper.headings) <= set(offered)
            else _("One of these headings does not fit what the service is about."),
        )
    )


def _refuse_informer(paper: Participation, staff: Collection[str]) -> str | None:
    known = {name.casefold() for name in staff}
    if paper.informer not in Informer.values:
        return _(
            "Staff of the authority may not inform a person for this agreement: a “no” has to be free of any price. "
            "Let somebody of your own organisation or somebody neutral inform the person, and begin again."
        )
    for name in (paper.informed_by, paper.interpreter, paper.witness):
        if name.strip().casefold() in known:
            return _("%(name)s works for the authority and may not inform, interpret or witness here.") % {"name": name}
    return None


def _refuse_haste(paper: Participation) -> str | None:
    if paper.starts_at > now():
        return _("The person has to have agreed before it is recorded.")
    if paper.starts_at < paper.informed_at + WAIT:
        return _(
            "The person needs at least 24 hours to think and to ask somebody. They were informed on %(informed)s, "
            "so they can agree from %(earliest)s on."
        ) % {"informed": day_and_time(paper.informed_at), "earliest": day_and_time(paper.informed_at + WAIT)}
    return None


def day_and_time(when: datetime) -> str:
    """Write a moment inside a sentence: 9 March at 16:40."""
    return _("%(day)s at %(time)s") % {"day": plain_day(when), "time": time_format(localtime(when).time(), "H:i")}


def _refuse_form(paper: Participation) -> str | None:
    if not paper.informed_by.strip():
        return _("Name who informed the person.")
    if not paper.teach_back:
        return _(
            "Let the person explain it back in their own words first. "
            "It is no test: it shows whether we explained it well."
        )
    if paper.signed == Signed.ORAL and not paper.witness.strip():
        return _("When the person agreed in words, name the witness.")
    if not paper.copy_given.strip():
        return _("Give the person a copy, and say how they got it.")
    if not paper.contest_route.strip():
        return _("Say how the person can contest this agreement.")
    return None


def _refuse_duration(paper: Participation) -> str | None:
    latest = latest_renewal(localdate(paper.starts_at))
    if localdate(paper.ends_at - INSTANT) > latest:
        return _("It has to be renewed within six months: by %(day)s at the latest.") % {"day": plain_day(latest)}
    if paper.ends_at <= paper.starts_at:
        return _("The day by which it is renewed lies after the day on which it begins.")
    return None


def latest_renewal(start: date) -> date:
    """Return the last day by which an agreement that began on `start` is renewed."""
    return add_months(start, RENEWAL_MONTHS)


def refuse_withdrawal(paper: Participation, *, by: Membership) -> str | None:
    """Say why a withdrawal cannot be recorded. That the person has no good reason is never one."""
    if paper.withdrawn_at:
        return _("This agreement is already withdrawn.")
    if paper.ends_at <= now():
        return _("This agreement has run out. There is nothing left to withdraw.")
    if paper.owner_id != by.organisation_id or not by.has(*RECORDERS):
        return _("The organisation that recorded this agreement records that it is withdrawn.")
    return None


# ---- who works on it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What the terms of one activity ask of the workers on a case; `missing` is the sentence when they do not hold."""

    activity: str
    agreement: UUID
    clearance: str = ""
    trainings: tuple[str, ...] = ()
    missing: str = ""


def refuse_to_assign(case: Case, *, by: Membership) -> str | None:
    """Say why somebody may not say who works on a case."""
    if case.owner_id != by.organisation_id or not by.has(*ASSIGNERS):
        return _(
            "A coordinator or programme manager of the organisation that the case belongs to says who works on it."
        )
    if case.closed_at:
        return _("This case is closed.")
    return None


def refuse_assignment(
    worker: Membership, case: Case, *, activity: str, asked: Sequence[Asked], by: Membership
) -> str | None:
    """Say why a worker is not assigned to a case. Reads `clearances`, `trainings`, `conflicts` and `assignments`."""
    wanted = [one for one in asked if one.activity == activity]
    return first(
        (
            refuse_to_assign(case, by=by),
            _refuse_stranger(worker, by),
            _refuse_conflict(worker, case),
            _refuse_again(worker, case, activity),
            *(one.missing for one in wanted),
            *(refuse_clearance(worker, one.clearance) for one in wanted),
            *(refuse_training(worker, one.trainings) for one in wanted),
            _refuse_for_child(worker, case) if asked else None,
        )
    )


def _refuse_stranger(worker: Membership, by: Membership) -> str | None:
    left = worker.valid_until is not None and worker.valid_until <= now()
    if worker.organisation_id != by.organisation_id or left or not worker.has(*WORKERS):
        return _("%(worker)s does not work on cases for your organisation.") % {"worker": worker}
    return None


def _refuse_conflict(worker: Membership, case: Case) -> str | None:
    if any(one.case_id == case.pk for one in worker.conflicts.all()):
        return _("%(worker)s has declared a conflict of interest with this case.") % {"worker": worker}
    return None


def _refuse_again(worker: Membership, case: Case, activity: str) -> str | None:
    held = (one for one in worker.assignments.all() if one.case_id == case.pk and one.activity == activity)
    if any(is_running(one) for one in held):
        return _("%(worker)s is already assigned.") % {"worker": worker}
    return None


# ---- cover for an absence ----------------------------------------------------------------------------------------

LONGEST_ABSENCE = timedelta(days=366)


def refuse_cover(
    worker: Membership, cover: Membership, *, starts_on: date, ends_on: date, by: Membership
) -> str | None:
    """Say why nobody covers for a worker in these days. Whether the cover is fit is asked case by case."""
    if not by.has(*ASSIGNERS) or worker.organisation_id != by.organisation_id:
        return _("A coordinator or programme manager of the same organisation arranges cover for an absence.")
    if worker.pk == cover.pk or worker.user_id == cover.user_id:
        return _("Nobody covers for themselves. Choose a colleague.")
    if any(localdate(one.starts_at) <= ends_on and starts_on < localdate(one.ends_at) for one in worker.absences.all()):
        return _("%(worker)s is already away in these days. End that absence first.") % {"worker": worker}
    return _refuse_days(starts_on, ends_on)


def _refuse_days(starts_on: date, ends_on: date) -> str | None:
    if starts_on < localdate():
        return _("The absence begins today at the earliest: what was not covered cannot be covered any more.")
    if ends_on < starts_on:
        return _("The last day lies before the first.")
    if ends_on - starts_on > LONGEST_ABSENCE:
        return _("That is longer than a year. Assign somebody else instead.")
    return None


def refuse_to_end_absence(absence: Absence, *, by: Membership) -> str | None:
    """Say why an absence cannot be ended."""
    if not by.has(*ASSIGNERS) or absence.owner_id != by.organisation_id:
        return _("A coordinator or programme manager of the same organisation arranges cover for an absence.")
    return _("This absence is over already.") if absence.ends_at <= now() else None


def working_at(at: datetime) -> Q:
    """Select the assignments that hold at a moment, among them those that cover for somebody."""
    return Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))


def works_at(assignment: Assignment, at: datetime) -> bool:
    """Tell of an assignment what `working_at` selects."""
    return assignment.starts_at <= at and (assignment.ends_at is None or assignment.ends_at > at)


def is_running(assignment: Assignment) -> bool:
    """Tell whether an assignment holds now."""
    return assignment.ends_at is None or assignment.ends_at > now()


def refuse_clearance(worker: Membership, level: str) -> str | None:
    """Say why a worker is not cleared for a level. Enhanced clearance covers basic (C6.3)."""
    if not level:
        return None
    fitting = [one for one in worker.clearances.all() if one.level in (level, Level.ENHANCED)]
    if any(one.valid_from <= now() < one.valid_until for one in fitting):
        return None
    words = {"worker": worker, "level": Level(level).label}
    if lapsed := _newest_end(fitting):
        words["day"] = plain_day(lapsed)
        return _("The clearance of %(worker)s ended on %(day)s. The terms ask for: %(level)s.") % words
    return _("%(worker)s is not cleared. The terms ask for: %(level)s.") % words


def _newest_end(clearances: Iterable[Clearance]) -> datetime | None:
    return max((one.valid_until for one in clearances if one.valid_until <= now()), default=None)


def refuse_training(worker: Membership, courses: Iterable[str]) -> str | None:
    """Say which course a worker lacks, or which has lapsed (C6.4)."""
    held = {one.code: one for one in worker.trainings.all() if one.valid_from <= now()}
    for course in courses:
        words = {"worker": worker, "course": course_name(course)}
        if course not in held:
            return _("%(worker)s has not done the course “%(course)s”, which the terms ask for.") % words
        if held[course].valid_until <= now():
            words["day"] = plain_day(held[course].valid_until)
            return _("The course “%(course)s” of %(worker)s lapsed on %(day)s.") % words
    return None


def _refuse_for_child(worker: Membership, case: Case) -> str | None:
    if case.child_rules and refuse_training(worker, [SAFEGUARDING]):
        return _("The rules for children apply to this case: %(worker)s needs a course in safeguarding first.") % {
            "worker": worker
        }
    return None


def refuse_to_end_assignment(assignment: Assignment, *, by: Membership) -> str | None:
    """Say why an assignment cannot be ended."""
    if refusal := refuse_to_assign(assignment.case, by=by):
        return refusal
    if assignment.team_id and is_running(assignment):
        return _("They work on it as a member of a team. Take them out of the team, or the case from it.")
    return None if is_running(assignment) else _("This assignment has already ended.")


def refuse_conflict(worker: Membership, case: Case, *, by: Membership) -> str | None:
    """Say why a conflict of interest cannot be declared: by the worker, or by who says who works on the case."""
    if worker.organisation_id != by.organisation_id or case.owner_id != by.organisation_id:
        return _("A conflict of interest is declared inside the organisation that the case belongs to.")
    if worker.pk != by.pk and not by.has(*ASSIGNERS):
        return _("You can declare a conflict of interest for yourself. For others the coordinator does.")
    if any(one.case_id == case.pk for one in worker.conflicts.all()):
        return _("%(worker)s has already declared a conflict of interest with this case.") % {"worker": worker}
    return None


# ---- named people only ---------------------------------------------------------------------------------------------

LONGEST_LIST = timedelta(days=183)  # before somebody looks again at whether it is still needed
CONSTRAINT_SENTENCES = {
    "allow_list_names_people_at_work": gettext_lazy("Somebody whom you named does not work there any more."),
    "allow_list_names_its_author": gettext_lazy("Name yourself too: without you nobody could change the list."),
    "allow_list_names_two_of_its_own": gettext_lazy(
        "Name at least two people of your organisation, so that the case does not hang on one."
    ),
    "allow_list_is_one_for_each_case": gettext_lazy("Somebody named people for this case meanwhile. Look at it again."),
    "rights_request_stands_as_asked": gettext_lazy("What the person asked stands as it was recorded."),
    "rights_request_is_answered_once": gettext_lazy("This request is answered already. A new one is recorded anew."),
    "rights_answer_is_whole": gettext_lazy(
        "Say what was done, what the person was told and why, and where they can complain."
    ),
    "allow_list_says_why": gettext_lazy("Say why only they may see it."),
}


def refuse_to_name(case: Case, *, by: Membership) -> str | None:
    """Say why somebody may not open a case to named people only, nor to everybody again."""
    if case.owner_id != by.organisation_id or not by.has(*ASSIGNERS):
        return _(
            "A coordinator or programme manager of the organisation that the case belongs to says who alone may see it."
        )
    return None


def refuse_list(case: Case, *, named: Collection[Membership], review_on: date, by: Membership) -> str | None:
    """Say why a case cannot be opened to these people only. The database asks the same."""
    if refusal := refuse_to_name(case, by=by):
        return refusal
    if by.pk not in {one.pk for one in named}:
        return str(CONSTRAINT_SENTENCES["allow_list_names_its_author"])
    if len({one.user_id for one in named if one.organisation_id == case.owner_id}) < TWO:
        return str(CONSTRAINT_SENTENCES["allow_list_names_two_of_its_own"])
    if not localdate() < review_on <= localdate() + LONGEST_LIST:
        return _("Look at it again within six months: by %(day)s at the latest.") % {
            "day": plain_day(localdate() + LONGEST_LIST)
        }
    return None


def refuse_to_lift(listed: AllowList, *, by: Membership) -> str | None:
    """Say why a case cannot be opened to everybody again."""
    if refusal := refuse_to_name(listed.case, by=by):
        return refusal
    return _("This list does not hold any more.") if listed.ends_at else None


def refuse_unheard(case: Case, to: Organisation) -> str | None:
    """Say why something about a case does not reach an organisation: nobody of it is named."""
    listed = AllowList.objects.filter(case=case, ends_at=None).first()
    if listed is None or Membership.objects.filter(pk__in=listed.named, organisation=to).exists():
        return None
    return _(
        "Only named people may see this case, and nobody of %(to)s is among them. Name first who has to read it."
    ) % {"to": to}


def refuse_unnamed(worker: Membership, case: Case) -> str | None:
    """Say why somebody is not assigned to a case: they could not open it."""
    listed = AllowList.objects.filter(case=case, ends_at=None).first()
    if listed is None or worker.pk in listed.named:
        return None
    return _("Only named people may see this case. Name %(worker)s first.") % {"worker": worker}


# ---- rights of the person ------------------------------------------------------------------------------------------

ANSWERERS = (Role.DATA_PROTECTION, Role.COORDINATOR, Role.PROGRAMME_MANAGER)
USUAL, LONGER = 1, 3  # months
EFFECTIVE = (Right.RESTRICTION, Right.OBJECTION)  # granting one of these changes what somebody sees


def refuse_rights(case: Case, *, by: Membership) -> str | None:
    """Say why somebody does not record or answer what a person asks under their rights."""
    if case.owner_id != by.organisation_id or not by.has(*ANSWERERS):
        return _(
            "The data protection officer, a coordinator or a programme manager of the organisation that keeps the "
            "records answers for them."
        )
    return None


def refuse_request(case: Case, *, asked_on: date, by: Membership) -> str | None:
    """Say why a request cannot be recorded. That the person gave no reason is never one."""
    if refusal := refuse_rights(case, by=by):
        return refusal
    return _("The person has to have asked before it is recorded.") if asked_on > localdate() else None


def refuse_answer_under_rights(request: RightsRequest, *, by: Membership) -> str | None:
    """Say why a request cannot be answered, or given more time."""
    if refusal := refuse_rights(request.case, by=by):
        return refusal
    return _("This request is answered already. A new one is recorded anew.") if request.answered_at else None


def refuse_longer(request: RightsRequest, *, by: Membership) -> str | None:
    """Say why a request is not given more time: once, before the time is over, and the person is told."""
    if refusal := refuse_answer_under_rights(request, by=by):
        return refusal
    if request.why_longer:
        return _("More time was taken already. It is taken once.")
    return _("The time is over. Answer now.") if request.due_on < localdate() else None


def refuse_effects(
    request: RightsRequest, *, outcome: str, stopped: Collection[str], shut_out: Collection[str], by: Membership
) -> str | None:
    """Say why an answer does not set what it says: what is granted takes effect, what is refused sets nothing."""
    if outcome == Outcome.REFUSED or request.right not in EFFECTIVE:
        return (
            _("You chose what is no longer used or by whom, and that it is not done.") if stopped or shut_out else None
        )
    if request.right == Right.OBJECTION and not shut_out:
        return _("Choose to whom it is no longer passed on.")
    if not stopped and not shut_out:
        return _("Choose what is no longer used, or who may not see the case any more.")
    if str(by.pk) in shut_out:
        return _("Nobody shuts themselves out: you could not answer for it any more.")
    return None


def refuse_to_end(effect: Restriction | UseStop, *, by: Membership) -> str | None:
    """Say why what was set on a person's request does not end."""
    if refusal := refuse_rights(effect.case, by=by):
        return refusal
    return _("This has ended already.") if effect.ended_by_id else None


def due_of(asked_on: date, *, longer: bool = False) -> date:
    """Return by when a request is answered: a month later, or three where it is hard and the person was told."""
    return add_months(asked_on, LONGER if longer else USUAL)


# ---- what the person says against a record -------------------------------------------------------------------------

ENTER_WORDS = (*ANSWERERS, Role.CASE_OFFICER, Role.FACILITATOR)


def refuse_disagreement(row: CaseRecord, *, by: Membership) -> str | None:
    """Say why somebody does not enter what the person says against a record."""
    if row.owner_id != by.organisation_id or not by.has(*ENTER_WORDS):
        return _("Whoever works on the case for the organisation that keeps the record enters what the person says.")
    return None


def refuse_words(row: CaseRecord, *, said_on: date, by: Membership) -> str | None:
    """Say why these words are not put before a record. What they say is never a reason."""
    if refusal := refuse_disagreement(row, by=by):
        return refusal
    return _("The person has to have said it before it is entered.") if said_on > localdate() else None


# ---- translations --------------------------------------------------------------------------------------------------


def refuse_translation(
    *, language: str, written_in: str, texts: Mapping[str, str], passages: Collection[str], translated_by: str,
    by_machine: bool,
) -> str | None:  # fmt: skip
    """Refuse a translation that is none, leaves something out or does not say who made it."""
    if language not in languages.codes():
        return _("Choose the language of the translation.")
    if language == written_in:
        return _("The original is written in %(language)s already.") % {"language": languages.name_of(language)}
    if set(texts) != set(passages) or not all(text.strip() for text in texts.values()):
        return _("Translate every part of the text: what is left out would be missed.")
    if not by_machine and not translated_by.strip():
        return _("Say who translated it, or that a machine did.")
    return None
