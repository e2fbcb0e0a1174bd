"""What emergency access gives to Today, to notices and to a case."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.cases.asked import Asked
from concordat.core.feeds import Notice
from concordat.core.parts import Clock
from concordat.core.wording import moment
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from .models import ANSWERED_WITHIN, Request, Told
from .rules import ANSWERING, refuse_answering, refuse_to_review

TOLD_FOR = timedelta(days=30)
REVIEWED_WITHIN = timedelta(days=7)


def waiting(by: Membership) -> list[Request]:
    """Return what somebody else asked for and this member could open."""
    since = now() - ANSWERED_WITHIN
    found = Request.objects.filter(opened_at=None, asked_at__gt=since).exclude(asked_by=by).select_related("asked_by")
    return [] if refuse_answering(by) else list(found)


def clocks(by: Membership) -> Iterable[Clock]:
    """Return what waits to be opened and what waits for a third person, to those who can do it."""
    if not by.has(*ANSWERING):
        return
    for one in waiting(by):
        name = _("%(who)s asks for emergency access") % {"who": one.asked_by.shown_name}
        yield Clock(name, one.asked_at + ANSWERED_WITHIN, _("It stays closed unless somebody opens it."))
    ended = Request.objects.filter(ends_at__lte=now(), reviewed_at=None).select_related("asked_by", "opened_by")
    for one in ended:
        if one.ends_at and not refuse_to_review(one, by=by):
            name = _("What %(who)s read in an emergency: to be looked at") % {"who": one.asked_by.shown_name}
            yield Clock(name, one.ends_at + REVIEWED_WITHIN, _("A third person looks at it and closes the report."))


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return what was asked for, what was opened, and what partners opened."""
    for one in waiting(by):
        yield Occasion(About.EMERGENCY_ASKED, one.pk, reverse("emergency:detail", args=[one.pk]))
    for one in Request.objects.filter(opened_at__isnull=False, reviewed_at=None):
        yield Occasion(About.EMERGENCY_OPENED, one.pk, reverse("emergency:detail", args=[one.pk]))
    for told in Told.objects.filter(at__gte=now() - TOLD_FOR):
        yield Occasion(About.EMERGENCY_OPENED, told.pk, reverse("emergency:index"))


def notices(asked: Asked) -> Iterable[Notice]:
    """Return that the case is open to its reader in an emergency only, and until when."""
    for one in Request.objects.filter(case=asked.case, asked_by=asked.by, ends_at__gt=now()):
        assert one.ends_at is not None
        words = _("You read this case until %(when)s. What you read is in the log as read in an emergency.")
        yield Notice("late", _("Emergency"), words % {"when": moment(one.ends_at)})
