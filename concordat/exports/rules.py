"""Why an export is not asked for, agreed to, stopped or fetched, in words; None when it may be."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core import age
from concordat.people.memberships import usable
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Export

ASKERS = (Role.DIRECTOR, Role.DATA_PROTECTION, Role.PROGRAMME_MANAGER)
AGREEING = (*ASKERS, Role.COORDINATOR, Role.SIGNATORY)
TOLD = (*AGREEING, Role.ADMINISTRATOR)

CONSTRAINT_SENTENCES = {
    "export_is_one_at_a_time": gettext_lazy(
        "An export of your organisation is being made. Wait until it is done, or stop it."
    ),
    "export_is_agreed_by_another": gettext_lazy("Somebody else has to agree: it takes two people."),
}


def refuse_asker(by: Membership) -> str | None:
    """Say why somebody cannot have everything exported."""
    if by.has(*ASKERS):
        return None
    return _("The director, the data protection officer or a programme manager asks for an export of everything.")


def refuse_ask(*, public_key: str, by: Membership) -> str | None:
    """Say why this export cannot be asked for."""
    if refusal := refuse_asker(by):
        return refusal
    if Export.objects.filter(made_at=None, stopped_at=None, failed_at=None).exists():
        return str(CONSTRAINT_SENTENCES["export_is_one_at_a_time"])
    return refuse_key(public_key)


def refuse_key(public_key: str) -> str | None:
    """Say why something is not the public half of a key."""
    if public_key.strip().upper().startswith(age.IDENTITY.upper()):
        return _(
            "This is the secret half of a key. It must never leave your machine: make a new key, and give its public "
            "half, which begins with age1."
        )
    try:
        age.public_key(public_key)
    except age.NotOpened:
        return _("This is not the public half of a key. It begins with age1 and has 62 letters; copy all of it.")
    return None


def refuse_agree(export: Export, *, by: Membership) -> str | None:
    """Say why somebody does not agree to an export."""
    if not by.has(*AGREEING):
        return _("The director, the data protection officer, a programme manager, a coordinator or a signatory agrees.")
    if export.asked_by_id == by.pk:
        return str(CONSTRAINT_SENTENCES["export_is_agreed_by_another"])
    if export.stopped_at:
        return _("This export was stopped. Whoever needs it asks anew.")
    if export.agreed_at or export.made_at:
        return _("Somebody has agreed to this export already.")
    return None


def refuse_stop(export: Export, *, by: Membership) -> str | None:
    """Say why somebody does not stop an export."""
    if not by.has(*TOLD):
        return _("Whoever leads or administers the organisation stops an export.")
    if export.stopped_at:
        return _("This export is stopped already.")
    if export.deleted_at:
        return _("The file of this export is deleted already.")
    return None


def refuse_fetch(export: Export, *, by: Membership) -> str | None:
    """Say why somebody does not fetch the file."""
    if export.asked_by_id != by.pk or not by.has(*ASKERS):
        return _("Only the person who asked for this export fetches it: it opens with that person’s key.")
    if export.stopped_at:
        return _("This export was stopped. Whoever needs it asks anew.")
    if export.deleted_at:
        return _("The file was deleted a week after it was made. Ask for a new one.")
    if not export.made_at:
        return _("The file is not made yet.")
    return None


def is_alone(by: Membership) -> bool:
    """Tell whether an organisation has nobody else who could agree."""
    others = usable().filter(organisation=by.organisation_id).exclude(pk=by.pk)
    return not any(one.has(*AGREEING) for one in others)
