"""What exports give to Today and to notices: one to agree to, and that one was asked for."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership

from . import rules
from .models import KEPT, Export

TOLD_FOR = timedelta(days=14)


def cards(by: Membership) -> Iterable[Card]:
    """Return the export to agree to, and the one that is there to be fetched."""
    if not by.has(*rules.TOLD):
        return
    for one in Export.objects.filter(stopped_at=None, deleted_at=None, failed_at=None).select_related("asked_by"):
        if not one.agreed_at and not one.made_at and not rules.refuse_agree(one, by=by):
            yield Card(
                due=localdate(one.asked_at),
                title=_("Agree to an export of everything, or stop it"),
                place=_("Asked by %(name)s") % {"name": one.asked_by.shown_name},
                actions=[Action(_("Look at it"), reverse("exports:index"), kind="primary")],
                because=_("It takes two people: everything that your organisation owns leaves in one file."),
            )
        elif one.is_there and one.made_at and not one.fetched_at and one.asked_by_id == by.pk:
            yield Card(
                due=localdate(one.made_at + KEPT),
                title=_("Fetch the export of everything"),
                place="",
                actions=[Action(_("Look at it"), reverse("exports:index"), kind="primary")],
                because=_("The file is deleted from the server seven days after it was made."),
            )


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return the exports of the last two weeks that somebody else asked for."""
    if by.has(*rules.TOLD):
        for one in Export.objects.filter(asked_at__gt=now() - TOLD_FOR).exclude(asked_by=by.pk):
            yield Occasion(About.EXPORT, one.pk, reverse("exports:index"))
