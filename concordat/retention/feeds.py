"""What retention gives to Today, to notices and to a case: what goes and when, and what a hold keeps."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.cases.asked import Asked
from concordat.core.feeds import Notice
from concordat.core.parts import Action, Clock
from concordat.core.wording import plain_day
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from .models import NOTICE, Due, Hold
from .rules import KEEPERS

SOON = timedelta(days=14)


def clocks(by: Membership) -> Iterable[Clock]:
    """Return when records go next, and which holds are to be looked at, to those who decide about it."""
    if not by.has(*KEEPERS):
        return
    said = Due.objects.aggregate(cases=Count("case", distinct=True), due_on=Min("due_on"), told=Min("announced_at"))
    if said["cases"]:
        words = ngettext("Records of %(n)s person go", "Records of %(n)s persons go", said["cases"])
        day = max(said["due_on"], localdate(said["told"] + NOTICE))
        then = _("They are removed for good. What has to stay needs a legal hold before.")
        yield Clock(words % {"n": said["cases"]}, day, then)
    for hold in Hold.objects.filter(lifted_at=None, review_on__lte=localdate() + SOON).select_related("case"):
        name = _("Legal hold for Person %(code)s: to be looked at again") % {"code": hold.case.working_code}
        yield Clock(name, hold.review_on, _("It goes on until somebody lifts it."))


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return the days on which something was announced that has not gone yet."""
    if by.has(*KEEPERS):
        for day in sorted({localdate(at) for at in Due.objects.values_list("announced_at", flat=True).distinct()}):
            yield Occasion(About.RETENTION, day.isoformat(), reverse("retention:index"))


def notices(asked: Asked) -> Iterable[Notice]:
    """Return that the case is held, or that something of it goes."""
    if Hold.objects.filter(case=asked.case, lifted_at=None).exists():
        yield Notice("rest", _("Kept"), _("A legal hold keeps records of this case from being removed."))
    if due := Due.objects.filter(case=asked.case).first():
        words = _("Records of this case are removed from %(day)s on, because their time is over.")
        yield Notice("soon", _("Goes"), words % {"day": plain_day(due.goes_on)})


def actions(asked: Asked) -> Iterable[Action]:
    """Return the way to how long the case is kept."""
    if asked.case.owner_id == asked.by.organisation_id:
        yield Action(_("How long this case is kept"), reverse("cases:keeping", args=[asked.case.pk]), kind="link")
