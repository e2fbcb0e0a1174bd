"""What delivery gives to Today and to the page of a case: sessions to record, reviews and end reports that are due."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from concordat.cases.asked import Asked
from concordat.cases.feeds import running_links
from concordat.cases.models import DateRecord, Link
from concordat.clocks.calendars import days_of, working_day_after
from concordat.clocks.catalogue import CLOCKS
from concordat.clocks.counting import USUAL
from concordat.core.codes import Category
from concordat.core.feeds import MOST, person
from concordat.core.parts import Action, Appointment, Card, Event, Later, News, State
from concordat.core.wording import plain_day
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.models import EarlyEnd, EarlyReason, EndReport, GoalSet, Review, Session

from .rules import DELIVERERS, REPORT_WITHIN, REVIEW_EVERY, refuse_session_now

Record = TypeVar("Record", Session, GoalSet, Review)

QUIET = timedelta(days=7)  # after so long without a record the reader is reminded
FIRST_WITHIN = 15  # working days from the person's agreement to the first session
SOON = timedelta(days=14)
NEW = timedelta(days=14)  # how long a report that arrived stays on Today


def running(by: Membership) -> QuerySet[Link]:
    """Return one's own running services with the case that each belongs to.

    The cases by their numbers: to a join the planner would bring every case of the organisation.
    """
    return Link.objects.filter(civil=by.organisation_id, ends_at=None).prefetch_related("civil_case")


def cards(by: Membership) -> Iterable[Card | Later]:
    """Return sessions to record, reviews to hold and end reports: to write on one side, to read on the other."""
    if by.has(*DELIVERERS) and not by.organisation.is_authority:
        links = list(running(by))
        if by.has(Role.FACILITATOR):
            yield from sessions_due(links)
        yield from reviews_due(links)
        yield from reports_due(by)
    if by.has(Role.PROGRAMME_MANAGER) and by.organisation.is_authority:
        yield from reports_to_read()


def of(link: Link) -> str:
    return person(link.civil_case.working_code, link.civil_case.get_absolute_url())


def newest(records: QuerySet[Record], links: list[Link], order: str) -> QuerySet[Record]:
    """Return the newest of some records for each link, in one query."""
    return records.filter(link__in=[link.pk for link in links]).order_by("link", order).distinct("link")


def sessions_due(links: list[Link]) -> Iterable[Card]:
    """Remind of a session record where goals are agreed and a week has passed without one."""
    days = days_of(links[0].civil_id) if links else USUAL
    last = {one.link_id: one.starts_at for one in newest(Session.objects.all(), links, "-starts_at")}
    by_number = {one.pk: one for one in links}
    for goals in newest(GoalSet.objects.all(), links, "-number"):
        link = by_number[goals.link_id]
        before = last.get(link.pk)
        first = working_day_after(days.day_of(goals.created_at), FIRST_WITHIN, days)
        due = localdate(before) + QUIET if before else first
        if due > localdate() + (SOON if before is None else timedelta(0)):
            continue
        title = _("Session record for {person}") if before else _("First session with {person}")
        place = (
            _("Last recorded: %(day)s. About 60 seconds.") % {"day": plain_day(before)}
            if before
            else _("Nothing is recorded yet.")
        )
        action = Action(_("Record the session"), reverse("delivery:record_session", args=[link.pk]))
        yield Card(due=due, title=format_html(title, person=of(link)), place=place, state=shown(due), actions=[action])


def reviews_due(links: list[Link]) -> Iterable[Later]:
    """Return the reviews that come within two weeks, or should have been."""
    held = {one.link_id: one.next_due for one in newest(Review.objects.all(), links, "-held_on")}
    soon = localdate() + SOON
    for link in links:
        due = held.get(link.pk) or localdate(link.starts_at) + REVIEW_EVERY
        if due <= soon:
            yield Later(due, partial(review_due, link, due))


def review_due(link: Link, due: date) -> Card:
    """Ask for one review."""
    action = Action(_("Write the review"), reverse("delivery:write_review", args=[link.pk]))
    title = format_html(_("Review for {person}"), person=of(link))
    return Card(due=due, title=title, state=shown(due), actions=[action], because=follows())


def follows() -> str:
    """Say what follows when a review or a report does not come."""
    return str(CLOCKS["CLK-15"].lapse)


def reports_due(by: Membership) -> Iterable[Card]:
    """Return the end reports that are owed: the service ended, and there is none yet."""
    ended = Link.objects.filter(civil=by.organisation_id, ends_at__lte=now())
    ended = ended.prefetch_related("civil_case", "authority")
    mistaken = {one.link_id for one in EarlyEnd.objects.filter(reason=EarlyReason.MISTAKE, link__in=ended)}
    written = with_report([link.pk for link in ended])
    days = days_of(by.organisation_id)
    for link in ended:
        if link.pk in mistaken or link.pk in written or link.ends_at is None:
            continue
        due = working_day_after(days.day_of(link.ends_at), REPORT_WITHIN, days)
        action = Action(_("Write the end report"), reverse("delivery:write_end_report", args=[link.pk]), kind="primary")
        title = format_html(_("End report for {person}"), person=of(link))
        yield Card(
            due=due, title=title, place=link.authority.name, state=shown(due), actions=[action], because=follows()
        )


def with_report(links: list[UUID]) -> set[UUID]:
    """Return which of these services have their end report, also where it is not read back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT l FROM unnest(%s::uuid[]) AS l WHERE referrals.has_end_report(l)", [links])
        return {link for (link,) in cursor.fetchall()}


