"""What asking and preparing give to Today and to the page of a case: referrals by their clocks, goals, agreements.

What came of a referral is shown to its sender as the outside view says it, and no further.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Kind
from concordat.agreements.status import ending_between, status, with_everything
from concordat.cases.asked import Asked
from concordat.cases.feeds import running_links
from concordat.cases.models import Assignment, Link, Participation
from concordat.clocks.calendars import days_of, working_day_after
from concordat.core.feeds import MOST, Notice, person
from concordat.core.languages import phrase
from concordat.core.parts import Action, Appointment, Card, Clock, Event, News, State
from concordat.core.wording import enumerated
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.models import Answer, GoalSet, Referral
from concordat.sharing.models import SafetyBriefing

from .outside import OutsideView, outside_views
from .rules.referral import REFERRERS

WARNED = timedelta(days=90)
SIGN_WITHIN = 5  # working days from writing the goals to the other side's signature


def cards(by: Membership) -> Iterable[Card]:
    """Return what somebody's posts have to do about referrals and goals."""
    if by.has(Role.COORDINATOR):
        yield from received(by)
        yield from to_prepare(by)
    if by.has(Role.PROGRAMME_MANAGER, Role.CASE_OFFICER):
        yield from sent(by)
    if by.has(Role.PROGRAMME_MANAGER, Role.COORDINATOR, Role.FACILITATOR):
        yield from goals_to_sign(by)


def named(referral: Referral) -> str:
    """Name a referral with the way to it; the person behind it is not named before there is a case of one's own."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', referral.get_absolute_url(), referral.reference)


# ---- the side that is asked ----------------------------------------------------------------------------------------


def received(by: Membership) -> Iterable[Card]:
    """Return the referrals that wait to be acknowledged or answered."""
    found = Referral.objects.filter(to=by.organisation_id, sent_at__isnull=False).select_related("owner", "service")
    answers = {one.referral_id: one for one in Answer.objects.filter(owner=by.organisation_id)}
    for referral in found:
        answer = answers.get(referral.pk)
        if answer and answer.answered_at:
            continue
        todo = "answer" if answer else "acknowledge"
        titles = {"answer": _("Answer referral {referral}"), "acknowledge": _("Acknowledge referral {referral}")}
        due = referral.answer_due if answer else referral.acknowledge_due
        yield Card(
            due=due or localdate(referral.sent_at),
            title=format_html(titles[todo], referral=named(referral)),
            place=_("%(service)s, from %(who)s") % {"service": referral.service.name, "who": referral.owner.name},
            state=lateness(due, _("New")),
            actions=[Action(_("Read and answer"), referral.get_absolute_url(), kind="primary")],
            because=_("A decline needs no reason and leaves no mark: outside it shows as “not currently”."),
        )


def lateness(due: object, else_: str) -> State:
    """Say whether something is late, due today, or only there."""
    today = localdate()
    if isinstance(due, datetime) or not hasattr(due, "year"):
        return State("changed", else_)
    if due < today:  # type: ignore[operator]
        return State("late", _("Late"))
    return State("soon", _("Due today")) if due == today else State("changed", else_)


def to_prepare(by: Membership) -> Iterable[Card]:
    """Return accepted referrals without a worker, or without the person's agreement."""
    accepted = Answer.objects.filter(owner=by.organisation_id, accepted=True, link__ends_at=None).select_related(
        "case", "link"
    )
    days = days_of(by.organisation_id)
    worker = Prefetch("case__assignments", Assignment.objects.filter(ends_at=None), to_attr="working")
    agreed = Prefetch(
        "link__participations", Participation.objects.filter(withdrawn_at=None, ends_at__gt=now()), to_attr="agreed"
    )
    for answer in accepted.prefetch_related(worker, agreed):
        if answer.case is None or answer.link is None or answer.answered_at is None:
            continue
        who = person(answer.case.working_code, answer.case.get_absolute_url())
        due = working_day_after(days.day_of(answer.answered_at), SIGN_WITHIN, days)
        if not answer.case.working:  # type: ignore[attr-defined]
            action = Action(_("Choose a worker"), reverse("referrals:workers", args=[answer.link.pk]), kind="primary")
            title = format_html(_("Say who works with {person}"), person=who)
            yield Card(due=due, title=title, state=lateness(due, _("Accepted")), actions=[action])
        if not answer.link.agreed:  # type: ignore[attr-defined]
            page = reverse("referrals:record_participation", args=[answer.link.pk])
            title = format_html(_("What did {person} agree to?"), person=who)
            because = _(
                "Nothing that depends on the person’s choice is shared before it is recorded, and no session counts."
            )
            yield Card(
                due=due,
                title=title,
                state=State("rest", _("Not recorded")),
                actions=[Action(_("Record it"), page)],
                because=because,
            )


