"""What leaving gives to Today and to notices: to confirm it, and that a partner has left."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card
from concordat.exports.rules import AGREEING, TOLD
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from . import rules
from .models import Departure


def cards(by: Membership) -> Iterable[Card]:
    """Return the departure that waits for a second person."""
    if by.has(*AGREEING):
        for one in Departure.objects.filter(confirmed_at=None, withdrawn_at=None).select_related("declared_by"):
            if not rules.refuse_confirm(one, by=by):
                yield Card(
                    due=localdate(one.declared_at),
                    title=_("Confirm that your organisation leaves, or withdraw it"),
                    place=_("Declared by %(name)s") % {"name": one.declared_by.shown_name},
                    actions=[Action(_("Look at it"), reverse("leaving:index"), kind="primary")],
                    because=_("It takes two people, and is not undone."),
                )


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return departures: of one's own organisation from the declaration on, of a partner once it has left."""
    if by.has(*TOLD):
        for one in Departure.objects.filter(withdrawn_at=None).exclude(declared_by=by.pk):
            yield Occasion(About.DEPARTURE, one.pk, reverse("leaving:index"))
