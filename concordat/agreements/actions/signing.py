"""Signing: the authorised signatory of a party, with the second factor, for exactly the text that was shown."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from concordat.agreements import rules
from concordat.agreements.models import Signature, Version
from concordat.ledger.log import record_for
from concordat.people.models import Membership

from .expiring import await_expiry
from .locking import hold, refuse_if


@transaction.atomic
def sign_on_paper(
    version: Version, *, scan: UUID, paper_signer: str, paper_on: date, check_number: str, by: Membership
) -> Signature:
    """Record that one's own side signed this text by hand. It counts from now on, whatever day stands on the paper."""
    agreement = hold(version.agreement)
    version = next(one for one in agreement.versions.all() if one.pk == version.pk)
    refuse_if(rules.refuse_sign(by, version) or rules.refuse_other_text(version, version.hash))
    refuse_if(rules.refuse_paper(version, check_number, paper_on) or rules.refuse_unconfirmed())
    signature = Signature.objects.create(
        version=version, organisation_id=by.organisation_id, membership=by, signed_at=now(), hash=version.hash,
        paper_signer=paper_signer, paper_on=paper_on, scan=scan,
    )  # fmt: skip
    record_for(
        "agreement.signed_on_paper", (agreement.party_a_id, agreement.party_b_id), agreement=agreement.pk,
        version=version.number, hash=version.hash, by=by.organisation_id, scan=scan,
    )  # fmt: skip
    await_expiry(agreement, by=by)
    return signature


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
    await_expiry(agreement, by=by)
    return signature