# ---- the side that asks --------------------------------------------------------------------------------------------


def sent(by: Membership) -> Iterable[Card]:
    """Return drafts to send, referrals not acknowledged in time, and agreed ones that lack a safety briefing."""
    mine = list(Referral.objects.filter(owner=by.organisation_id).select_related("to", "service", "case"))
    views = outside_views(one.pk for one in mine if one.sent_at)
    agreed = [one.case_id for one in mine if views.get(one.pk, OutsideView()).agreed]
    briefed = {one.case_id for one in SafetyBriefing.objects.filter(case__in=agreed)}
    for referral in mine:
        view = views.get(referral.pk, OutsideView())
        place = _("%(service)s, to %(who)s") % {"service": referral.service.name, "who": referral.to.name}
        if referral.sent_at is None:
            title = format_html(_("Send referral {referral}"), referral=named(referral))
            action = Action(_("Check and send"), referral.get_absolute_url())
            yield Card(
                due=localdate(referral.created_at),
                title=title,
                place=place,
                state=State("rest", _("Draft")),
                actions=[action],
            )
        elif not view.acknowledged and referral.acknowledge_due and referral.acknowledge_due < localdate():
            title = format_html(_("Referral {referral} is not acknowledged"), referral=named(referral))
            yield Card(
                due=referral.acknowledge_due, title=title, place=place, state=State("late", _("No answer in time"))
            )
        elif view.agreed and referral.case_id not in briefed and by.has(Role.PROGRAMME_MANAGER):
            who = person(referral.case.working_code, referral.case.get_absolute_url())
            action = Action(_("Write it"), reverse("sharing:write_briefing", args=[referral.case_id]), kind="primary")
            title = format_html(_("Write the safety briefing of {person}"), person=who)
            because = _("Nobody meets the person before there is one.")
            yield Card(
                due=localdate(),
                title=title,
                place=place,
                state=State("soon", _("Missing")),
                actions=[action],
                because=because,
            )


# ---- goals ---------------------------------------------------------------------------------------------------------


def newest_goals() -> list[GoalSet]:
    """Return the newest goals of each running service."""
    found = GoalSet.objects.filter(link__ends_at=None).select_related("link", "owner")
    return newest(found.prefetch_related("signatures__organisation").order_by("-number"))


def newest(goal_sets: Iterable[GoalSet]) -> list[GoalSet]:
    """Return the first of each service; they come with the newest first."""
    first: dict[UUID, GoalSet] = {}
    for one in goal_sets:
        first.setdefault(one.link_id, one)
    return list(first.values())


def goals_to_sign(by: Membership) -> Iterable[Card]:
    """Return goals that wait for one's own organisation, or for the person's word."""
    waiting = [one for one in newest_goals() if not is_whole(one, by)]
    days = days_of(by.organisation_id)
    own = {
        one.pk: one for one in Link.objects.filter(pk__in=[one.link_id for one in waiting]).select_related(own_side(by))
    }
    for one in waiting:
        case = getattr(own[one.link_id], own_side(by)) if one.link_id in own else None
        if case is None:
            continue
        due = working_day_after(days.day_of(one.created_at), SIGN_WITHIN, days)
        title = format_html(
            _("Goals with {person}, version {number}"),
            person=person(case.working_code, case.get_absolute_url()),
            number=one.number,
        )
        action = Action(_("Read and sign"), reverse("referrals:goals", args=[one.link_id]), kind="primary")
        because = _("The first session waits until the person, the provider and the referrer have agreed.")
        yield Card(
            due=due,
            title=title,
            place=one.owner.name,
            state=lateness(due, _("To be signed")),
            actions=[action],
            because=because,
        )


