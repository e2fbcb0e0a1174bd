"""What persons say against records, as it stands beside them: loaded for the records that a page shows.

Whoever reads a record reads what stands beside it, nobody else: the policies look the record up as the reader.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from concordat.core.parts import Said
from concordat.core.wording import plain_day
from concordat.people.models import Membership

from .models import CaseRecord, Disagreement

Beside = dict[UUID, list[Said]]


def beside(records: Iterable[CaseRecord]) -> Beside:
    """Return for each of these records what the person says against it, the oldest first: two queries at most."""
    numbers = [one.pk for one in records]
    found = list(Disagreement.objects.filter(record__in=numbers).select_related("owner")) if numbers else []
    said: Beside = defaultdict(list)
    for one, shown in zip(found, in_words(found), strict=True):
        said[one.record].append(shown)
    return said


def in_words(found: Collection[Disagreement]) -> list[Said]:
    """Return statements in the shape in which they are shown."""
    # Asked apart: a body without an agreement may read a record and not the name of whoever entered something.
    authors = Membership.objects.in_bulk({one.created_by_id for one in found}) if found else {}
    return [_as_said(one, authors.get(one.created_by_id)) for one in found]


def _as_said(one: Disagreement, author: Membership | None) -> Said:
    values = {
        "day": plain_day(one.said_on),
        "entered": plain_day(one.created_at),
        "who": author.shown_name if author else "",
        "organisation": one.owner.name,
    }
    if author:
        note = _("Said on %(day)s. Entered on %(entered)s by %(who)s, %(organisation)s.") % values
    else:
        note = _("Said on %(day)s. Entered on %(entered)s by %(organisation)s.") % values
    return Said(one.words, one.written_in, note)
