"""What assessments give to Today: what waits for advice or a decision, what is to be looked at again, what was told."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card, News, State
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import rules
from .found import due
from .models import Advice, Assessment, Outcome, Speaker


def cards(by: Membership) -> Iterable[Card]:
    """Return what waits for advice, for a decision, and for being looked at again."""
    if not by.has(*rules.READERS):
        return
    own = Assessment.objects.filter(owner=by.organisation_id)
    spoken = Advice.objects.filter(assessment=OuterRef("pk"), at__gte=OuterRef("changed_at"))
    waiting = own.filter(decision="").annotate(
        advised=Exists(spoken.filter(speaker=Speaker.OFFICER)), spoken=Exists(spoken.exclude(speaker=Speaker.PERSONS))
    )
    for one in waiting.select_related("agreement"):
        yield from _waiting(one, by)
    for found in due(own):
        title = _("Look again at assessment %(reference)s") % {"reference": found.assessment.reference}
        there = [Action(_("Look at it"), found.assessment.get_absolute_url(), kind="primary")]
        late = State("late", _("Due"))
        yield Card(due=found.on, title=title, state=late, actions=there, because=found.because)


def _waiting(one: Assessment, by: Membership) -> Iterable[Card]:
    there = one.get_absolute_url()
    about = {"reference": one.reference, "title": one.agreement}
    if by.has(Role.DATA_PROTECTION) and not one.advised:  # type: ignore[attr-defined]
        title = _("Advise on assessment %(reference)s, “%(title)s”") % about
        because = _("Nobody decides before you have spoken.")
        yield Card(due=one.changed_at, title=title, actions=[Action(_("Read it"), there)], because=because)
    elif by.has(*rules.DECIDERS) and one.created_by_id != by.pk and one.spoken:  # type: ignore[attr-defined]
        title = _("Decide on assessment %(reference)s, “%(title)s”") % about
        because = _("Somebody other than its author decides whether the sharing goes ahead.")
        yield Card(due=one.changed_at, title=title, actions=[Action(_("Read it"), there)], because=because)


def news(by: Membership, since: datetime) -> Iterable[News]:
    """Return what partners told of their assessments since then."""
    found = Outcome.objects.filter(to=by.organisation_id, told_at__gt=since)
    for one in found.select_related("owner", "told_by").annotate(title=F("agreement__title")):
        words = _("%(who)s told you what it decided on the effect on rights of “%(title)s”")
        said = words % {"who": one.owner, "title": one.title}
        yield News(said, str(one.told_by), one.told_at, reverse("impact:told", args=[one.pk]))