def own_side(by: Membership) -> str:
    return "authority_case" if by.organisation.is_authority else "civil_case"


def is_whole(goals: GoalSet, by: Membership) -> bool:
    """Tell whether nothing is left for one's own side to do."""
    signed = by.organisation_id in {one.organisation_id for one in goals.signatures.all()}
    spoken = goals.person_declined or goals.person_signed_on is not None
    return signed and (spoken or goals.owner_id != by.organisation_id)


# ---- clocks and news -----------------------------------------------------------------------------------------------


def clocks(by: Membership) -> Iterable[Clock]:
    """Return until when an answer is due to one's own referrals, and when the terms end under which one works."""
    if by.has(Role.PROGRAMME_MANAGER, Role.CASE_OFFICER):
        mine = list(Referral.objects.filter(owner=by.organisation_id, answer_due__gte=localdate()).select_related("to"))
        views = outside_views(one.pk for one in mine)
        for referral in mine:
            if referral.answer_due and not views.get(referral.pk, OutsideView()).agreed:
                name = _("Answer to referral %(reference)s") % {"reference": referral.reference}
                yield Clock(
                    name,
                    referral.answer_due,
                    _("Silence is no yes: without one it stays “not currently”."),
                    referral.to.name,
                )
    if by.has(Role.FACILITATOR, Role.COORDINATOR):
        yield from terms_ending(by)


def terms_ending(by: Membership) -> Iterable[Clock]:
    """Return the terms under which one's own running services stand, where they end soon."""
    doing = set(Link.objects.filter(ends_at=None).values_list("activity", flat=True))
    at = now()
    soon = ending_between(Agreement.objects.filter(kind=Kind.TERMS, activity__in=doing), at, at + WARNED)
    for agreement in with_everything(soon):
        found = status(agreement, at)
        if found.in_force and found.until and found.until - at <= WARNED:
            other = agreement.party_b if agreement.party_a_id == by.organisation_id else agreement.party_a
            then = _(
                "With them what %(who)s gives ends. The signatories of both sides renew them; you need do nothing."
            )
            yield Clock(agreement.title, found.until, then % {"who": other.name})


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return new referrals, and goals that the other side wrote or signed."""
    if by.has(Role.COORDINATOR):
        for one in Referral.objects.filter(to=by.organisation_id, sent_at__gt=since).select_related("owner", "service"):
            words = _("Referral %(reference)s, %(service)s") % {"reference": one.reference, "service": one.service.name}
            yield News(words, one.owner.name, one.sent_at or since, one.get_absolute_url())
    for goals in newest_goals():
        others = [one for one in goals.signatures.all() if one.organisation_id != by.organisation_id and one.at > since]
        for signature in others:
            words = _("Goals and measures signed, version %(number)s") % {"number": goals.number}
            yield News(
                words, signature.organisation.name, signature.at, reverse("referrals:goals", args=[goals.link_id])
            )


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return referrals to answer, and what the outside view of one's own has come to.

    A decline shows as nothing at all, from the first second on, so nothing is told of it.
    """
    if by.has(Role.COORDINATOR):
        answers = Answer.objects.filter(owner=by.organisation_id, answered_at__isnull=False)
        answered = [one.referral_id for one in answers]
        open_ = Referral.objects.filter(to=by.organisation_id, sent_at__isnull=False).exclude(pk__in=answered)
        for one in open_:
            yield Occasion(About.REFERRAL_RECEIVED, one.pk, one.get_absolute_url(), one.reference)
    if by.has(Role.PROGRAMME_MANAGER, Role.CASE_OFFICER):
        mine = Referral.objects.filter(owner=by.organisation_id, sent_at__gt=now() - WARNED)
        views = outside_views(one.pk for one in mine)
        for one in mine:
            view = views.get(one.pk, OutsideView())
            if view.acknowledged or view.agreed:
                yield Occasion(About.REFERRAL_MOVED, f"{one.pk}:{view.agreed}", one.get_absolute_url(), one.reference)


