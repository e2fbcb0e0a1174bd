"""What can be quoted, and what may carry quotations: a `Kind` for each sort of record, listed in `config/wiring.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from concordat.cases.models import CaseRecord, FullRecord, SummaryRecord, ThresholdRecord
from concordat.cases.shown import category_of
from concordat.core.wiring import wired
from concordat.files.models import CaseAttachment, ParticipationFile
from concordat.people.models import Membership

Refusal = Callable[[Any, Membership], str | None]


def nothing_more(_row: object) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One sort of record: in which form it stands, and the names of its columns of text.

    A form that no rule gives, such as what is handed to a receiver by name, has a name of its own.
    `more` gives texts that hang on it: they are compared and not quoted. `page` is the address of a record that may
    carry quotations, and `refuse` says why somebody does not put one there; without them it carries none.
    """

    model: type[CaseRecord]
    form: str
    texts: Sequence[str]
    more: Callable[[Any], Iterable[str]] = nothing_more
    page: Callable[[Any], str] | None = None
    refuse: Refusal | None = None
    joined: Sequence[str] = ()

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def rows(self) -> QuerySet[Any]:
        """Every record of this kind that the reader may see."""
        return QuerySet(self.model).prefetch_related(*self.joined)

    def passages(self, row: CaseRecord) -> list[str]:
        """Return what can be quoted of a record."""
        return [text for name in self.texts if (text := getattr(row, name))]


@dataclass(frozen=True)
class FileKind:
    """Files of one sort of record, as `files.kinds` names it: referred to from another record, never copied."""

    name: str
    model: type[CaseAttachment]

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)


def kinds() -> Sequence[Kind]:
    return wired("QUOTABLE")  # type: ignore[no-any-return]


def file_kinds() -> Sequence[FileKind]:
    return wired("QUOTABLE_FILES")  # type: ignore[no-any-return]


def of(model: type[CaseRecord]) -> Kind:
    """Return the kind of a model; a model that texts are checked for has one."""
    return next(one for one in kinds() if one.model is model)


def named(name: str, *, carrying: bool = False) -> Kind:
    """Return the kind of that name, or the page that is not found."""
    for kind in kinds():
        if kind.name == name and (kind.page or not carrying):
            return kind
    raise Http404


# What a rule gives includes what is narrower: whoever may read the full text may read the summary too.
WIDTH = {"summary": 1, "full": 2}


def as_wide(source: Kind, row: CaseRecord, into: Kind, *, owner: int, category: int) -> bool:
    """Tell whether whoever reads a record of `into` reads this one too, by what the two are alone.

    The same organisation and category, and either the same sort of record or a form that comes with the other's.
    Everything else is taken for narrower: that two rules happen to reach the same people today promises nothing.
    """
    if row.owner_id != owner or category_of(row) != category:
        return False
    if source.model is into.model:
        return True
    return {source.form, into.form} <= WIDTH.keys() and WIDTH[source.form] <= WIDTH[into.form]


def records_page(row: CaseRecord) -> str:
    return reverse("cases:records", args=[row.case_id])


SHELVES = (
    Kind(FullRecord, "full", ["title", "text"], page=records_page),
    Kind(SummaryRecord, "summary", ["text"], page=records_page),
    Kind(ThresholdRecord, "threshold", ["text"]),
)
PARTICIPATION_FILES = FileKind("participation", ParticipationFile)
