"""A report of interference on paper: what was reported, answered and said to that, each as it was written."""

from django.utils.translation import gettext as _

from concordat.core.languages import page_language
from concordat.core.wording import plain_day
from concordat.documents.blocks import Block, Document, Heading, Paragraph

from . import rules
from .models import Interference, Outcome


def paper(one: Interference) -> Document:
    """Return the report with both positions. It names neither a person nor who reported."""
    facts = [
        (_("Reported by"), str(one.owner)), (_("Reported to"), str(one.to)), (_("Place"), str(one.place)),
        (_("Terms"), str(one.terms)), (_("Day"), plain_day(one.happened_on)),
        (_("What happened"), one.get_kind_display()),
        (_("Sessions not held or cut short because of it"), str(one.sessions_lost)),
        (_("Answer due"), plain_day(one.due_on)), (_("State"), rules.state_of(one)),
    ]  # fmt: skip
    return Document(
        title=_("Report of interference %(reference)s") % {"reference": one.reference}, language=page_language(),
        facts=facts, blocks=list(positions(one)),
        foot=_("%(reference)s. May be given to: everybody at either party.") % {"reference": one.reference},
    )  # fmt: skip


def positions(one: Interference) -> list[Block]:
    """Return what each side wrote, one below the other, under its own name."""
    found: list[Block] = [Heading(_("%(who)s reports") % {"who": one.owner}), Paragraph(one.words)]
    if one.answered_at:
        found += [
            Heading(_("%(who)s answers") % {"who": one.to}), Paragraph(str(Outcome(one.outcome).label)),
            Paragraph(one.answer),
        ]  # fmt: skip
    if one.replied_at:
        said = _("It is settled.") if one.settled else _("It is not settled: both positions stand.")
        found += [Heading(_("%(who)s says to that") % {"who": one.owner}), Paragraph(said)]
        found += [Paragraph(one.reply)] if one.reply else []
    return found
