"""The clock of an agreement that both parties have signed: it runs to the last day that they signed for."""

from datetime import datetime

from django.db.models import Count

from concordat.agreements.models import Agreement, Version
from concordat.clocks import actions as clocks
from concordat.people.models import Membership

PARTIES = 2


def await_expiry(agreement: Agreement, *, by: Membership) -> None:
    """Let the clock run to the end of what both have signed; a draft or one signature moves nothing."""
    signed = Version.objects.filter(agreement=agreement).annotate(signed=Count("signatures")).filter(signed=PARTIES)
    last = signed.order_by("-ends_at").values_list("ends_at", flat=True).first()
    if last:
        run_to(agreement, last, by=by)


def run_to(agreement: Agreement, until: datetime, *, by: Membership) -> None:
    """Let the clock run to another instant."""
    clocks.stop("CLK-27", agreement, by=by)
    clocks.start(
        "CLK-27", "expiry", agreement, owner=agreement.party_a_id, other=agreement.party_b_id,
        reference=agreement.reference, until=until, by=by,
    )  # fmt: skip
