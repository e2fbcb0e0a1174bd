"""Why something about a delivery is refused, in words; None when it is allowed.

What stands against a session is found by the database, once for the rule and once for the row.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Link
from concordat.clocks.calendars import days_of, working_day_after
from concordat.clocks.counting import USUAL, Days
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.models import EarlyEnd, EarlyReason, EndReport, Party, Review
from concordat.safety import rules as safety

from . import answers

DELIVERERS = (Role.FACILITATOR, Role.COORDINATOR)
REVIEW_EVERY = timedelta(weeks=12)
REPORT_WITHIN = 10  # working days after the end
RECORD_WITHIN = 1  # working day after the session; later it is marked
RECORDED = ("session_is_one_at_a_time", "session_is_recorded_once", "worker_is_in_one_session_at_a_time")

CONSTRAINT_SENTENCES = {
    "session_is_of_ones_own_case": gettext_lazy("Only whoever works on this case records its sessions."),
    "session_is_not_in_the_future": gettext_lazy("This session has not begun yet."),
    "session_is_of_an_assigned_worker": gettext_lazy("At that time this worker was not assigned to the person."),
    "session_is_one_at_a_time": gettext_lazy("A session with this person at that time is recorded already."),
    "session_is_recorded_once": gettext_lazy("A session with this person at that time is recorded already."),
    "worker_is_in_one_session_at_a_time": gettext_lazy(
        "At that time this worker was in another session that is recorded."
    ),
    "session_needs_participation": gettext_lazy(
        "At that time the person had no participation agreement with you. Record it first, then the session."
    ),
    "session_needs_signed_goals": gettext_lazy(
        "Goals and measures come first: signed or declined by the person, and signed by you and the referrer."
    ),
    "session_needs_briefing": gettext_lazy(
        "The worker has to confirm the newest safety briefing first. If there is none, the authority has to write it."
    ),
    "session_needs_terms_in_force": gettext_lazy("At that time no activity terms were in force for this place."),
    "session_is_held_or_has_a_cause": gettext_lazy(
        "A session was held and took some minutes, or it was not held and that has a cause."
    ),
    "session_lasted_minutes_to_hours": gettext_lazy("Say how long the session was, from 1 to 600 minutes."),
    "link_is_of_the_same_case": gettext_lazy("This belongs to another case."),
    "heading_was_chosen_by_the_person": gettext_lazy(
        "The person did not agree that something is noted under this heading."
    ),
    "heading_is_noted_once_a_session": gettext_lazy("There is a note under this heading already."),
    "heading_is_noted_once_a_review": gettext_lazy("There is a note under this heading already."),
    "note_is_of_a_session_held_or_a_review": gettext_lazy("Notes are written about a session that was held."),
    "note_says_something": gettext_lazy("Write the note, or leave it out."),
    "concern_is_put_in_words": gettext_lazy("Say what worries you."),
    "review_is_not_in_the_future": gettext_lazy("This review has not been held yet."),
    "review_needs_participation": gettext_lazy(
        "The person does not take part at present, so there is nothing to review."
    ),
    "review_is_one_a_day": gettext_lazy("A review of that day is recorded already."),
    "next_review_comes_after_this_one": gettext_lazy("The next review comes after this one."),
    "position_is_one_for_each_party": gettext_lazy("This view is written already, and nobody edits it."),
    "position_is_put_in_words": gettext_lazy("Say what is seen differently."),
    "service_ends_once": gettext_lazy("This service has ended already."),
    "end_report_is_one_for_each_link": gettext_lazy("The end report is written already."),
    "end_report_says_what_was_done": gettext_lazy("Say what was done."),
    "end_report_answers_every_outcome": gettext_lazy(
        "Say of each desired outcome how far it was achieved, and in words."
    ),
    "end_report_goes_to_the_referrer": gettext_lazy(
        "The end report goes to the organisation that referred the person."
    ),
    "end_report_within_the_wind_down": gettext_lazy(
        "The agreement ended more than 30 days ago, so no report can be sent any more. Write to the authority on paper."
    ),
    "outcome_is_one_that_was_desired": gettext_lazy("Nobody asked for this outcome."),
    "outcome_is_answered_once": gettext_lazy("This outcome is answered already."),
    "outcome_is_put_in_words": gettext_lazy("Say of each desired outcome in words how far it was achieved."),
    "achievement_is_one_of_the_words": gettext_lazy("Say how far each outcome was achieved."),
    "early_end_has_a_listed_reason": gettext_lazy("Choose why it ends early."),
}


def in_words(name: str) -> str:
    """Return the sentence for a constraint."""
    return str(CONSTRAINT_SENTENCES[name])


def refuse_delivery(link: Link, *, by: Membership) -> str | None:
    """Refuse whoever does not deliver this service."""
    if by.organisation_id != link.civil_id or not by.has(*DELIVERERS):
        return _("Only a worker or a coordinator of %(organisation)s writes this.") % {"organisation": link.civil}
    return None


def refuse_session(
    link: Link, *, worker: Membership, starts_at: datetime, minutes: int | None, by: Membership
) -> str | None:
    """Refuse a session; `minutes` is None for one that was not held."""
    if refusal := refuse_delivery(link, by=by):
        return refusal
    if worker != by and not by.has(Role.COORDINATOR):
        return _("Each worker records their own sessions; a coordinator can do it for them.")
    against = answers.against_session(link, worker=worker, starts_at=starts_at, minutes=minutes)
    if against or minutes is None:
        return in_words(against) if against else None
    return safety.refuse_session(worker, case=link.civil_case_id, starts_at=starts_at)


def refuse_session_now(link: Link, *, worker: Membership, by: Membership) -> str | None:
    """Say what a session of now would lack; that one is recorded for now already is no lack."""
    if refusal := refuse_delivery(link, by=by):
        return refusal
    against = answers.against_session(link, worker=worker, starts_at=now(), minutes=1)
    if against and against not in RECORDED:
        return in_words(against)
    return safety.refuse_session(worker, case=link.civil_case_id, starts_at=now())


def refuse_headings(link: Link, headings: Iterable[str]) -> str | None:
    """Refuse notes under headings that the person did not choose or that no goal is about."""
    unchosen = set(headings) - {heading.value for heading in answers.headings_of(link.civil_case_id)}
    return in_words("heading_was_chosen_by_the_person") if unchosen else None


def is_entered_later(held_on: date, entered_on: date, days: Days = USUAL) -> bool:
    """Tell whether a session is recorded more than one working day after it."""
    return entered_on > working_day_after(held_on, RECORD_WITHIN, days)


def refuse_review(link: Link, *, held_on: date, by: Membership) -> str | None:
    if refusal := refuse_delivery(link, by=by):
        return refusal
    if has_ended(link):
        return in_words("service_ends_once")
    if held_on > localdate():
        return in_words("review_is_not_in_the_future")
    if not link.participations.filter(starts_at__lte=now(), ends_at__gt=now(), withdrawn_at=None).exists():
        return in_words("review_needs_participation")
    if Review.objects.filter(link=link, held_on=held_on).exists():
        return in_words("review_is_one_a_day")
    return None


def review_due(link: Link) -> date:
    """Return by when the next review is due: stored with the last one, or 12 weeks after the service began."""
    last = Review.objects.filter(link=link).first()
    return last.next_due if last else localdate(link.starts_at) + REVIEW_EVERY


def party_of(review: Review, *, by: Membership) -> Party:
    """Return for which party somebody writes a view that differs."""
    return Party.PROVIDER if by.organisation_id == review.owner_id else Party.REFERRER


def refuse_position(review: Review, *, party: str, by: Membership) -> str | None:
    if (by.organisation_id == review.owner_id) != (party != Party.REFERRER):
        return _("Each party writes its own view; the provider also writes the person's.")
    if not by.has(*DELIVERERS, Role.PROGRAMME_MANAGER, Role.CASE_OFFICER):
        return _("Only those who deliver or follow the service write a view.")
    if review.positions.filter(party=party).exists():
        return in_words("position_is_one_for_each_party")
    return None


def has_ended(link: Link) -> bool:
    """Tell whether the service of a link is over."""
    return link.ends_at is not None and link.ends_at <= now()


def refuse_early_end(link: Link, *, by: Membership) -> str | None:
    if refusal := refuse_delivery(link, by=by):
        return refusal
    return in_words("service_ends_once") if has_ended(link) else None


def refuse_end_report(link: Link, *, by: Membership) -> str | None:
    if refusal := refuse_delivery(link, by=by):
        return refusal
    if answers.has_end_report(link):
        return in_words("end_report_is_one_for_each_link")
    if not answers.within_wind_down_of(link.authority_id):
        return in_words("end_report_within_the_wind_down")
    return None


def refuse_translation(report: EndReport, *, by: Membership) -> str | None:
    """Refuse whoever does not belong to those who deliver at the organisation that wrote the report."""
    if report.owner_id != by.organisation_id or not by.has(*DELIVERERS):
        return _("Only a worker or a coordinator of the organisation that wrote it adds a translation.")
    return None


def report_due(link: Link) -> date | None:
    """Return by when an end report is owed; None while the service runs, when it is written, or for a mistake."""
    if not has_ended(link) or link.ends_at is None or answers.has_end_report(link):
        return None
    if EarlyEnd.objects.filter(link=link, reason=EarlyReason.MISTAKE).exists():
        return None
    days = days_of(link.civil_id)
    return working_day_after(days.day_of(link.ends_at), REPORT_WITHIN, days)
