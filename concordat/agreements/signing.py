"""What somebody sees before they sign: the text in short, its check number, and what follows."""

from typing import Any

from django.utils.translation import gettext as _

from concordat.core import wording
from concordat.core.parts import Answer
from concordat.people.models import Membership

from . import given
from .document import first_groups
from .models import Kind, Version
from .rules import unsigned_by
from .sides import other, titled
from .status import status


def before(version: Version, by: Membership) -> dict[str, Any]:
    """Return what the page before signing shows."""
    agreement = version.agreement
    whom = other(agreement, by.organisation_id)
    days = {
        "first": wording.long_day(version.first_day),
        "last": wording.long_day(version.last_day),
        "zone": agreement.time_zone,
    }
    who = {"name": by.shown_name, "title": by.title, "organisation": by.organisation}
    rows = [
        Answer(
            _("Agreement"), _("%(title)s, %(reference)s") % {"title": agreement.title, "reference": agreement.reference}
        ),
        Answer(_("With"), whom.name),
        Answer(_("Version"), version.number),
        Answer(_("In force"), _("%(first)s to the end of %(last)s, %(zone)s") % days),
        Answer(_("Check number begins with"), first_groups(version.hash)),
        Answer(_("You sign as"), _("%(name)s, %(title)s, for %(organisation)s") % who),
    ]
    held = status(agreement).version
    changes = []
    if agreement.kind == Kind.PROTOCOL and held:
        changes = given.changes(given.giving(agreement, held), given.giving(agreement, version))
    return {
        "version": version,
        "rows": rows,
        "changes": changes,
        "now_words": _("Now"),
        "then_words": _("After signing"),
        "caption": _("Sign version %(number)d of “%(title)s”") % {"number": version.number, "title": agreement.title},
        "consequence": consequence(version, whom.name),
        "button": _("Sign version %(number)d") % {"number": version.number},
    }


def consequence(version: Version, whom: str) -> str:
    """Say what follows from this signature."""
    if len(unsigned_by(version)) > 1:
        return _("%(who)s has not signed yet. Until it has, nothing changes.") % {"who": whom}
    return _(
        "%(who)s has signed. With your signature this text holds from its first day on, and access opens in the "
        "same second. "
        "An earlier version ends then."
    ) % {"who": whom}


def scans(files: Any, by: Membership) -> list[tuple[str, str]]:  # noqa: ANN401 - what the wiring gives
    """Return which files can be the scan: one's own organisation's that can be opened."""
    own = [row.file for row in files.rows if row.file.owner_id == by.organisation_id and row.refuse_to_open is None]
    return [(str(one.pk), one.name) for one in own]


def on_paper(version: Version) -> dict[str, Any]:
    """Return what the page for a signature on paper shows."""
    return {
        "version": version,
        "caption": titled(version),
        "intro": _(
            "It counts from the moment in which you record it, whatever day stands on the paper, and is marked as "
            "signed on paper everywhere. Nobody records it for the other party."
        ),
    }


def done(version: Version) -> str:
    if len(unsigned_by(version)) > 1:
        return _("Signed. The other party has not signed yet; until then nothing changes.")
    return _("Signed. Both parties have signed.")
