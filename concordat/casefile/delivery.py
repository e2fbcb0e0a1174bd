"""The plan and the sessions of a case, in the shapes that their pages show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from concordat.cases.models import DateRecord, Heading, Participation
from concordat.cases.rules import INSTANT
from concordat.core import parts
from concordat.core.codes import Category
from concordat.core.wording import enumerated, plain_day
from concordat.people.clock import now
from concordat.quoting.shown import beneath
from concordat.referrals.asking.outside import OutsideView, outside_views
from concordat.referrals.delivery.passages import translations_of
from concordat.referrals.models import EndReport, GoalSet, Referral, Review, Session

from .beside import Beside
from .overview import goals, signed_words
from .records import Besides, besides


@dataclass(frozen=True)
class Version:
    """One version of the goals with who agreed to it."""

    number: int
    words: str
    why_changed: str
    written_in: str
    goals: list[parts.Goal]
    besides: Besides


@dataclass(frozen=True)
class Sent:
    """A referral as its sender may see it from outside: acknowledged or not, agreed or not currently."""

    referral: Referral
    words: str
    state: parts.State
    besides: Besides


@dataclass(frozen=True)
class Held:
    """One session, or that there was one."""

    at: datetime | date
    words: str
    who: str
    state: parts.State
    notes: list[tuple[str, str]]
    besides: Besides


def versions(beside: Beside, found: list[GoalSet]) -> list[Version]:
    also = besides(found, beside)
    return [
        Version(
            one.number, signed_words(beside, one), one.why_changed, one.written_in, goals(beside, one), also[one.pk]
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Reviewed:
    """A review, what stands beside it, and what it quotes of other records."""

    review: Review
    besides: Besides
    quoted: list[parts.Quoted]


def reviews(beside: Beside) -> list[Reviewed]:
    """Return the reviews, the newest first."""
    found = beside.rows(Review.objects.prefetch_related("notes", "positions__organisation").order_by("-held_on"))
    also, quoted = besides(found, beside), beneath(found)
    return [Reviewed(one, also[one.pk], quoted.get(one.pk, [])) for one in found]


@dataclass(frozen=True)
class Report:
    """An end report, what stands beside it, what it quotes, and its translations."""

    report: EndReport
    besides: Besides
    quoted: list[parts.Quoted]
    translations: list[parts.Translated]


def end_reports(beside: Beside) -> list[Report]:
    found = beside.rows(EndReport.objects.prefetch_related("outcomes", "translations").order_by("-created_at"))
    also, quoted = besides(found, beside), beneath(found)
    return [Report(one, also[one.pk], quoted.get(one.pk, []), translations_of(one)) for one in found]


@dataclass(frozen=True)
class Agreed:
    """One agreement of the person: where it stands, from when to when, and its paper."""

    paper: Participation
    state: str
    period: str


def participations(beside: Beside) -> list[Agreed]:
    """Show the person's own agreements, to the organisation that recorded them; nobody else has such rows."""
    rows = beside.rows(Participation.objects.order_by("-starts_at"))
    return [Agreed(one, spoken(one), period(one)) for one in rows]


def spoken(one: Participation) -> str:
    at = now("default")
    if one.withdrawn_at and one.withdrawn_at <= at:
        return _("Withdrawn")
    return _("Agreed") if one.ends_at > at else _("Run out")


def period(one: Participation) -> str:
    """Say from when to when an agreement of the person holds, and what it lets be reported."""
    values = {
        "start": plain_day(one.starts_at),
        "end": plain_day(one.withdrawn_at or one.ends_at - INSTANT),
        "headings": enumerated(str(Heading(code).label) for code in one.headings),
    }
    if one.withdrawn_at:
        return _("From %(start)s to %(end)s.") % values
    if not one.headings:
        return _("From %(start)s, to be renewed by %(end)s. Nothing may be reported.") % values
    return _("From %(start)s, to be renewed by %(end)s. May be reported: %(headings)s.") % values


# ---- referrals, from outside ---------------------------------------------------------------------------------------


def sent_referrals(beside: Beside) -> list[Sent]:
    """Return one's own referrals of this case with what may be known of their answer, and no more."""
    mine = [one for one in beside.referrals if one.owner_id == beside.case.owner_id]
    views = outside_views(one.pk for one in mine if one.sent_at)
    also = besides(mine, beside)
    return [Sent(one, sent_words(one), outside_state(views.get(one.pk)), also[one.pk]) for one in mine]


def outside_state(view: OutsideView | None) -> parts.State:
    """Put the outside view into one word. "Not currently" is one value, whatever lies behind it."""
    if view is None:
        return parts.State("rest", _("Draft"))
    if view.agreed:
        return parts.State("done", _("Agreed"))
    return parts.State("rest", _("Not currently")) if view.acknowledged else parts.State("changed", _("Sent"))


def sent_words(referral: Referral) -> str:
    values = {
        "to": referral.to.name,
        "service": referral.service.name,
        "day": plain_day(referral.sent_at) if referral.sent_at else "",
    }
    if referral.sent_at is None:
        return _("%(service)s, %(to)s. Not sent yet.") % values
    return _("%(service)s, %(to)s. Sent on %(day)s.") % values


# ---- sessions ------------------------------------------------------------------------------------------------------


def sessions(beside: Beside) -> list[Held]:
    """Return the sessions, the newest first: one's own with their notes, a partner's as dates."""
    found = beside.rows(Session.objects.select_related("worker").prefetch_related("notes").order_by("-starts_at"))
    also = besides(found, beside)
    shown = [held(one, also[one.pk]) for one in found]
    own = {one.owner_id for one in found}
    dates = beside.rows(DateRecord.objects.filter(category=Category.P18).order_by("-on"))
    shown += [
        Held(one.on, one.fact, "", parts.State("done", _("Date only")), [], Besides())
        for one in dates
        if one.owner_id not in own
    ]
    return sorted(shown, key=lambda one: one.at.isoformat(), reverse=True)


def held(session: Session, also: Besides) -> Held:
    """Show one session. That it was not held has a cause and no judgement."""
    notes = [(str(note.get_heading_display()), note.text) for note in session.notes.all()]
    if session.held:
        words, state = _("%(minutes)s minutes.") % {"minutes": session.minutes}, parts.State("done", _("Held"))
    else:
        words = _("Not held. Counted to: %(cause)s.") % {"cause": session.get_cause_display()}
        state = parts.State("rest", _("Not held"))
    return Held(session.starts_at, words, session.worker.shown_name, state, notes, also)
