"""What imports give to Today: files that wait to be looked at and confirmed."""

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.core.links import address
from concordat.core.parts import Action, Card, State
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Upload


def cards(by: Membership) -> Iterable[Card]:
    """Return the files that were uploaded and neither loaded nor thrown away."""
    if not by.has(Role.IMPORT_OFFICER):
        return
    for upload in Upload.objects.filter(finished_at=None).defer("data", "wrong").select_related("staged_by"):
        words = _("A file waits to be loaded") if upload.confirmed_at is None else _("A file is being loaded")
        page = address("imports:detail", upload.pk)
        yield Card(
            due=localdate(upload.staged_at),
            title=words,
            place=_("Uploaded by %(who)s") % {"who": upload.staged_by} if upload.staged_by is not None else "",
            state=State("soon", _("To be confirmed")),
            actions=[Action(_("Look through it"), page, kind="primary")] if page else [],
            because=_("Nothing of it is a record before a named officer confirms it. The file is removed afterwards."),
        )
