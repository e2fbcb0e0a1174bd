"""What safety gives to Today and to the page of a case: briefings to read, and notices that may not wait."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from concordat.cases.asked import Asked
from concordat.cases.feeds import own_cases_of
from concordat.cases.models import Link
from concordat.core.feeds import MOST, Notice, person
from concordat.core.languages import phrase
from concordat.core.parts import Action, Card, Check, Event, News, State
from concordat.core.wording import moment, passed_day
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Acknowledgement, SafetyBriefing, SafetyNotice
from .rules import WARNERS

MEETS = (Role.FACILITATOR,)
KEPT_UP = timedelta(days=14)  # how long a notice stays on top of a case


def with_confirmation(by: Membership) -> QuerySet[SafetyBriefing]:
    """Return briefings, the newest versions first, with the reader's own confirmation of them."""
    confirmed = Prefetch("acknowledgements", Acknowledgement.objects.filter(membership=by), to_attr="mine")
    return SafetyBriefing.objects.prefetch_related(confirmed).order_by("-number")


def newest(briefings: Iterable[SafetyBriefing], by: Membership) -> list[SafetyBriefing]:
    """Return the newest briefing of each case of a partner."""
    first: dict[UUID, SafetyBriefing] = {}
    for briefing in briefings:
        if briefing.owner_id != by.organisation_id:
            first.setdefault(briefing.case_id, briefing)
    return list(first.values())


def of_partners(by: Membership) -> list[SafetyBriefing]:
    return newest(with_confirmation(by).exclude(owner=by.organisation_id).select_related("owner"), by)


def unread(briefings: Iterable[SafetyBriefing], by: Membership) -> list[SafetyBriefing]:
    """Return those that the reader, who meets the person, has not confirmed."""
    return [one for one in briefings if by.has(*MEETS) and not one.mine]  # type: ignore[attr-defined]


# ---- Today -----------------------------------------------------------------------------------------------------------


def cards(by: Membership) -> Iterable[Card]:
    """Return the briefings to read before the next contact."""
    waiting = unread(of_partners(by), by) if by.has(*MEETS) else []
    own = own_cases_of([one.case_id for one in waiting], by)
    for briefing in waiting:
        case = own.get(briefing.case_id)
        who = person(case.working_code, case.get_absolute_url()) if case else ""
        when = moment(briefing.created_at, passed_day)
        said = phrase(briefing.what_changed, briefing.written_in)
        changed = format_html(_("Version {number}, {when}"), number=briefing.number, when=when)
        yield Card(
            due=localdate(),
            title=format_html(_("Safety briefing of {person}"), person=who),
            place=briefing.owner.name,
            state=State("soon", _("Read first")),
            checks=[Check("todo", changed, said or _("Reading it takes about a minute."))],
            actions=[Action(_("Read the briefing"), reverse("sharing:briefing", args=[briefing.pk]), kind="primary")],
            because=_(
                "A session can be recorded once you have confirmed it: nobody meets a person on an old briefing."
            ),
        )


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return briefings and notices of partners that are new."""
    found = [one for one in of_partners(by) if one.created_at > since]
    notices = list(SafetyNotice.objects.filter(to=by.organisation_id, created_at__gt=since).select_related("owner"))
    own = own_cases_of([one.case_id for one in (*found, *notices)], by)
    for one in (*found, *notices):
        case = own.get(one.case_id)
        values = {"code": case.working_code if case else "…"}
        page = "sharing:briefing" if isinstance(one, SafetyBriefing) else "sharing:notice"
        words = (
            _("Safety briefing, Person %(code)s") if page == "sharing:briefing" else _("Safety notice, Person %(code)s")
        )
        yield News(words % values, one.owner.name, one.created_at, reverse(page, args=[one.pk]))


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return the briefings to read, and the safety notices of the last two weeks."""
    for briefing in unread(of_partners(by), by) if by.has(*MEETS) else []:
        yield Occasion(About.BRIEFING, briefing.pk, reverse("sharing:briefing", args=[briefing.pk]))
    for one in SafetyNotice.objects.filter(to=by.organisation_id, created_at__gt=now() - KEPT_UP):
        yield Occasion(About.SAFETY, one.pk, one.get_absolute_url())


