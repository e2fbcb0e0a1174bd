"""What agreements give to Today: what waits for a signature, what lapses next, what has changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.parts import Action, Card, Clock, News
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import WIND_DOWN_DAYS, Agreement, Ending, Signature, Suggestion, Suspension, Version
from .rules import refuse_other_than_signatory, refuse_overtaken, unsigned_by
from .status import status, with_everything

WARNED = timedelta(days=90)
A_MONTH, TWO_WEEKS = timedelta(days=30), timedelta(days=14)
DEALS_WITH_PARTNERS = (Role.SIGNATORY, Role.PARTNERSHIP_OFFICER, Role.DIRECTOR)


def cards(by: Membership) -> Iterable[Card]:
    """Return what waits for this organisation's signature, for those who deal with partners."""
    if not by.has(*DEALS_WITH_PARTNERS):
        return
    yield from points(by)
    refusal = refuse_other_than_signatory(by)
    for agreement in with_everything(Agreement.objects.filter(versions__proposed_at__isnull=False).distinct()):
        version = next(one for one in agreement.versions.all() if one.proposed_at)
        if by.organisation_id in unsigned_by(version) and not refuse_overtaken(version):
            yield card(agreement, version, refusal)


def points(by: Membership) -> Iterable[Card]:
    """Return on which texts proposals of the other party wait for an answer."""
    waiting: dict[Version, list[Suggestion]] = {}
    open_ = Suggestion.objects.filter(reply=None, countered_by=None).exclude(organisation=by.organisation_id)
    for one in open_.select_related("version", "organisation"):
        waiting.setdefault(one.version, []).append(one)
    held = {one.pk: one for one in with_everything(Agreement.objects.filter(pk__in={v.agreement_id for v in waiting}))}
    for version, found in waiting.items():
        agreement = held[version.agreement_id]
        current = next(one for one in agreement.versions.all() if one.pk == version.pk)
        if unsigned_by(current) and not refuse_overtaken(current):
            yield open_points(agreement, current, found)


def open_points(agreement: Agreement, version: Version, found: Sequence[Suggestion]) -> Card:
    words = ngettext("{count} open point in “{title}”", "{count} open points in “{title}”", len(found))
    there = reverse("agreements:talks", args=[agreement.pk, version.number])
    return Card(
        due=version.first_day,
        title=format_html(words, count=len(found), title=agreement.title),
        actions=[Action(_("Read them"), there)],
        because=_("Proposed by %(who)s. An answer signs nothing.") % {"who": found[0].organisation},
    )


def card(agreement: Agreement, version: Version, refusal: str | None) -> Card:
    return Card(
        due=version.first_day,
        title=format_html(_("Sign “{title}”, version {number}"), title=agreement.title, number=version.number),
        actions=[Action(_("Read it"), page(agreement)), Action(_("Sign"), sign_page(version), refusal)],
        because=_("Proposed by %(who)s. Without both signatures it gives nothing.") % {"who": version.drafted_for},
    )


def clocks(by: Membership) -> Iterable[Clock]:
    """Return what lapses within the next 90 days, for those who deal with partners."""
    if not by.has(*DEALS_WITH_PARTNERS):
        return
    at = now()
    for agreement in with_everything():
        found = status(agreement, at)
        if found.in_force and found.until and found.until - at <= WARNED:
            yield lapse(agreement, found.until)


def lapse(agreement: Agreement, until: datetime) -> Clock:
    """Show when an agreement ends, what follows, and whose it is to renew."""
    then = _("Access ends then. Warnings and what is owed pass for another %(days)d days.") % {"days": WIND_DOWN_DAYS}
    return Clock(agreement.title, until, then, _("Signatories of both parties"))


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return what happened to this organisation's agreements since then."""
    parties = ("version__agreement", "membership", "organisation")
    for signed in (
        Signature.objects.filter(signed_at__gt=since).exclude(organisation=by.organisation_id).select_related(*parties)
    ):
        said = {"who": signed.organisation, "title": signed.version.agreement}
        words = _("%(who)s signed “%(title)s” on paper") if signed.on_paper else _("%(who)s signed “%(title)s”")
        words = words % said
        yield News(words, str(signed.membership), signed.signed_at, page(signed.version.agreement))
    rows = ("agreement", "organisation", "created_by")
    for stop in Suspension.objects.filter(starts_at__gt=since).select_related(*rows):
        words = _("%(who)s suspended “%(title)s”") % {"who": stop.organisation, "title": stop.agreement}
        yield News(words, str(stop.created_by), stop.starts_at, page(stop.agreement))
    for end in Ending.objects.filter(at__gt=since, at__lte=now()).select_related(*rows):
        words = _("“%(title)s” ended") % {"title": end.agreement}
        yield News(words, str(end.created_by), end.at, page(end.agreement))


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return what waits for a signature, what was suspended of late, and what ends within a month."""
    if not by.has(*DEALS_WITH_PARTNERS):
        return
    at = now()
    for stop in Suspension.objects.filter(starts_at__gt=at - TWO_WEEKS, starts_at__lte=at).select_related("agreement"):
        yield Occasion(About.AGREEMENT_SUSPENDED, stop.pk, page(stop.agreement), stop.agreement.reference)
    for agreement in with_everything():
        found = status(agreement, at)
        proposed = next((one for one in agreement.versions.all() if one.proposed_at), None)
        if proposed and by.organisation_id in unsigned_by(proposed) and not refuse_overtaken(proposed):
            yield Occasion(About.AGREEMENT_TO_SIGN, proposed.pk, page(agreement), agreement.reference)
        if found.in_force and found.until and found.until - at <= A_MONTH:
            yield Occasion(
                About.AGREEMENT_ENDING, f"{agreement.pk}:{found.until:%Y-%m-%d}", page(agreement), agreement.reference
            )


def page(agreement: Agreement) -> str:
    return reverse("agreements:detail", args=[agreement.pk])


def sign_page(version: Version) -> str:
    return reverse("agreements:sign", args=[version.agreement_id, version.number])
