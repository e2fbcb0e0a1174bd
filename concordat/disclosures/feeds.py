"""What disclosures give to Today and to a case: what waits for an answer, what is to be looked at again."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.cases.asked import Asked
from concordat.clocks.calendars import days_of, working_day_after
from concordat.core.parts import Action, Clock
from concordat.people.models import Membership

from .models import Disclosure, Item
from .rules import OFFICERS, refuse_officer

SOON = timedelta(days=14)
TO_ANSWER = 10  # working days, so that it is not forgotten; nothing follows from a silence


def clocks(by: Membership) -> Iterable[Clock]:
    """Return what is asked of one's organisation, and what was told outside and is to be looked at again."""
    if not by.has(*OFFICERS):
        return
    days = days_of(by.organisation_id)
    waiting = Item.objects.filter(of_owner=by.organisation_id, answered_at=None).exclude(owner=F("of_owner"))
    for item in waiting.select_related("owner"):
        name = _("%(who)s asks whether it may tell something of yours outside") % {"who": item.owner}
        at = reverse("disclosures:answer", args=[item.pk])
        yield Clock(
            _linked(name, at),
            working_day_after(days.day_of(item.created_at), TO_ANSWER, days),
            _("Unanswered, it is not told."),
        )
    running = Disclosure.objects.filter(owner=by.organisation_id, ended_at=None)
    for one in running.exclude(handed_at=None).filter(review_on__lte=localdate() + SOON):
        name = _("What was told to %(who)s: to be looked at again") % {"who": one.receiver_body}
        yield Clock(
            _linked(name, one.get_absolute_url()),
            one.review_on,
            _("Have it returned or destroyed, or say why not yet."),
        )
    for one in running.filter(told_on=None, deferral_review_on__lte=localdate() + SOON):
        assert one.deferral_review_on is not None
        name = _("A person has not been told yet what %(who)s learns") % {"who": one.receiver_body}
        yield Clock(
            _linked(name, one.get_absolute_url()), one.deferral_review_on, _("Tell them, or say again why not yet.")
        )


def _linked(words: str, address: str) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', address, words)


def actions(asked: Asked) -> Iterable[Action]:
    """Return the way to telling somebody outside, for whom it is to decide."""
    if not refuse_officer(asked.case.owner_id, by=asked.by):
        address = reverse("disclosures:of_case", args=[asked.case.pk])
        yield Action(_("Tell somebody outside"), address, kind="link")
