"""Why something about the safety of workers is refused, in words; None when it may be done."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import BoundaryReport, Incident, Note, Pause, Subject, Support, Terms, Threat

Asked = UUID | datetime | list[UUID]
LEADS = (Role.SAFEGUARDING, Role.DIRECTOR)
NAMERS = (Role.SAFEGUARDING, Role.COORDINATOR, Role.DIRECTOR)
REASON_GIVERS = (Role.COORDINATOR, Role.DIRECTOR)
LINE_MANAGEMENT = (Role.COORDINATOR, Role.PROGRAMME_MANAGER, Role.DIRECTOR, Role.SIGNATORY)

CONSTRAINT_SENTENCES = {
    "session_needs_supervision": gettext_lazy(
        "This worker has not been at reflective supervision for 45 days. A coordinator has to give a written reason "
        "first."
    ),
    "session_is_not_of_a_paused_worker": gettext_lazy("This worker has paused work on this case."),
    "assignment_is_within_the_cap": gettext_lazy(
        "This worker works with as many persons as your organisation allows. A coordinator has to give a written "
        "reason first."
    ),
    "supervisor_is_no_line_manager": gettext_lazy(
        "A reflective supervisor is somebody outside line management, and never the worker."
    ),
    "supervisor_is_one": gettext_lazy("A supervisor was named meanwhile. Look again."),
    "attendance_is_one_a_day": gettext_lazy("This day is recorded already."),
    "attendance_is_not_in_the_future": gettext_lazy("This day has not come yet."),
    "attendance_needs_a_supervisor": gettext_lazy("Nobody is named as this worker’s reflective supervisor yet."),
    "attendance_is_said_by_the_supervisor": gettext_lazy(
        "Your supervisor or the safeguarding lead records that you were there."
    ),
    "passed_on_to_an_authority": gettext_lazy("It goes to the integrity officer of an authority."),
    "support_stays": gettext_lazy("What was done stays as it was."),
    "pause_is_one": gettext_lazy("You have paused work on this case already."),
    "pause_is_the_workers": gettext_lazy(
        "Only the worker takes the work up again, and another worker of the organisation is offered."
    ),
    "threat_names_an_authority": gettext_lazy("Choose an authority, or none."),
    "threat_needs_a_key": gettext_lazy(
        "What comes from an authority is kept under your organisation’s own key. The safeguarding lead has to give its "
        "public half first; until then, tell the lead in person."
    ),
    "threat_from_an_authority_stays_here": gettext_lazy(
        "This threat comes from an authority, so no authority is let into the file."
    ),
    "threat_is_opened_to_an_authority": gettext_lazy("A file is opened to the protection officer of an authority."),
    "threat_is_opened_once": gettext_lazy("This file is open to that authority already."),
    "words_about_an_authority_are_sealed": gettext_lazy("Words about an authority are kept under your own key."),
    "level_of_review_stays": gettext_lazy("How it is looked at is decided already."),
    "review_ends_with_a_finding": gettext_lazy("Write at least one finding first."),
    "parties_may_reply_first": gettext_lazy("A party has not replied yet. It has two weeks after the last finding."),
    "party_is_involved_once": gettext_lazy("This organisation is a party already."),
    "measure_ends_after_it_begins": gettext_lazy("The last day lies before the first."),
}


def in_words(name: str) -> str:
    """Return the sentence for a constraint."""
    return str(CONSTRAINT_SENTENCES[name])


def workers_of(by: Membership) -> set[UUID]:
    """Return the workers whose reports come to whoever acts; the database says which."""
    return _these("SELECT safety.my_workers()") if by.has(*LEADS) else set()


# ---- boundary reports ------------------------------------------------------------------------------------------------


def refuse_civil(by: Membership) -> str | None:
    """Refuse authorities: they look after their own staff in their own way."""
    if by.organisation.is_authority:
        return _("This is for the workers of organisations of civil society. Your own service looks after its staff.")
    return None


def refuse_report(*, happened_on: date, by: Membership) -> str | None:
    if refusal := refuse_civil(by):
        return refusal
    return _("This day has not come yet.") if happened_on > localdate() else None


def refuse_look(report: BoundaryReport, *, by: Membership) -> str | None:
    """Say why somebody does not answer a report."""
    if report.reporter_id not in workers_of(by):
        return _("The safeguarding lead looks at it; where the lead reported it, the director does.")
    return _("Somebody has looked at it already.") if report.looked_at else None


def refuse_pass_on(report: BoundaryReport, *, by: Membership) -> str | None:
    """Say why nothing is passed on about a report."""
    if report.reporter_id not in workers_of(by):
        return _("The safeguarding lead decides what is passed on.")
    return None


def refuse_pairing(worker: Membership, *, again_on: date, by: Membership) -> str | None:
    if worker.pk not in workers_of(by):
        return _("The safeguarding lead looks at it; where it is about the lead, the director does.")
    return _("Give a day that lies ahead.") if again_on <= localdate() else None


# ---- supervision and wellbeing ---------------------------------------------------------------------------------------


def refuse_naming(worker: Membership, *, by: Membership) -> str | None:
    """Say why somebody does not name the supervisor of a worker."""
    if worker.organisation_id != by.organisation_id or not by.has(*NAMERS):
        return _("The safeguarding lead, a coordinator or the director of the same organisation names the supervisor.")
    return refuse_civil(by)


def refuse_supervisor(worker: Membership, *, member: Membership | None, by: Membership) -> str | None:
    if refusal := refuse_naming(worker, by=by):
        return refusal
    if member and (member.pk == worker.pk or member.has(*LINE_MANAGEMENT)):
        return in_words("supervisor_is_no_line_manager")
    return None


def refuse_reason(worker: Membership, *, by: Membership) -> str | None:
    """Say why somebody gives no reason to go beyond a limit."""
    if worker.organisation_id != by.organisation_id or not by.has(*REASON_GIVERS):
        return _("A coordinator or the director of the same organisation gives the reason.")
    return _("Nobody gives the reason for themselves.") if worker.pk == by.pk else None


def refuse_session(worker: Membership, *, case: UUID, starts_at: datetime) -> str | None:
    """Say what stands against a session of a worker: no supervision for too long, or that they stopped."""
    found = _one("SELECT safety.why_no_session(%s, %s, %s)", worker.pk, case, starts_at)
    return in_words(found) if found else None


def refuse_more(workers: Iterable[Membership], *, case: UUID) -> Mapping[UUID, str]:
    """Say for which of these workers one more person would be too many."""
    found = _these("SELECT safety.why_no_more(%s, %s)", [one.pk for one in workers], case)
    return dict.fromkeys(found, in_words("assignment_is_within_the_cap"))


def refuse_offer(support: Support, *, by: Membership) -> str | None:
    """Say why support is not recorded as offered."""
    if support.worker_id not in workers_of(by):
        return _("The safeguarding lead offers support; to the lead, the director does.")
    return in_words("support_stays") if support.offered_at else None


def refuse_decline(support: Support, *, by: Membership) -> str | None:
    if support.worker_id != by.pk:
        return _("Only the worker declines.")
    return in_words("support_stays") if support.declined_at or support.talked_on else None


def refuse_talk(support: Support, *, by: Membership) -> str | None:
    """Say why it is not recorded that the talk took place."""
    if support.worker_id != by.pk and support.worker_id not in workers_of(by):
        return _("The worker or the safeguarding lead records it.")
    return in_words("support_stays") if support.talked_on else None


def refuse_other(pause: Pause, *, by: Membership) -> str | None:
    """Say why nobody else is offered to a person whose case is paused."""
    if not by.has(Role.COORDINATOR) or by.pk == pause.worker_id:
        return _("A coordinator offers the person another worker.")
    return in_words("support_stays") if pause.offered_at or pause.ends_at else None


def refuse_resume(pause: Pause, *, by: Membership) -> str | None:
    if pause.worker_id != by.pk:
        return in_words("pause_is_the_workers")
    return in_words("support_stays") if pause.ends_at else None


# ---- threat files ----------------------------------------------------------------------------------------------------


def refuse_threat(terms: Terms, *, from_authority: bool, by: Membership) -> str | None:
    """Say why a threat is not put down here."""
    if refusal := refuse_civil(by):
        return refusal
    return in_words("threat_needs_a_key") if from_authority and not terms.public_key else None


def refuse_add(threat: Threat, *, by: Membership) -> str | None:
    """Say why nothing is added to a file."""
    if threat.owner_id != by.organisation_id:
        return _("Only the organisation whose file it is adds to it.")
    return _("This file is closed.") if threat.closed_at else None


def refuse_lead(threat: Threat, *, by: Membership) -> str | None:
    """Say why a step that is the lead's is not taken."""
    if threat.owner_id != by.organisation_id or not by.has(*LEADS):
        return _("The safeguarding lead or the director does this.")
    return refuse_add(threat, by=by)


