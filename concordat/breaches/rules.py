"""Why something about a breach is refused, in words; None when it may be done."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Breach, Harm, Telling

HANDLERS = (Role.DATA_PROTECTION, Role.DIRECTOR, Role.PROGRAMME_MANAGER, Role.COORDINATOR)
RECEIVERS = (*HANDLERS, Role.SIGNATORY)

CONSTRAINT_SENTENCES = {
    "breach_is_told_once_to_each": gettext_lazy("This partner is on the list already."),
    "breach_was_known_before": gettext_lazy("Somebody knew of it before it was reported: give a time in the past."),
    "breach_stays": gettext_lazy("What was told stays as it was told."),
    "telling_stays": gettext_lazy("What a partner was told stays as it was told."),
    "breach_is_closed_when_partners_know": gettext_lazy("A partner is not told yet. Tell every partner first."),
    "breach_is_closed_when_all_is_said": gettext_lazy(
        "Assess it, and say whether the supervisory authority and the persons were told, before you close it."
    ),
}


def refuse_handler(by: Membership) -> str | None:
    """Say why somebody does not deal with breaches."""
    if by.has(*HANDLERS):
        return None
    return _("The data protection officer, the director, a programme manager or a coordinator deals with it.")


def refuse_open(breach: Breach, *, by: Membership) -> str | None:
    """Say why nothing is added to a breach."""
    return refuse_handler(by) or (_("This is closed.") if breach.closed_at else None)


def refuse_authority(breach: Breach, *, why_not: str = "", by: Membership) -> str | None:
    """Say why it is not recorded that the authority was told, or why not."""
    if refusal := refuse_assessed(breach, by=by):
        return refusal
    if breach.authority_at:
        return str(CONSTRAINT_SENTENCES["breach_stays"])
    if why_not and breach.harm == Harm.GRAVE:
        return _("Where grave harm is possible, the supervisory authority is told.")
    return None


def refuse_persons(breach: Breach, *, by: Membership) -> str | None:
    """Say why it is not recorded that the persons were told, or why not."""
    if refusal := refuse_assessed(breach, by=by):
        return refusal
    return str(CONSTRAINT_SENTENCES["breach_stays"]) if breach.persons_on else None


def refuse_assessed(breach: Breach, *, by: Membership) -> str | None:
    if refusal := refuse_open(breach, by=by):
        return refusal
    return None if breach.assessed_at else _("Assess it first: what got out, about how many persons, what can follow.")


def refuse_tell(telling: Telling, *, by: Membership) -> str | None:
    """Say why a partner is not told."""
    if refusal := refuse_open(telling.breach, by=by):
        return refusal
    return str(CONSTRAINT_SENTENCES["telling_stays"]) if telling.sent_at else None


def refuse_close(breach: Breach, *, by: Membership) -> str | None:
    """Say why it is not closed."""
    if refusal := refuse_open(breach, by=by):
        return refusal
    if breach.tellings.filter(sent_at=None).exists():
        return str(CONSTRAINT_SENTENCES["breach_is_closed_when_partners_know"])
    if not (breach.assessed_at and breach.authority_by_id and breach.persons_by_id):
        return str(CONSTRAINT_SENTENCES["breach_is_closed_when_all_is_said"])
    return None
