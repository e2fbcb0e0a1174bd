"""Recording an organisation's key, and taking in what it has countersigned."""

from django.db import transaction
from django.utils.translation import gettext as _

from concordat.core.edits import take_turn
from concordat.core.errors import Refused
from concordat.ledger import log, note
from concordat.ledger.checking import without_proof
from concordat.ledger.exporting import key_of
from concordat.ledger.models import Checkpoint, Countersignature, Witness
from concordat.people.models import Membership

from . import rules


@transaction.atomic
def record_key(*, text: str, level: int, by: Membership) -> Witness:
    """Record the public key under which an organisation countersigns from now on."""
    take_turn(by.organisation)
    try:
        key = note.read_key(text)
    except note.Unreadable:
        raise Refused(_("This is no public key. Bring the file whose name ends in .pub.")) from None
    if refusal := rules.refuse_key(by, key, level=level):
        raise Refused(refusal)
    witness = Witness.objects.create(
        organisation=by.organisation_id, name=key.name, public_key=key.public, membership=by.id
    )
    log.record("witness.recorded", owner=by.organisation_id, witness=witness.id, fingerprint=key.fingerprint)
    return witness


def receive(*, text: str, by: Membership) -> note.Note:
    """Read a checkpoint that somebody brings. One that contradicts this log is refused, and the log says that it came.

    Not in a transaction of its own: that line stays, although nothing else comes of it.
    """
    if refusal := rules.refuse_keeper(by):
        raise Refused(refusal)
    try:
        said = note.read(without_proof(text))
    except note.Unreadable:
        raise Refused(_("This is no checkpoint. Bring the file that your program has signed.")) from None
    if refusal := rules.refuse_unsigned(said):
        raise Refused(refusal)
    if refusal := rules.refuse_contradiction(said):
        log.record_refused("checkpoint.contradicted", size=said.size, root=said.root.hex())
        raise Refused(refusal)
    return said


@transaction.atomic
def countersign(said: note.Note, *, by: Membership) -> Countersignature:
    """Keep the signature that the organisation's newest key has made under a checkpoint of this log, once."""
    witness = Witness.objects.filter(organisation=by.organisation_id).first()
    found = Checkpoint.objects.filter(size=said.size).first()
    if found and note.read(found.note).body != said.body:
        found = None
    if refusal := rules.refuse_keeper(by) or rules.refuse_without_key(witness) or rules.refuse_unknown(found):
        raise Refused(refusal)
    assert witness
    assert found
    signature = said.signature_of(key_of(witness))
    if signature is None:
        raise Refused(
            _("This checkpoint is not signed with the recorded key of your organisation, %(fingerprint)s.")
            % {"fingerprint": key_of(witness).fingerprint}
        )
    made, is_new = Countersignature.objects.get_or_create(
        organisation=by.organisation_id, checkpoint=found, witness=witness,
        defaults={"signature": signature, "membership": by.id},
    )  # fmt: skip
    if is_new:
        log.record("checkpoint.countersigned", owner=by.organisation_id, checkpoint=found.id, size=found.size)
    return made
