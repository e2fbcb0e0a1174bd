"""Putting a passage of one record beneath another."""

from uuid import UUID

from django.db import transaction

from concordat.cases.models import CaseRecord
from concordat.cases.shown import category_of
from concordat.core.codes import Category
from concordat.core.errors import Refused
from concordat.files.models import CaseAttachment
from concordat.ledger.log import record
from concordat.people.models import Membership

from . import rules
from .kinds import of
from .models import Quotation


@transaction.atomic
def quote(row: CaseRecord, *, source: CaseRecord, words: str, by: Membership) -> Quotation:
    """Put a passage of a record beneath another one; whoever may read both sees it, and nobody takes it away."""
    kind, taken = of(type(row)), of(type(source))
    refusal = rules.refuse_to_quote_into(row, kind, by=by) or rules.refuse_words(words, taken.passages(source))
    if refusal:
        raise Refused(refusal)
    return _put(
        row, source, source_key=source.pk, words=words.strip(), written_in=getattr(source, "written_in", ""), by=by
    )


@transaction.atomic
def refer_to_file(row: CaseRecord, *, source: CaseAttachment, by: Membership) -> Quotation:
    """Refer to a file of another record. It is not copied: whoever may not open it there sees no sign of it here."""
    if refusal := rules.refuse_to_quote_into(row, of(type(row)), by=by):
        raise Refused(refusal)
    return _put(row, source, source_key=source.file_id, words="", written_in="", by=by)


def _put(row: CaseRecord, source: CaseRecord | CaseAttachment, *, source_key: UUID, words: str, written_in: str,
         by: Membership) -> Quotation:  # fmt: skip
    made = Quotation(
        owner_id=row.owner_id, case_id=row.case_id, kind=row._meta.db_table, record=row.pk, of_owner_id=source.owner_id,
        of_case=source.case_id, of_category=_category(source), from_kind=source._meta.db_table, source=source_key,
        words=words, written_in=written_in, created_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    record("record.quoted", owner=row.owner_id, case=row.case_id, categories=[category_of(row)], quotation=made.pk)
    if source.owner_id != row.owner_id:  # whoever owns the words reads in its own log where they went
        record(
            "record.quoted_by_another", owner=source.owner_id, case=source.case_id, categories=[_category(source)],
            quotation=made.pk,
        )  # fmt: skip
    return made


def _category(source: CaseRecord | CaseAttachment) -> Category:
    return Category(source.category_of) if isinstance(source.category_of, int) else category_of(source)  # type: ignore[arg-type]
