"""Saying that two cases are about the same person, and that they are not after all."""

from django.db import transaction
from django.utils.timezone import now

from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules
from .models import Merge


@transaction.atomic
def merge(kept: Case, folded: Case, *, why: str, by: Membership) -> Merge:
    """Merge a case into another of the same organisation. Nothing is moved, and nobody sees more than before."""
    if refusal := rules.refuse_merge(kept, folded, by=by):
        raise Refused(refusal)
    made = Merge(owner_id=kept.owner_id, kept=kept, folded=folded, why=why, made_by=by)
    made.save(force_insert=True)
    _record("case.merged", made)
    return made


@transaction.atomic
def undo(made: Merge, *, why: str, by: Membership) -> Merge:
    """Take two cases apart again."""
    hold(made)
    if refusal := rules.refuse_undo(made, by=by):
        raise Refused(refusal)
    made.undone_at, made.undone_by, made.why_undone = now(), by, why
    made.save(update_fields=["undone_at", "undone_by", "why_undone"])
    _record("case.taken_apart", made)
    return made


def _record(what: str, made: Merge) -> None:
    """Write one line for each of the two: whoever looks at the log of one of them finds it there."""
    for case in (made.kept_id, made.folded_id):
        record(what, owner=made.owner_id, case=case, categories=[Category.P02], merge=made.pk)
