"""Stating under which law one's organisation keeps data."""

from collections.abc import Collection

from django.db import transaction

from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules
from .models import Regime


@transaction.atomic
def state(*, law: str, enforcement: Collection[int], citation: str, by: Membership) -> Regime:
    """State it anew; what was stated before stays, and the newest counts."""
    if refusal := rules.refuse_state(by) or rules.refuse_law(by, law, enforcement):
        raise Refused(refusal)
    made = Regime.objects.create(
        organisation_id=by.organisation_id, law=law, enforcement=sorted(enforcement), citation=citation, stated_by=by
    )
    record("controllers.stated", owner=made.organisation_id, categories=made.enforcement, law=law)
    return made
