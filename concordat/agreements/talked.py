"""Where one proposal about a text stands: open, met with another one, taken or not."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concordat.core.parts import State

from .models import Reply, Suggestion
from .sides import other


def reply_of(one: Suggestion) -> Reply | None:
    return getattr(one, "reply", None)


def is_open(one: Suggestion) -> bool:
    """Say whether it waits for the other party: neither answered nor met with a proposal of theirs."""
    return reply_of(one) is None and not hasattr(one, "countered_by")


def waiting_for(found: Iterable[Suggestion], organisation: int) -> list[Suggestion]:
    """Return what waits for one party's answer."""
    return [one for one in found if is_open(one) and one.organisation_id != organisation]


def state_of(one: Suggestion) -> State:
    """Say where a proposal stands."""
    if reply := reply_of(one):
        return State("done", _("Taken")) if reply.accepted else State("rest", _("Not taken"))
    if hasattr(one, "countered_by"):
        return State("rest", _("Met with another proposal"))
    return State("soon", _("Waits for %(who)s") % {"who": other(one.version.agreement, one.organisation_id)})