def reports_to_read() -> Iterable[Card]:
    """Return the end reports of partners that arrived within two weeks."""
    arrived = EndReport.objects.filter(created_at__gt=now() - NEW).select_related("owner")
    for report in arrived:
        action = Action(_("Read the end report"), reverse("delivery:end_report", args=[report.pk]))
        words = _("End report of {who}")
        yield Card(
            due=localdate(report.created_at),
            title=format_html(words, who=report.owner.name),
            state=State("changed", _("New")),
            actions=[action],
        )


def shown(due: date) -> State:
    """Say whether something is late, due today, or soon."""
    if due < localdate():
        return State("late", _("Late"))
    return State("soon", _("Due today")) if due == localdate() else State("rest", _("Soon"))


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return what partners delivered since then."""
    if by.has(Role.PROGRAMME_MANAGER):
        for report in (
            EndReport.objects.filter(created_at__gt=since).exclude(owner=by.organisation_id).select_related("owner")
        ):
            yield News(
                _("End report"), report.owner.name, report.created_at, reverse("delivery:end_report", args=[report.pk])
            )
        for review in (
            Review.objects.filter(created_at__gt=since).exclude(owner=by.organisation_id).select_related("owner")
        ):
            yield News(
                _("Review of %(day)s") % {"day": plain_day(review.held_on)},
                review.owner.name,
                review.created_at,
                reverse("delivery:review", args=[review.pk]),
            )


# ---- a case --------------------------------------------------------------------------------------------------------


def events(asked: Asked) -> Iterable[Event]:
    """Return sessions, reviews and the end of a service; of a partner only what it gives."""
    cases = asked.cases
    own = asked.rows(Session.objects.filter(case__in=cases).select_related("worker"))[:MOST]
    for one in own:
        title, words = (
            (_("Session held"), _("%(minutes)s minutes."))
            if one.held
            else (_("Session not held"), _("Counted to: %(cause)s."))
        )
        values = {"minutes": one.minutes, "cause": one.get_cause_display()}
        yield Event(one.owner, title, one.worker.shown_name, one.starts_at, words % values)
    if not own:
        for fact in asked.rows(DateRecord.objects.filter(case__in=cases, category=Category.P18))[:MOST]:
            yield Event(fact.owner, fact.fact, fact.owner.name, fact.on)
    for review in asked.rows(Review.objects.filter(case__in=cases))[:MOST]:
        yield Event(review.owner, _("Review held"), review.owner.name, review.held_on)
    for report in asked.rows(EndReport.objects.filter(case__in=cases))[:MOST]:
        yield Event(report.owner, _("End report written"), report.owner.name, report.created_at)
    for early in asked.rows(EarlyEnd.objects.filter(case=asked.case)):
        yield Event(early.owner, _("Service ended early"), early.owner.name, early.at)


def delivered(asked: Asked) -> list[Link]:
    """Return the services that one's own organisation delivers to the person."""
    return [] if asked.by.organisation.is_authority else asked.once(running_links)


def dates(asked: Asked) -> Iterable[Appointment]:
    """Return when the next review is due."""
    links = delivered(asked)
    if not links:
        return
    held = {one.link_id: one.next_due for one in newest(Review.objects.all(), links, "-held_on")}
    for link in links:
        yield Appointment(held.get(link.pk) or localdate(link.starts_at) + REVIEW_EVERY, _("Review with the person"))


def actions(asked: Asked) -> Iterable[Action]:
    """Return what whoever delivers a service does again and again."""
    by = asked.by
    if not by.has(*DELIVERERS):
        return
    for link in delivered(asked):
        page = reverse("delivery:record_session", args=[link.pk])
        refusal = refuse_session_now(link, worker=by, by=by) if by.has(Role.FACILITATOR) else None
        yield Action(_("Record a session"), page, refusal, kind="primary")
        yield Action(_("Write a review"), reverse("delivery:write_review", args=[link.pk]), kind="link")
        yield Action(_("End the service early"), reverse("delivery:end_early", args=[link.pk]), kind="link")
