"""Signing: the authorised signatory of a party, with the second factor, for exactly the text that was shown."""

from django.db import transaction
from django.utils.timezone import now

from concordat.agreements import rules
from concordat.agreements.models import Signature, Version
from concordat.ledger.log import record_for
from concordat.people.models import Membership

from .locking import hold, refuse_if


@transaction.atomic
def sign(version: Version, *, hash: str, by: Membership) -> Signature:  # noqa: A002 - it is the hash that is signed
    """Sign the check number of a proposed version. With the last signature it is in force, and access opens."""
    agreement = hold(version.agreement)
    version = next(one for one in agreement.versions.all() if one.pk == version.pk)
    refuse_if(rules.refuse_sign(by, version) or rules.refuse_other_text(version, hash) or rules.refuse_unconfirmed())
    signature = Signature.objects.create(
        version=version, organisation_id=by.organisation_id, membership=by, signed_at=now(), hash=version.hash
    )
    record_for(
        "agreement.signed",
        (agreement.party_a_id, agreement.party_b_id),
        agreement=agreement.pk,
        version=version.number,
        hash=version.hash,
        by=by.organisation_id,
    )
    return signature
