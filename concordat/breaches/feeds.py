"""What breaches give to Today and to notices: what has to be told by when, and that a partner told something."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card, State
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from . import rules
from .models import Breach, Telling

TOLD_FOR = timedelta(days=30)


def cards(by: Membership) -> Iterable[Card]:
    """Return what is due: assessing, telling partners, the authority and the persons; and what partners told."""
    if by.has(*rules.HANDLERS):
        for breach in Breach.objects.filter(owner=by.organisation_id, closed_at=None).prefetch_related("tellings__to"):
            yield from _of(breach)
    if by.has(*rules.RECEIVERS):
        for one in Telling.objects.filter(to=by.organisation_id, read_at=None).select_related("owner"):
            words = _("%(who)s told you that data got out") % {"who": one.owner}
            assert one.sent_at
            yield _card(one.sent_at, words, reverse("breaches:told", args=[one.pk]), by_then=False)


def _of(breach: Breach) -> Iterable[Card]:
    there = reverse("breaches:detail", args=[breach.pk])
    name = {"reference": breach.reference}
    waiting = [one for one in breach.tellings.all() if not one.sent_at]
    if not breach.assessed_at:
        yield _card(breach.known_at + timedelta(hours=24), _("Assess that data got out (%(reference)s)") % name, there)
    for one in waiting:
        yield _card(one.due_at, _("Tell %(who)s that data got out (%(reference)s)") % {**name, "who": one.to}, there)
    if not breach.authority_by_id:
        yield _card(
            breach.authority_due, _("Tell the supervisory authority, or say why not (%(reference)s)") % name, there
        )
    if breach.assessed_at and not breach.persons_by_id:
        yield _card(breach.authority_due, _("Tell the persons, or say why not (%(reference)s)") % name, there)


def _card(due: datetime, title: str, there: str, *, by_then: bool = True) -> Card:
    is_late = by_then and due < now()
    return Card(
        due=due, by=by_then, title=title, state=State("late", _("Late")) if is_late else None,
        actions=[Action(_("Look at it"), there, kind="primary")],
        because=_("Persons can protect themselves only from what they know."),
    )  # fmt: skip


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return what was reported and is open, and what partners told of late."""
    if by.has(*rules.HANDLERS):
        for breach in Breach.objects.filter(owner=by.organisation_id, closed_at=None).exclude(reported_by=by.pk):
            there = reverse("breaches:detail", args=[breach.pk])
            yield Occasion(About.BREACH, breach.pk, there, breach.reference)
    if by.has(*rules.RECEIVERS):
        for one in Telling.objects.filter(to=by.organisation_id, sent_at__gt=now() - TOLD_FOR):
            yield Occasion(About.BREACH_TOLD, one.pk, reverse("breaches:told", args=[one.pk]))
