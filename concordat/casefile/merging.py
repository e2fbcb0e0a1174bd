"""The pages for cases that may be about the same person: found, compared, merged, and taken apart again."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.merging import actions, alike, rules
from concordat.merging.forms import MergeForm, UndoForm
from concordat.merging.models import Merge
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .rights import own


@for_purpose(Purpose.ADMINISTRATION)
def found_alike(request: SignedInRequest) -> HttpResponse:
    """List the cases that may be about the same person."""
    refusal = rules.refuse_to_look(request.acting)
    pairs = [] if refusal else alike.pairs(request.acting)
    return render(request, "cases/alike.html", {"pairs": pairs, "refusal": refusal}, status=403 if refusal else 200)


@for_purpose(Purpose.ADMINISTRATION)
def merge(request: SignedInRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Show two cases side by side, and merge them."""
    both = (own(request, pk), own(request, other))
    known = alike.identities([pk, other])

    def save(kept: UUID, why: str) -> Merge:
        first, second = both if kept == both[0].pk else both[::-1]
        return actions.merge(first, second, why=why, by=request.acting)

    return show_form(
        request, MergeForm(sent(request), cases=both), save, title=_("Are these two the same person?"),
        intro=_("Nothing is moved, and nobody sees more than before. It can be undone."),
        refusal=rules.refuse_to_merge(both[0], by=request.acting), button=_("They are the same person"),
        done=_("The two cases are merged. Each stays where it was; they are shown beside each other."),
        to=reverse("cases:alike"), cancel_url=reverse("cases:alike"), template="cases/merge.html",
        both=[(case, known.get(case.pk)) for case in both],
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def undo_merge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take two merged cases apart again."""
    made = get_object_or_404(Merge.objects.select_related("kept", "folded"), pk=pk)
    return show_form(
        request, UndoForm(sent(request)), partial(actions.undo, made, by=request.acting),
        title=_("Take these two cases apart"), button=_("Take them apart"), kind="warning",
        caption=_("%(kept)s and %(folded)s") % {"kept": made.kept.reference, "folded": made.folded.reference},
        intro=_("Each case is shown alone again. Nothing was moved, so nothing has to go back."),
        refusal=rules.refuse_undo(made, by=request.acting), done=_("The two cases are apart again."),
        to=made.kept.get_absolute_url(), cancel_url=made.kept.get_absolute_url(),
    )  # fmt: skip