def refuse_acknowledge(threat: Threat, *, by: Membership) -> str | None:
    if refusal := refuse_lead(threat, by=by):
        return refusal
    return _("Somebody has taken it in hand already.") if threat.acknowledged_at else None


def refuse_opening(threat: Threat, *, by: Membership) -> str | None:
    """Say why a file is not opened to a protection officer."""
    if threat.authority_id:
        return in_words("threat_from_an_authority_stays_here")
    if threat.owner_id != by.organisation_id or not by.has(Role.SAFEGUARDING):
        return _("The safeguarding lead decides whom the file is opened to.")
    return refuse_add(threat, by=by)


# ---- critical incidents ----------------------------------------------------------------------------------------------


def refuse_incident(*, known_on: date, by: Membership) -> str | None:
    """Say why no incident is recorded."""
    if refusal := refuse_terms(by=by):
        return refusal
    return _("This day has not come yet.") if known_on > localdate() else None


def refuse_review(incident: Incident, *, by: Membership) -> str | None:
    """Say why nothing is added about an incident."""
    if incident.owner_id != by.organisation_id or not by.has(*LEADS):
        return _("The safeguarding lead or the director of the organisation does this.")
    return _("This review is finished.") if incident.finished_at else None


def refuse_start(incident: Incident, *, by: Membership) -> str | None:
    if refusal := refuse_review(incident, by=by):
        return refusal
    return in_words("level_of_review_stays") if incident.started_at else None


def refuse_reply(incident: Incident, *, by: Membership) -> str | None:
    """Say why somebody does not reply for a party."""
    if not incident.parties.filter(party=by.organisation_id).exists():
        return _("A party of the review replies.")
    return None


def refuse_done(recommendation: Note, *, by: Membership) -> str | None:
    if recommendation.author_id != by.organisation_id or not by.has(*LEADS):
        return _("The safeguarding lead or the director of the organisation does this.")
    return in_words("support_stays") if recommendation.done_on else None


def refuse_finish(incident: Incident, *, by: Membership) -> str | None:
    """Say why a review is not finished."""
    if refusal := refuse_review(incident, by=by):
        return refusal
    if not incident.started_at:
        return _("Decide first how it is looked at.")
    if not incident.notes.filter(subject=Subject.FINDING).exists():
        return in_words("review_ends_with_a_finding")
    return None


def refuse_terms(*, by: Membership) -> str | None:
    if not by.has(*LEADS):
        return _("The safeguarding lead or the director decides this.")
    return refuse_civil(by)


def _one(question: str, *about: Asked) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        row = cursor.fetchone()
        return row[0] if row else None


def _these(question: str, *about: Asked) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return {one for (one,) in cursor.fetchall()}
