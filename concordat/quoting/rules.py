"""Why something is not quoted, or not written as it stands, in words; None when it may be."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.access.asking import linked_cases, other_sides
from concordat.cases.models import CaseRecord
from concordat.cases.rules import ENTER_WORDS
from concordat.cases.shown import category_of
from concordat.core.codes import Category
from concordat.ledger.reading import collecting, note_read
from concordat.people.models import Membership

from . import kinds
from .copying import LENGTH, folded, shares_passage
from .kinds import Kind

CONSTRAINT_SENTENCES = {
    "quotation_is_of_another_record": gettext_lazy("A record does not quote itself. Choose another one."),
    "quotation_has_words_or_is_a_file": gettext_lazy("Copy in the words that you want to quote."),
}


def refuse_to_quote_into(row: CaseRecord, kind: Kind, *, by: Membership) -> str | None:
    """Say why somebody puts no quotation beneath a record."""
    if row.owner_id != by.organisation_id or not by.has(*ENTER_WORDS):
        return _("Whoever works on the case for the organisation that keeps the record quotes others in it.")
    return kind.refuse(row, by) if kind.refuse else None


def refuse_words(words: str, passages: Iterable[str]) -> str | None:
    """Refuse words that do not stand in the source: nobody is quoted with what they did not write."""
    wanted = " ".join(words.split())
    if not wanted:
        return str(CONSTRAINT_SENTENCES["quotation_has_words_or_is_a_file"])
    if not any(wanted in " ".join(passage.split()) for passage in passages):
        return _("These words do not stand like this in the record. Copy them exactly, one passage at a time.")
    return None


def refuse_copied(
    texts: Iterable[str], *, into: type[CaseRecord], case: UUID, beside: Collection[UUID] = (), by: Membership
) -> str | None:
    """Refuse texts that repeat a passage of a record which not everybody may read who will read them.

    What is compared is what the writer may read of the case, of the cases linked to it and of those `beside`.
    """
    typed = [one for one in map(folded, texts) if len(one) >= LENGTH]
    if not typed:
        return None
    target, category = kinds.of(into), category_of(into())
    for kind, row in _narrower(target, category, {case, *beside}, by):
        texts_of = [folded(text) for text in (*kind.passages(row), *kind.more(row))]
        if any(shares_passage(one, text) for one in typed for text in texts_of):
            note_read(row.owner_id, row.case_id, category_of(row))
            return _sentence(target, Category(category_of(row)))
    return None


def _narrower(target: Kind, category: int, cases: set[UUID], by: Membership) -> Iterator[tuple[Kind, CaseRecord]]:
    linked = {one.case for case in cases for one in linked_cases(case)}
    sides = Q(case__in=cases | linked)
    for case in cases:
        sides |= Q(case__in=other_sides(case))
    for kind in kinds.kinds():
        # Compared and shown to nobody: it is no read, unless it is the same, and then the caller notes it.
        with collecting():
            rows = list(kind.rows.filter(sides))
        for row in rows:
            if not kinds.as_wide(kind, row, target, owner=by.organisation_id, category=category):
                yield kind, row


def _sentence(target: Kind, category: Category) -> str:
    about = {"category": category.label}
    if target.page:
        return (
            _(
                "A passage of this stands word for word in another record, “%(category)s”, and not everybody may read "
                "that who will read this. Say it in your own words, or leave it out, save, and then quote the record "
                "beneath this one: whoever may read both sees it."
            )
            % about
        )
    return (
        _(
            "A passage of this stands word for word in another record, “%(category)s”, and not everybody may read "
            "that who will read this. Say in your own words what they need to know of it, or leave it out."
        )
        % about
    )
