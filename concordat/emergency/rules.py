"""Why something about emergency access is refused, in words; None when it is allowed. The database asks the same.

Whether the case that somebody asks for exists is no rule here: nobody who asks may learn it.
"""

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Request

ASKERS = (
    Role.PROGRAMME_MANAGER, Role.CASE_OFFICER, Role.SECURITY_MANAGER, Role.COORDINATOR, Role.FACILITATOR, Role.MONITOR,
)  # fmt: skip
ANSWERING = (Role.DATA_PROTECTION, Role.PROGRAMME_MANAGER, Role.COORDINATOR)

CONSTRAINT_SENTENCES = {
    "emergency_says_why": gettext_lazy("Say which case, and why it is an emergency."),
    "emergency_lasts_hours": gettext_lazy("Choose between 1 and 24 hours."),
    "emergency_is_opened_by_another": gettext_lazy("Two people are needed: somebody else opens it."),
    "emergency_needs_two_people": gettext_lazy("Two people are needed: somebody else opens it."),
    "emergency_is_opened_by_who_sees_the_case": gettext_lazy("Somebody who may open the case anyway opens it."),
    "emergency_is_answered_within_a_day": gettext_lazy(
        "This was asked more than a day ago. If it is still an emergency, it is asked anew."
    ),
    "emergency_is_for_somebody_at_work": gettext_lazy("Whoever asked does not work here any more."),
    "emergency_lasts_no_longer_than_asked": gettext_lazy("Open it for as many hours as were asked for, or fewer."),
    "emergency_is_without_conflict": gettext_lazy(
        "Whoever asked has declared a conflict of interest with this case. Somebody else has to read it."
    ),
    "emergency_lifts_no_restriction": gettext_lazy(
        "The person has shut out whoever asked. That holds in an emergency too: somebody else has to read it."
    ),
    "emergency_opens_what_is_closed": gettext_lazy("Whoever asked may open this case already."),
    "emergency_is_looked_at_after_its_end": gettext_lazy("It is still open. It is looked at when it has ended."),
    "emergency_is_looked_at_by_a_third": gettext_lazy(
        "A third person looks at it: neither whoever asked nor whoever opened it."
    ),
    "emergency_stands_as_it_was": gettext_lazy("Somebody else has done something about this meanwhile. Look again."),
    "emergency_review_is_whole": gettext_lazy("Say what you find, and in words why."),
}


def refuse_to_ask(by: Membership) -> str | None:
    """Say why somebody cannot ask for emergency access."""
    if by.has(Role.ADMINISTRATOR) or not by.has(*ASKERS):
        return _("Your post reads no records, in an emergency neither. Ask somebody who works with cases.")
    return None


def refuse_answering(by: Membership) -> str | None:
    """Say why somebody neither opens a case to others nor looks at what they read."""
    if by.has(Role.ADMINISTRATOR) or not by.has(*ANSWERING):
        return _(
            "The data protection officer, a coordinator or a programme manager who may open the case decides, and not "
            "an administrator."
        )
    return None


def refuse_to_open(request: Request, *, by: Membership) -> str | None:
    """Say why somebody cannot open a case to whoever asked."""
    if refusal := refuse_answering(by):
        return refusal
    if by.pk == request.asked_by_id or by.user_id == request.asked_by.user_id:
        return str(CONSTRAINT_SENTENCES["emergency_needs_two_people"])
    if request.opened_at:
        return _("It has been opened already.")
    return None if request.waits else str(CONSTRAINT_SENTENCES["emergency_is_answered_within_a_day"])


def refuse_to_end(request: Request, *, by: Membership) -> str | None:
    """Say why somebody cannot end it."""
    if by.pk != request.asked_by_id and (refusal := refuse_answering(by)):
        return refusal
    return None if request.is_open else _("It is not open.")


def refuse_to_review(request: Request, *, by: Membership) -> str | None:
    """Say why somebody cannot close the report on it."""
    if refusal := refuse_answering(by):
        return refusal
    if request.reviewed_at:
        return _("Somebody has looked at it already.")
    if request.ends_at is None or now() < request.ends_at:
        return str(CONSTRAINT_SENTENCES["emergency_is_looked_at_after_its_end"])
    opener = request.opened_by.user_id if request.opened_by else None
    if by.user_id in {request.asked_by.user_id, opener}:
        return str(CONSTRAINT_SENTENCES["emergency_is_looked_at_by_a_third"])
    return None
