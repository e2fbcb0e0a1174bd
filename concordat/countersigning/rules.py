"""Why something about countersigning is refused, in words for the user; None when it is allowed."""

from django.utils.translation import gettext as _

from concordat.ledger import checking, note, tree
from concordat.ledger.checkpoints import key_of_log
from concordat.ledger.models import Checkpoint, Witness
from concordat.people.models import Membership
from concordat.people.roles import Role

KEEPERS = frozenset({Role.SIGNATORY, Role.DIRECTOR, Role.DATA_PROTECTION, Role.ADMINISTRATOR})
CONFIRMED = 2  # the level of a second factor confirmed just now


def refuse_keeper(by: Membership) -> str | None:
    """Say why somebody does not keep the checkpoints of their organisation."""
    if not KEEPERS & set(by.roles):
        return _(
            "A signatory, a director, a data protection officer or an administrator of %(organisation)s does this."
        ) % {"organisation": by.organisation}
    return None


def refuse_key(by: Membership, key: note.Key, *, level: int) -> str | None:
    """Say why a key cannot be recorded as that of the organisation of `by`."""
    if refusal := refuse_keeper(by):
        return refusal
    if level < CONFIRMED:
        return _("This needs your second factor, confirmed just now.")
    if key.public == key_of_log().public:
        return _("This is the key of the log itself. Bring the .pub file that you made for your organisation.")
    if Witness.objects.filter(organisation=by.organisation_id, public_key=key.public).exists():
        return _("This key is recorded already.")
    return None


def refuse_since(since: int, newest: Checkpoint | None) -> str | None:
    """Say why there is no proof that goes on from so many lines."""
    if newest is None:
        return _("No checkpoint has been made yet. The first one comes within minutes.")
    if since > newest.size:
        return _(
            "The newest checkpoint is about %(size)s lines, and you ask for one that goes on from %(since)s. If you "
            "hold a signed checkpoint about that many, this log was rolled back, for example by restoring an older "
            "backup. Keep your file, and tell the operator and your partners."
        ) % {"size": newest.size, "since": since}
    return None


def refuse_unsigned(said: note.Note) -> str | None:
    """Say why a checkpoint is not one of this log at all."""
    if said.signature_of(key_of_log()) is None:
        return _("This checkpoint is not signed with the key of this log. Fetch the newest one here, and sign that.")
    return None


def refuse_contradiction(said: note.Note) -> str | None:
    """Say why a checkpoint that this log has signed is not about this log: it is another one, or has become shorter."""
    if next(checking.against_tree(said, ""), None) is None:
        return None
    if said.size > tree.size_of_tree():
        return _(
            "ROLL-BACK: the log signed this checkpoint about %(size)s lines, and it has fewer now. Lines were lost, or "
            "an older backup was restored. Keep your file: it is the proof. The log has noted that you brought it; "
            "tell the operator and your partners."
        ) % {"size": said.size}
    return _(
        "FORK: the log signed this checkpoint about %(size)s lines, and those lines are others now. Keep your file: it "
        "is the proof. The log has noted that you brought it; tell the operator and your partners."
    ) % {"size": said.size}


def refuse_unknown(found: Checkpoint | None) -> str | None:
    """Say why a checkpoint of this log cannot be countersigned here, although it is right."""
    if found is None:
        return _(
            "This checkpoint is right, but it is not kept here any more, probably since a backup was restored. Fetch "
            "the newest one, going on from yours, and sign that."
        )
    return None


def refuse_without_key(witness: Witness | None) -> str | None:
    """Say why an organisation cannot countersign yet."""
    return None if witness else _("Record the public key of your organisation first.")