# ---- a case --------------------------------------------------------------------------------------------------------


def referrals(asked: Asked) -> list[Referral]:
    """Return the referrals of the case, from either side of it."""
    found = Referral.objects.filter(case__in=asked.cases).select_related("service", "place", "sent_by")
    return asked.rows(found, "owner", "to")


def goal_sets(asked: Asked) -> list[GoalSet]:
    """Return the versions of the goals, the newest first."""
    found = GoalSet.objects.filter(case__in=asked.cases)
    return asked.rows(found.prefetch_related("goals", "signatures__organisation").order_by("-number"))


def events(asked: Asked) -> Iterable[Event]:
    """Return what was asked and agreed; the answer only to the side that gave it."""
    for one in [one for one in asked.once(referrals) if one.sent_at][:MOST]:
        words = _("%(reference)s, to %(who)s.") % {"reference": one.reference, "who": one.to.name}
        yield Event(
            one.owner,
            _("Referral sent"),
            one.sent_by.shown_name if one.sent_by else one.owner.name,
            one.sent_at or now(),
            words,
        )
    answers = Answer.objects.filter(case=asked.case, answered_at__isnull=False).select_related("answered_by")
    for answer in asked.rows(answers):
        title = _("Referral accepted") if answer.accepted else _("Referral declined")
        who = answer.answered_by.shown_name if answer.answered_by else answer.owner.name
        yield Event(answer.owner, title, who, answer.answered_at or now())
    for goals in asked.once(goal_sets)[:MOST]:
        signed = list(goals.signatures.all())
        if len(signed) > 1:
            who = enumerated(one.organisation.name for one in signed)
            why = phrase(goals.why_changed, goals.written_in)
            words = format_html(_("Version {number}. {why}"), number=goals.number, why=why)
            yield Event(goals.owner, _("Goals and measures agreed"), who, max(one.at for one in signed), words)


def dates(asked: Asked) -> Iterable[Appointment]:
    """Return when the terms end under which this case is worked on."""
    links = asked.once(running_links)
    found = {(one.activity, frozenset((one.authority_id, one.civil_id))) for one in links}
    at = now()
    if not found:
        return
    soon = ending_between(Agreement.objects.filter(kind=Kind.TERMS), at, at + WARNED)
    for agreement in with_everything(soon):
        here = (agreement.activity, frozenset((agreement.party_a_id, agreement.party_b_id))) in found
        stands = status(agreement, at)
        if here and stands.in_force and stands.until and stands.until - at <= WARNED and stands.version:
            yield Appointment(stands.version.last_day, _("Last day of “%(title)s”") % {"title": agreement.title})


def notices(asked: Asked) -> Iterable[Notice]:
    """Return what keeps the work on a case from beginning: goals that are not signed."""
    by, running = asked.by, {one.pk for one in asked.once(running_links)}
    for one in newest(one for one in asked.once(goal_sets) if one.link_id in running):
        if not is_whole(one, by) and by.has(Role.PROGRAMME_MANAGER, Role.COORDINATOR, Role.FACILITATOR):
            words = _("Version {number} of the goals waits for a signature. {link}.")
            url = reverse("referrals:goals", args=[one.link_id])
            link = format_html('<a class="govuk-link" href="{}">{}</a>', url, _("Read and sign"))
            yield Notice("soon", _("To be signed"), format_html(words, number=one.number, link=link))


def actions(asked: Asked) -> Iterable[Action]:
    """Return the ways to a new referral and to what is prepared for the first session."""
    by = asked.by
    if by.organisation.is_authority and by.has(*REFERRERS):
        yield Action(_("Refer to a service"), reverse("referrals:refer", args=[asked.case.pk]), kind="link")
    for link in [] if by.organisation.is_authority else asked.once(running_links):
        yield Action(_("What the first session needs"), reverse("referrals:prepare", args=[link.pk]), kind="link")
        if by.has(Role.COORDINATOR):
            yield Action(_("Who works on it"), reverse("referrals:workers", args=[link.pk]), kind="link")
