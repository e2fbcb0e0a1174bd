"""What Today shows an import officer: files that wait for a confirmation or to be loaded."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card
from concordat.imports.models import KEPT, Upload
from concordat.people.models import Membership


def cards(_by: Membership) -> Iterable[Card]:
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
