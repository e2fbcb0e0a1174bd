"""The scan of the signed undertaking, and who may attach or remove it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.files.kinds import Kind, owner_alone
from concordat.files.models import File
from concordat.people.models import Membership

from .models import Disclosure, UndertakingFile
from .rules import refuse_officer


def refuse_to_attach(disclosure: Disclosure, by: Membership) -> str | None:
    return refuse_officer(disclosure.owner_id, by=by)


def refuse_losing(disclosure: Disclosure, _file: File) -> str | None:
    return _("What was handed over keeps the undertaking that it was handed over on.") if disclosure.handed_at else None


UNDERTAKING = Kind(
    name="undertaking",
    model=UndertakingFile,
    parents=Disclosure.objects.select_related("owner"),
    caption=lambda disclosure: disclosure.receiver_body,
    url=lambda disclosure: reverse("disclosures:detail", args=[disclosure.pk]),
    readers=lambda _disclosure: _("Those of your organisation who see this disclosure."),
    owners=owner_alone,
    refuse_to_attach=refuse_to_attach,
    refuse_to_remove=refuse_to_attach,
    refuse_to_lose=refuse_losing,
)
