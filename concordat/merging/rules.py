"""Why two cases are not merged, or not taken apart again: a sentence, or None."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case
from concordat.cases.rules import ASSIGNERS
from concordat.people.models import Membership

from .models import Merge

CONSTRAINT_SENTENCES: dict[str, str | Promise] = {
    "case_is_merged_once": gettext_lazy("This case is merged with another one already. Take them apart first."),
    "merges_make_no_chain": gettext_lazy(
        "One of the two is merged with another case already. Take those apart first, and merge all with the same case."
    ),
    "merge_is_of_two_cases": gettext_lazy("Choose two different cases."),
}


def refuse_to_look(by: Membership) -> str | None:
    """Say why somebody does not look for cases that are about the same person."""
    if not by.has(*ASSIGNERS):
        return _("Coordinators and programme managers look for cases that are about the same person.")
    return None


def refuse_to_merge(case: Case, *, by: Membership) -> str | None:
    """Say why somebody may not say that this case and another one are about the same person."""
    if case.owner_id != by.organisation_id or not by.has(*ASSIGNERS):
        return _("A coordinator or programme manager of the organisation that both cases belong to merges them.")
    return None


def refuse_merge(kept: Case, folded: Case, *, by: Membership) -> str | None:
    """Say why these two are not merged. The database asks the same."""
    for case in (kept, folded):
        if refusal := refuse_to_merge(case, by=by):
            return refusal
    if kept.pk == folded.pk:
        return str(CONSTRAINT_SENTENCES["merge_is_of_two_cases"])
    if kept.closed_at:
        return _("Work goes on under the case that you keep: choose the open one, or open it again first.")
    return None


def refuse_undo(merge: Merge, *, by: Membership) -> str | None:
    """Say why two cases are not taken apart again."""
    if refusal := refuse_to_merge(merge.kept, by=by):
        return refusal
    return _("They have been taken apart already.") if merge.undone_at else None
