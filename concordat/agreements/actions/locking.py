"""One change of an agreement's life at a time: two signatories who act in the same second wait for each other."""

from django.utils.translation import gettext as _

from concordat.agreements import rules
from concordat.agreements.models import Agreement, Version
from concordat.agreements.status import with_everything
from concordat.core import edits
from concordat.core.errors import Refused
from concordat.people.models import Membership


def refuse_if(sentence: str | None) -> None:
    """Raise the refusal of a rule, if there is one."""
    if sentence:
        raise Refused(sentence)


def hold(agreement: Agreement) -> Agreement:
    """Wait until nobody else changes this agreement, keep it so to the end of the transaction, and return it as it is.

    Its status depends on rows beside it, so all of them are read anew.
    """
    edits.take_turn(agreement)
    held = with_everything().filter(pk=agreement.pk).first()
    if held is None:
        raise Refused(_("Only the parties of an agreement can do this."))
    return held


def hold_draft(version: Version, by: Membership) -> None:
    """Hold a draft that somebody is about to change, and refuse where they may not."""
    edits.hold(version)
    refuse_if(rules.refuse_edit(by, version))
