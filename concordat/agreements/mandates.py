"""What a body may see by statute, on a page and on paper. Nobody signs it here, and no party can suspend it."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.languages import page_language
from concordat.core.wording import enumerated, long_day
from concordat.documents.blocks import Block, Document, Heading, Items, Paragraph, Table, plain
from concordat.people.models import Membership

from .controllers import Controllers, controllers, under
from .document import check_number, first_groups, instant
from .given import CLOSED
from .models import Mandate

MANDATES = Mandate.objects.select_related("body", "over").prefetch_related("cells", "places__place")


def listed(by: Membership) -> QuerySet[Mandate]:
    """Return the mandates of one's own organisation, and those over it."""
    own = Q(body=by.organisation_id) | Q(over=by.organisation_id)
    return Mandate.objects.select_related("body", "over").filter(own).order_by("starts_at")


def canonical(mandate: Mandate) -> str:
    """Return everything of a mandate that has an effect, in one fixed order."""
    whole = {
        "id": str(mandate.pk), "body": mandate.body_id, "over": mandate.over_id, "activity": mandate.activity,
        "statute": mandate.statute, "whole_team": mandate.whole_team, "from": instant(mandate.starts_at),
        "until": instant(mandate.ends_at),
        "cells": sorted([one.category, one.form, one.purpose] for one in mandate.cells.all()),
        "places": sorted(str(one.place_id) for one in mandate.places.all()),
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def facts(mandate: Mandate) -> list[tuple[str, str]]:
    """Return who sees over whom, by which law and for how long."""
    end = plain(long_day(mandate.ends_at)) if mandate.ends_at else _("No end is set")
    return [
        (_("Body"), mandate.body.name),
        (_("Over whom"), mandate.over.name),
        (_("Statute"), mandate.statute),
        (_("Activity"), mandate.get_activity_display()),
        (_("From"), plain(long_day(mandate.starts_at))),
        (_("Until"), end),
        (_("Check number"), first_groups(check_number(canonical(mandate)))),
    ]


def rows(mandate: Mandate) -> list[tuple[str, str, str]]:
    """Return what it opens: kind and form, with the purposes for which it does."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for one in sorted(mandate.cells.all(), key=lambda one: (one.category, one.form, one.purpose)):
        key = (one.category, str(one.get_category_display()), one.get_form_display())
        found.setdefault(key, []).append(one.get_purpose_display())
    return [(kind, form, enumerated(purposes)) for (_number, kind, form), purposes in found.items()]


def columns() -> list[str]:
    return [_("What"), _("How much"), _("For which purpose")]


def places(mandate: Mandate) -> list[str]:
    found = sorted(one.place.name for one in mandate.places.all())
    return found or [_("Every place of %(over)s") % {"over": mandate.over.name}]


def binding(mandate: Mandate) -> list[str]:
    """Say what no party can do, who of the body sees, and what stays closed."""
    who = (
        _("Everybody of the body who is there for it.") if mandate.whole_team else _("Whoever of the body is assigned.")
    )
    closed = [str(one.label) for one in CLOSED]
    return [
        _("It rests on a law and on nobody’s signature. No party can suspend it, end it or narrow it here."),
        who,
        _("Whoever has a conflict of interest with a case does not see it."),
        _("Every reading stands in the log of both."),
        _("Closed to it as to every agreement: %(kinds)s") % {"kinds": enumerated(closed)},
    ]


def holds_now(mandate: Mandate) -> bool:
    return mandate.starts_at <= now() and (mandate.ends_at is None or mandate.ends_at > now())


def shown(mandate: Mandate, by: Membership) -> dict[str, Any]:
    """Return what the page of a mandate shows."""
    return {
        "mandate": mandate, "facts": facts(mandate), "rows": rows(mandate), "places": places(mandate),
        "binding": binding(mandate), "laws": laws(mandate, by), "holds_now": holds_now(mandate),
    }  # fmt: skip


def laws(mandate: Mandate, by: Membership) -> list[str]:
    """Say under which law either keeps data, as far as the reader may know."""
    known: Controllers = controllers(by.organisation, [mandate.body, mandate.over])
    return [under(one, known.law(one.pk, 0)) for one in (mandate.body, mandate.over)]


def document_of(mandate: Mandate, by: Membership) -> Document:
    """Return a mandate as a document to keep, in the language of the page."""
    named = facts(mandate)
    return Document(
        title=_("What %(body)s may see by statute") % {"body": mandate.body.name},
        language=page_language(),
        facts=named,
        blocks=list(blocks(mandate, by)),
        foot=_("%(statute)s. Check number %(number)s. Anybody may read it.")
        % {"statute": mandate.statute, "number": named[-1][1]},
    )


def blocks(mandate: Mandate, by: Membership) -> Iterator[Block]:
    """Yield what it opens, where, and what nobody can change of it."""
    yield Heading(_("What it opens"))
    yield Table(columns(), [list(one) for one in rows(mandate)])
    yield Heading(_("At which places"))
    yield Items(places(mandate))
    yield Heading(_("What holds whatever anybody signs"))
    yield Items(binding(mandate))
    yield Heading(_("The legal basis"))
    yield Paragraph(mandate.statute)
    yield Heading(_("Under which law each keeps data"))
    yield Items(laws(mandate, by))
