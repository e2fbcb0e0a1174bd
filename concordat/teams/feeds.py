"""What teams give to Today: cases that came to one's team, and a team that nobody leads."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.cases.models import Team, TeamCase, TeamMember
from concordat.cases.rules import ASSIGNERS
from concordat.core.parts import Clock, News
from concordat.people.models import Membership


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return which cases were given to a team of one's own since then."""
    mine = TeamMember.objects.filter(membership=by, ends_at=None).values("team")
    given = TeamCase.objects.filter(team__in=mine, ends_at=None, starts_at__gt=since)
    for one in given.select_related("case", "team", "created_by"):
        words = _("Person %(code)s came to the team “%(team)s”") % {
            "code": one.case.working_code,
            "team": one.team.name,
        }
        url = reverse("cases:detail", args=[one.case_id])
        yield News(words, one.created_by.shown_name, one.starts_at, url)


def clocks(by: Membership) -> Iterable[Clock]:
    """Return the teams that nobody leads, to who decides about teams."""
    if not by.has(*ASSIGNERS):
        return
    led = TeamMember.objects.filter(leads=True, ends_at=None).values("team")
    for team in Team.objects.filter(ended_at=None).exclude(pk__in=led):
        name = _("Nobody leads the team “%(team)s”") % {"team": team.name}
        yield Clock(name, localdate(), _("Its members work on. Say who leads it, or end it."))