# ---- a case ----------------------------------------------------------------------------------------------------------


def briefings(asked: Asked) -> list[SafetyBriefing]:
    return asked.rows(with_confirmation(asked.by).filter(case__in=asked.cases))


def safety_notices(asked: Asked) -> list[SafetyNotice]:
    return asked.rows(SafetyNotice.objects.filter(case__in=asked.cases), "owner", "to")


def events(asked: Asked) -> Iterable[Event]:
    """Return the versions of the briefing, who of us confirmed them, and notices."""
    for one in asked.once(briefings)[:MOST]:
        title = _("Safety briefing written") if one.number == 1 else _("Safety briefing changed")
        what = phrase(one.what_changed, one.written_in)
        said = format_html(_("Version {number}. {what}"), number=one.number, what=what)
        yield Event(one.owner, title, one.owner.name, one.created_at, said)
    numbers = {one.pk: one.number for one in asked.once(briefings)}
    for read in confirmations(asked, numbers)[:MOST]:
        title = _("Safety briefing confirmed, version %(number)s") % {"number": numbers[read.briefing_id]}
        yield Event(read.organisation, title, read.membership.shown_name, read.at)
    for notice in asked.once(safety_notices)[:MOST]:
        words = _("To %(who)s.") % {"who": notice.to.name}
        yield Event(notice.owner, _("Safety notice"), notice.owner.name, notice.created_at, words)


def confirmations(asked: Asked, briefings: Collection[UUID]) -> list[Acknowledgement]:
    """Return who confirmed these briefings: one's own people, and a partner's only while the link to it shows."""
    if not briefings:
        return []
    linked = Link.objects.filter(authority_case=asked.case.pk).values("civil")
    found = Acknowledgement.objects.filter(briefing__in=briefings).select_related("membership")
    return asked.rows(
        found.filter(Q(organisation=asked.by.organisation_id) | Q(organisation__in=linked)), "organisation"
    )


def notices(asked: Asked) -> Iterable[Notice]:
    """Return what has to be read before anything else."""
    by = asked.by
    for one in unread(newest(asked.once(briefings), by), by):
        words = _("The safety briefing is at version {number}, {when}. {link} before the next session.")
        link = format_html(
            '<a class="govuk-link" href="{}">{}</a>',
            reverse("sharing:briefing", args=[one.pk]),
            _("Read it and confirm"),
        )
        yield Notice(
            "soon", _("Read first"), format_html(words, number=one.number, when=moment(one.created_at), link=link)
        )
    since = now() - KEPT_UP
    recent = [one for one in asked.once(safety_notices) if one.to_id == by.organisation_id and one.created_at > since]
    for notice in recent:
        words = _("{who} sent a safety notice on {when}. {link}")
        link = format_html(
            '<a class="govuk-link" href="{}">{}</a>', reverse("sharing:notice", args=[notice.pk]), _("Read it")
        )
        yield Notice(
            "late", _("Safety"), format_html(words, who=notice.owner.name, when=moment(notice.created_at), link=link)
        )


def actions(asked: Asked) -> Iterable[Action]:
    """Return the ways to the briefing and to a notice."""
    by, case = asked.by, asked.case
    if by.organisation.is_authority and by.has(*WARNERS):
        yield Action(_("Safety briefing"), reverse("sharing:briefings", args=[case.pk]), kind="link")
        yield Action(_("Send a safety notice"), reverse("sharing:send_notice", args=[case.pk]), kind="link")
    elif not by.organisation.is_authority:
        for briefing in newest(asked.once(briefings), by):
            yield Action(_("Safety briefing"), reverse("sharing:briefing", args=[briefing.pk]), kind="link")
