"""What cases give to Today and to the page of a case: opened, moved, assigned; the person's dates; what lapses."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from concordat.core.feeds import MOST, Notice
from concordat.core.languages import passage
from concordat.core.parts import Action, Appointment, Clock, Event
from concordat.people.courses import course_name
from concordat.people.models import Clearance, Membership, Training
from concordat.people.roles import Role

from .asked import Asked
from .disagreements import in_words
from .models import AllowList, Assignment, Case, Disagreement, KeyDates, Link, Participation, Placement, RightsRequest
from .rules import ASSIGNERS, INSTANT, refuse_rights, refuse_to_name

WARNED = timedelta(days=90)
SOON = timedelta(days=14)
LOOKS_AFTER_WORKERS = (Role.COORDINATOR, Role.DIRECTOR)


def placements(asked: Asked) -> list[Placement]:
    """Return where the person was, the newest first."""
    return asked.rows(Placement.objects.filter(case__in=asked.cases).select_related("place"))


def assignments(asked: Asked) -> list[Assignment]:
    """Return who of one's own organisation works or worked on it, the newest first."""
    found = Assignment.objects.filter(case=asked.case).select_related("membership", "created_by")
    rows = asked.rows(found)
    for one in rows:
        one.membership.organisation = one.owner
    return rows


def participations(asked: Asked) -> list[Participation]:
    """Return what the person agreed to with one's own organisation, the newest first."""
    return asked.rows(Participation.objects.filter(case=asked.case).select_related("created_by"))


def running_links(asked: Asked) -> list[Link]:
    """Return the services that run for the person, each with one's own case on one's own side."""
    side = "authority_case" if asked.by.organisation.is_authority else "civil_case"
    found = list(Link.objects.filter(ends_at=None, **{side: asked.case}))
    for link in found:
        setattr(link, side, asked.case)
    return found


def events(asked: Asked) -> Iterable[Event]:
    """Return when the case was opened, where the person was, who was assigned, and what the person agreed to."""
    case = asked.case
    yield Event(case.owner, _("Case opened"), case.owner.name, case.opened_at, case.service_purpose)
    for one in asked.once(placements)[:MOST]:
        words = _("Arrived at %(place)s") % {"place": one.place.name}
        yield Event(one.owner, words, one.owner.name, one.arrived_on or one.starts_at)
    for made in asked.once(assignments)[:MOST]:
        words = _("%(who)s assigned") % {"who": made.membership.shown_name}
        yield Event(made.owner, words, made.created_by.shown_name, made.starts_at)
        if made.ends_at and made.ends_at <= now():
            words = _("Work of %(who)s ended") % {"who": made.membership.shown_name}
            yield Event(made.owner, words, made.owner.name, made.ends_at)
    for paper in asked.once(participations)[:MOST]:
        yield Event(paper.owner, _("The person agreed to the service"), paper.created_by.shown_name, paper.starts_at)
        if paper.withdrawn_at:
            yield Event(paper.owner, _("The person withdrew the agreement"), paper.owner.name, paper.withdrawn_at)


def dates(asked: Asked) -> Iterable[Appointment]:
    """Return the next dates of the person and of their own agreement."""
    at = now()
    for one in KeyDates.objects.filter(case__in=asked.cases, release_date__gte=at.date()):
        assert one.release_date is not None
        yield Appointment(one.release_date, one.release_date_kind or _("Release"))
    live = (one for one in asked.once(participations) if one.withdrawn_at is None and one.ends_at > at)
    for paper in live:
        yield Appointment(paper.ends_at - INSTANT, _("Agreement with the person to be renewed"))


def notices(asked: Asked) -> Iterable[Notice]:
    """Return what the person says against what the first page tells of them: where they are, and the dates."""
    shown = (Placement._meta.db_table, KeyDates._meta.db_table)
    found = asked.rows(Disagreement.objects.filter(case__in=asked.cases, kind__in=shown))
    for one in in_words(found):
        yield Notice(
            "changed", _("The person disagrees"), format_html("{} {}", passage(one.words, one.written_in), one.note)
        )


def actions(asked: Asked) -> Iterable[Action]:
    """Return what whoever says who works on cases can do about who sees this one."""
    if not refuse_rights(asked.case, by=asked.by):
        yield Action(
            _("What the person asks under their rights"), reverse("cases:rights", args=[asked.case.pk]), kind="link"
        )
    if not refuse_to_name(asked.case, by=asked.by):
        yield Action(_("Say who alone may see this case"), reverse("cases:name", args=[asked.case.pk]), kind="link")


# ---- Today -----------------------------------------------------------------------------------------------------------


def clocks(by: Membership) -> Iterable[Clock]:
    """Return what lapses soon: agreements of persons, and the clearances and courses of workers."""
    yield from reviews(by)
    mine: dict[str, object] = {"membership": by}
    if by.has(*LOOKS_AFTER_WORKERS):
        mine = {"membership__organisation": by.organisation}
    soon = {"valid_until__gt": now(), "valid_until__lte": now() + WARNED}
    for clearance in Clearance.objects.filter(**mine, **soon).select_related("membership"):
        name = _("Clearance of %(who)s, %(level)s")
        values = {"who": clearance.membership.shown_name, "level": clearance.get_level_display()}
        then = _("Without it nothing that asks for it opens, and there is no new assignment.")
        yield Clock(name % values, clearance.valid_until, then)
    for course in Training.objects.filter(**mine, **soon).select_related("membership"):
        values = {"who": course.membership.shown_name, "course": course_name(course.code)}
        then = _("Where terms ask for it, nothing opens without it.")
        yield Clock(_("Course “%(course)s” of %(who)s") % values, course.valid_until, then)


def reviews(by: Membership) -> Iterable[Clock]:
    """Return which cases are open to named people only and are to be looked at again, to who can change that."""
    if not by.has(*ASSIGNERS):
        return
    due = AllowList.objects.filter(ends_at=None, review_on__lte=localdate() + SOON)
    for listed in due.select_related("case"):
        name = _("Who alone may see Person %(code)s: to be looked at again") % {"code": listed.case.working_code}
        then = _("It stays closed to everybody else. Name people anew, or open it.")
        yield Clock(name, listed.review_on, then)


def named_participations(ids: Collection[UUID]) -> Iterable[tuple[UUID, str]]:
    """Name the agreements of persons that are to be renewed, for their clocks."""
    for paper in Participation.objects.filter(pk__in=ids).select_related("case"):
        yield paper.pk, _("Agreement with Person %(code)s") % {"code": paper.case.working_code}


def named_requests(ids: Collection[UUID]) -> Iterable[tuple[UUID, str]]:
    """Name what persons ask under their rights, for the clocks of the answers."""
    for one in RightsRequest.objects.filter(pk__in=ids).select_related("case"):
        values = {"code": one.case.working_code, "right": one.get_right_display()}
        yield one.pk, _("Answer Person %(code)s, who asks: %(right)s") % values


def own_cases_of(cases: Iterable[UUID], by: Membership) -> dict[UUID, Case]:
    """Return for other organisations' cases one's own case of the same person, where a link says so."""
    civil = not by.organisation.is_authority
    theirs, ours = ("authority_case", "civil_case") if civil else ("civil_case", "authority_case")
    found = Link.objects.filter(**{f"{theirs}__in": set(cases)}).select_related(ours)
    return {getattr(link, f"{theirs}_id"): getattr(link, ours) for link in found}
