"""Which assessments stand behind an agreement: what its check asks, what its page shows, when one is due again."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Kind, Version
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.wording import enumerated
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import rules
from .models import Assessment, Outcome

OURS = re.compile(r"IA-[A-Z2-9]{6}", re.IGNORECASE)


class Judged(NamedTuple):
    """Whether a number is one of Concordat's own, and what is wrong with the assessment behind it."""

    kept_here: bool
    problem: str = ""


def judge(version: Version, number: str) -> Judged:
    """Say whether the assessment that a protocol names stands behind its table of rules."""
    if not OURS.fullmatch(number):
        return Judged(kept_here=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT impact.judged(%s, %s)", [version.pk, number.upper()])
        ((word,),) = cursor.fetchall()
    problems = {
        "missing": _("No assessment with this number is decided for this agreement, by you or told to you."),
        "stop": _("The assessment says: do not share in this way."),
        "other_table": _("The table of rules is not the one that was assessed."),
        "overdue": _("The day by which the assessment is looked at again is over."),
    }
    return Judged(kept_here=True, problem=problems.get(word, ""))


# ---- the table of rules --------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """One row of the table that an assessment is about, in words; the posts that get the same stand in one."""

    category: str
    form: str
    purpose: str
    roles: str
    condition: str


class Given(NamedTuple):
    """What one party gives."""

    giver: str
    rows: Sequence[Row]


def cells_of(versions: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return what versions give now, as assessments hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, impact.cells_of(id)::text FROM unnest(%s::uuid[]) AS id", [list(versions)])
        return {version: json.loads(cells) for version, cells in cursor.fetchall()}


def in_words(cells: Iterable[Sequence[Any]]) -> list[Given]:
    """Write a table of rules, party by party."""
    found: dict[int, dict[tuple[int, str, str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for owner, category, form, purpose, role, condition in cells:
        found[owner][category, form, purpose, condition].append(str(Role(role).label))
    named = Organisation.objects.order_by().in_bulk(found)
    return [Given(str(named.get(one, "")), [_row(*key, roles) for key, roles in found[one].items()]) for one in found]


def _row(category: int, form: str, purpose: str, condition: str, roles: Sequence[str]) -> Row:
    kind, much, what_for = Category(category).label, Form(form).label, Purpose(purpose).label
    return Row(str(kind), str(much), str(what_for), enumerated(roles), str(Condition(condition).label))


# ---- when one is looked at again -----------------------------------------------------------------------------------


class Due(NamedTuple):
    """An assessment that is to be looked at again, since when or by when, and why."""

    assessment: Assessment
    on: date
    because: str


def due(found: QuerySet[Assessment]) -> list[Due]:
    """Return which of these decided assessments are to be looked at again: another table of rules, or their day."""
    held = list(found.exclude(decision="").filter(superseded_by=None).select_related("agreement", "version"))
    newest = newest_texts({one.agreement_id for one in held})
    cells = cells_of({one.pk for one in newest.values()}) if newest else {}
    return [one for assessment in held if (one := _due(assessment, newest.get(assessment.agreement_id), cells))]


def newest_texts(agreements: Collection[UUID]) -> dict[UUID, Version]:
    """Return the newest text that was proposed of each agreement."""
    texts = Version.objects.filter(agreement__in=agreements, proposed_at__isnull=False).order_by("number")
    return {one.agreement_id: one for one in texts}


def _due(one: Assessment, text: Version | None, cells: dict[UUID, list[Any]]) -> Due | None:
    assert one.review_on
    if text and text.number >= one.version.number and cells[text.pk] != one.cells:
        words = _("Version %(number)d gives something else than what was assessed.") % {"number": text.number}
        return Due(one, localdate(text.proposed_at), words)
    if one.review_on <= localdate():
        return Due(one, one.review_on, _("The day for looking at it again is here."))
    return None


# ---- the page of an agreement --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """What the page of an agreement says of assessments."""

    own: Sequence[Assessment] = ()
    due: Sequence[Due] = ()
    told: Sequence[Outcome] = ()
    begin_url: str = ""
    refusal: str | None = ""

    @property
    def shows(self) -> bool:
        return self.refusal is None or bool(self.told)


def section(agreement: Agreement, version: Version, by: Membership) -> Section:
    """Return what there is of a protocol, for whoever reads assessments."""
    if agreement.kind != Kind.PROTOCOL or not by.has(*rules.READERS):
        return Section()
    own = Assessment.objects.filter(agreement=agreement, owner=by.organisation_id).select_related("version")
    told = Outcome.objects.filter(agreement=agreement, to=by.organisation_id).select_related("owner")
    return Section(
        list(own), due(own), list(told), reverse("impact:begin", args=[version.pk]),
        rules.refuse_begin(version, by=by),
    )  # fmt: skip
