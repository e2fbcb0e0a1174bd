"""What files may hang on: one `Kind` for each sort of record, listed in `config/wiring.py`; there is none for sessions.

A kind says how its record is found, shown and named, and what its own rules say about attaching and removing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.agreements.models import Version
from concordat.agreements.rules import WRITERS, refuse_stranger
from concordat.cases.models import Participation
from concordat.cases.rules import refuse_to_record_participation
from concordat.core.codes import Category
from concordat.core.wiring import wired
from concordat.people.models import Membership

from .models import AgreementFile, Attachment, CaseAttachment, File, ParticipationFile

OfAnyKind = Any  # a record: each kind knows its own
Refusal = Callable[[OfAnyKind, Membership], str | None]


@dataclass(frozen=True)
class Kind:
    """One sort of record that may have files. `parents` finds the record under the policies."""

    name: str
    model: type[Attachment]
    parents: QuerySet[Any]
    caption: Callable[[Any], str]
    url: Callable[[Any], str]
    readers: Callable[[Any], str]
    owners: Callable[[Any], list[int]]
    refuse_to_attach: Refusal
    refuse_to_remove: Refusal
    refuse_to_lose: Callable[[Any, File], str | None] = lambda _record, _file: None  # whoever asks, and at once

    @property
    def category(self) -> int | None:
        """The category of its records, where they are about a person."""
        return self.model.category_of if issubclass(self.model, CaseAttachment) else None  # type: ignore[return-value]

    def record(self, pk: UUID) -> OfAnyKind:
        """Return the record, or the page that is not found."""
        return get_object_or_404(self.parents, pk=pk)

    def on(self, record: Model) -> QuerySet[Attachment]:
        """Return what hangs on a record, the newest first, without any bytes."""
        return self.all().filter(**{self.model.parent_column: record})

    def all(self) -> QuerySet[Attachment]:
        """Return all attachments of this kind that the reader may see."""
        return (
            QuerySet(self.model)
            .select_related("file__owner", "file__created_by", "file__removed_by", "file__replaced_by")
            .order_by("-file__created_at")
        )

    def hang(self, file: File, record: OfAnyKind) -> Attachment:
        """Hang a file on a record."""
        about = {"owner_id": file.owner_id, "created_by_id": file.created_by_id, self.model.parent_column: record}
        if issubclass(self.model, CaseAttachment):
            about["case_id"] = record.case_id
        return QuerySet(self.model).create(file=file, **about)


def kind_of(name: str) -> Kind:
    """Return the kind of that name, or the page that is not found."""
    for kind in wired("FILE_KINDS"):
        if kind.name == name:
            return kind  # type: ignore[no-any-return]
    raise Http404


def owner_alone(record: OfAnyKind) -> list[int]:
    """Return whose log a line about a file of this record stands in: its owner's."""
    return [record.owner_id]


# ---- the paper that a person signed --------------------------------------------------------------------------------


def refuse_participation_file(record: Participation, by: Membership) -> str | None:
    if refusal := refuse_to_record_participation(record.case, by=by):
        return refusal
    if record.withdrawn_at:
        return _("The person no longer agrees, so nothing is added to this agreement or taken from it.")
    return None


def participation_readers(_record: Participation) -> str:
    return _(
        "Who sees this agreement in full sees its files: those of your organisation who work with this person. Nobody "
        "else, unless an agreement gives “%(category)s” in full."
    ) % {"category": Category.P31.label}


PARTICIPATION = Kind(
    name="participation",
    model=ParticipationFile,
    parents=Participation.objects.select_related("case", "link"),
    caption=lambda record: _("Person %(code)s") % {"code": record.case.working_code},
    url=lambda record: reverse("referrals:prepare", args=[record.link_id]),
    readers=participation_readers,
    owners=owner_alone,
    refuse_to_attach=refuse_participation_file,
    refuse_to_remove=refuse_participation_file,
)


# ---- papers beside an agreement ------------------------------------------------------------------------------------


def refuse_agreement_file(version: Version, by: Membership) -> str | None:
    if refusal := refuse_stranger(by, version.agreement):
        return refusal
    if not by.has(*WRITERS):
        return _("A partnership officer, a director or an authorised signatory attaches files to an agreement.")
    return None


def refuse_agreement_removal(version: Version, by: Membership) -> str | None:
    if refusal := refuse_agreement_file(version, by):
        return refusal
    if version.proposed_at:
        return _("A proposed version keeps its files. Attach another one that replaces it.")
    return None


def refuse_losing_scan(version: Version, file: File) -> str | None:
    if any(one.scan == file.pk for one in version.signatures.all()):
        return _("This is the scan of a signature, so it stays.")
    return None


def agreement_readers(version: Version) -> str:
    if version.proposed_at is None:
        return _(
            "Only %(organisation)s sees this draft and its files. Once the draft is proposed, both parties see them."
        ) % {"organisation": version.drafted_for}
    return _(
        "Both parties see these files. They are not part of the signed text, unless a clause names one by its check "
        "number."
    )


AGREEMENT = Kind(
    name="agreement",
    model=AgreementFile,
    parents=Version.objects.select_related("agreement__party_a", "agreement__party_b", "drafted_for").prefetch_related(
        "signatures"
    ),
    caption=lambda version: (
        _("%(reference)s, version %(number)s") % {"reference": version.agreement.reference, "number": version.number}
    ),
    url=lambda version: reverse("agreements:version", args=[version.agreement_id, version.number]),
    readers=agreement_readers,
    # a line in the other party's log would tell of a draft
    owners=lambda version: (
        [version.agreement.party_a_id, version.agreement.party_b_id]
        if version.proposed_at
        else [version.drafted_for_id]
    ),
    refuse_to_attach=refuse_agreement_file,
    refuse_to_remove=refuse_agreement_removal,
    refuse_to_lose=refuse_losing_scan,
)
