"""What Today shows an import officer: files that wait for a confirmation or to be loaded."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.parts import Action, Card, State
from concordat.imports.models import KEPT, Offer, Upload
from concordat.notices.about import About, Occasion
from concordat.people.models import Membership


def cards(_by: Membership) -> Iterable[Card]:
    """Yield what waits for an import officer, and for a coordinator."""
    yield from _uploads()
    if waiting := Offer.objects.filter(decided_at=None).count():
        yield _offers(waiting)


def _offers(waiting: int) -> Card:
    sentence = ngettext("%(n)s service of a file to confirm", "%(n)s services of a file to confirm", waiting)
    return Card(
        due=localdate(),
        title=sentence % {"n": waiting},
        state=State("soon", _("To be confirmed")),
        actions=[Action(_("Look at them"), reverse("imports:offers"))],
        because=_(
            "A file of services was brought in. Nothing of it stands in the directory before somebody confirms it."
        ),
    )


def _uploads() -> Iterable[Card]:
    """Yield a card for each file that waits; it is deleted when its time is over."""
    for upload in Upload.objects.filter(finished_at=None).defer("data", "table", "wrong"):
        yield Card(
            due=upload.staged_at + KEPT,
            by=True,
            title=_("Caseload file “%(name)s”") % {"name": upload.name},
            state=upload.state,
            actions=[Action(_("Go on"), upload.get_absolute_url())],
            because=_("It was brought in and waits for an import officer. Without one it is deleted after seven days."),
        )


def occasions(_by: Membership) -> Iterable[Occasion]:
    """Return the files that wait."""
    for upload in Upload.objects.filter(finished_at=None).defer("data", "wrong"):
        yield Occasion(About.IMPORT, upload.pk, upload.get_absolute_url())
