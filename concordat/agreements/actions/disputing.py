"""Raising a disagreement and saying how it was settled. It changes no agreement: everything stays as it is."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements import rules
from concordat.agreements.disputes import lengths
from concordat.agreements.models import Agreement, Dispute
from concordat.clocks import actions as clocks
from concordat.core import edits
from concordat.core.errors import Refused
from concordat.people.models import Membership

from .locking import hold, refuse_if
from .stopping import log


@transaction.atomic
def dispute(agreement: Agreement, *, about: str, by: Membership) -> Dispute:
    """Raise a disagreement; the other party reads it at once."""
    agreement = hold(agreement)
    refuse_if(rules.refuse_dispute(by, agreement))
    if not about.strip():
        raise Refused(_("Say what you disagree about; the other party reads it."))
    made = Dispute.objects.create(
        agreement=agreement, organisation_id=by.organisation_id, about=about, raised_at=now(), raised_by=by
    )
    log("agreement.dispute_raised", agreement, dispute=made.pk)
    first, *ahead = lengths(made)
    clocks.start(
        "CLK-28", "workers", made, owner=by.organisation_id, other=other_party(agreement, by.organisation_id),
        reference=agreement.reference, starts_at=made.raised_at, length=first, ahead=ahead,
        address=agreement.get_absolute_url(), by=by,
    )  # fmt: skip
    return made


def other_party(agreement: Agreement, own: int) -> int:
    """Return the party across the table."""
    return agreement.party_b_id if agreement.party_a_id == own else agreement.party_a_id


@transaction.atomic
def settle(dispute: Dispute, *, outcome: str, by: Membership) -> Dispute:
    """Say how a disagreement was settled."""
    agreement = hold(dispute.agreement)
    edits.hold(dispute)
    refuse_if(rules.refuse_settle(by, dispute))
    if not outcome.strip():
        raise Refused(_("Say how it was settled; the other party reads it."))
    dispute.outcome, dispute.settled_at, dispute.settled_by = outcome, now(), by
    dispute.save(update_fields=["outcome", "settled_at", "settled_by"])
    log("agreement.dispute_settled", agreement, dispute=dispute.pk)
    clocks.stop("CLK-28", dispute, by=by)
    return dispute
