"""What the safety of workers gives to Today and to notices: what is due, to whoever may see it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card, State
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import clocks, rules
from .listing import colleagues
from .models import Attendance, BoundaryReport, Incident, PassedOn, Pause, Subject, Supervisor, Support, Threat
from .times import month_after

RECEIVED_FOR = timedelta(days=30)


def cards(by: Membership) -> Iterable[Card]:
    """Return what is due to be done by somebody for the safety of workers."""
    if by.has(*rules.LEADS):
        yield from _reports(by)
        yield from _supports(by)
        yield from _threats(by)
        yield from _incidents(by)
    if by.has(Role.COORDINATOR):
        for one in Pause.objects.filter(owner=by.organisation_id, ends_at=None, offered_at=None).select_related("case"):
            words = _("Offer another worker to %(code)s") % {"code": one.case.working_code}
            yield _card(one.offer_due, words, reverse("safety:other", args=[one.pk]))
    if by.has(Role.INTEGRITY):
        for passed in PassedOn.objects.filter(to=by.organisation_id, read_at=None).select_related("owner"):
            words = _("%(who)s passed something on to you") % {"who": passed.owner}
            yield _card(passed.sent_at, words, reverse("safety:passed", args=[passed.pk]), late=False)
    yield from _supervision(by)


def _reports(by: Membership) -> Iterable[Card]:
    mine = rules.workers_of(by)
    for one in BoundaryReport.objects.filter(owner=by.organisation_id, looked_at=None):
        if one.reporter_id in mine:
            end = datetime.combine(one.look_by, time(17), get_current_timezone())
            yield _card(end, _("Look at what a worker reported"), reverse("safety:boundary", args=[one.pk]))


def _supports(by: Membership) -> Iterable[Card]:
    mine = rules.workers_of(by)
    for one in Support.objects.filter(owner=by.organisation_id, declined_at=None, talked_on=None):
        there = reverse("safety:support", args=[one.pk])
        if one.worker_id in mine and not one.offered_at:
            yield _card(one.offer_due, _("Offer support after an incident"), there)
        elif one.worker_id in mine:
            yield _card(one.talk_due, _("Have the talk outside line management take place"), there)


def _threats(by: Membership) -> Iterable[Card]:
    """Return the next step of each file: to the lead at once, to the director alone once a step is late."""
    at_once = leads(by)
    open_files = Threat.objects.filter(owner=by.organisation_id, closed_at=None)
    for threat in open_files.prefetch_related("entries", "measures"):
        for step in clocks.waiting(threat):
            if at_once or step.is_late:
                words = _("Threat to a worker: %(step)s") % {"step": step.words}
                yield _card(step.due, words, reverse("safety:threat", args=[threat.pk]))


def _incidents(by: Membership) -> Iterable[Card]:
    """Return the next day of each review, and a note of delay that is owed once a day has passed."""
    for one in Incident.objects.filter(owner=by.organisation_id, finished_at=None).prefetch_related("notes"):
        there = reverse("safety:incident", args=[one.pk])
        day, words = (
            (one.finish_by, _("Finish the review of an incident")) if one.started_at
            else (one.start_by, _("Begin the review of an incident"))
        )  # fmt: skip
        yield _card(datetime.combine(day, time(17), get_current_timezone()), words, there)
        if one.is_late and not any(said.subject == Subject.DELAY for said in one.notes.all()):
            yield _card(now(), _("Tell the parties why a review is late"), there, late=False)
        for said in one.notes.all():
            if said.due_on and not said.done_on:
                end = datetime.combine(said.due_on, time(17), get_current_timezone())
                yield _card(end, _("Do what a review recommended"), there)


def leads(by: Membership) -> bool:
    """Tell whether somebody is the safeguarding lead, or stands in as the director where there is none."""
    return by.has(Role.SAFEGUARDING) or not colleagues(by).filter(roles__contains=[Role.SAFEGUARDING]).exists()


def _supervision(by: Membership) -> Iterable[Card]:
    """Return one's own next supervision, once a month is nearly over."""
    named = Supervisor.objects.filter(worker=by, ends_at=None).first()
    if named is None:
        return
    last = Attendance.objects.filter(worker=by).first()
    since = datetime.combine(last.held_on, time(9), get_current_timezone()) if last else named.starts_at
    due = month_after(since)
    if due - timedelta(days=7) <= now():
        yield _card(due, _("Go to reflective supervision"), reverse("safety:index"))


def _card(due: datetime, title: str, there: str, *, late: bool = True) -> Card:
    return Card(
        due=due, by=late, title=title, state=State("late", _("Late")) if late and due < now() else None,
        actions=[Action(_("Look at it"), there, kind="primary")],
        because=_("Whoever works with persons is not left alone."),
    )  # fmt: skip


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return what is told at once: a threat, a report, what was passed on. No notice names anybody."""
    if by.has(*rules.LEADS):
        yield from _to_lead(by)
    if by.has(Role.INTEGRITY):
        since = now() - RECEIVED_FOR
        for passed in PassedOn.objects.filter(to=by.organisation_id, sent_at__gt=since, read_at=None):
            yield Occasion(About.PASSED_ON, passed.pk, reverse("safety:passed", args=[passed.pk]))
    if by.has(Role.PROTECTION):
        for threat in Threat.objects.exclude(owner=by.organisation_id):
            yield Occasion(About.THREAT_OPENED, threat.pk, reverse("safety:threat", args=[threat.pk]))


def _to_lead(by: Membership) -> Iterable[Occasion]:
    at_once, mine = leads(by), rules.workers_of(by)
    for threat in Threat.objects.filter(owner=by.organisation_id, closed_at=None).exclude(reported_by=by.pk):
        there = reverse("safety:threat", args=[threat.pk])
        if at_once:
            yield Occasion(About.THREAT, threat.pk, there)
        if any(one.is_late for one in clocks.waiting(threat)):
            yield Occasion(About.THREAT_LATE, threat.pk, there)
    for one in BoundaryReport.objects.filter(owner=by.organisation_id, looked_at=None):
        if one.reporter_id in mine:
            yield Occasion(About.BOUNDARY, one.pk, reverse("safety:boundary", args=[one.pk]))
