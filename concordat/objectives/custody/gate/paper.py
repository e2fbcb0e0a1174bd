"""A pass on paper: who may come where, in which days, with which things. The name is the one shown to others."""

from django.utils.translation import gettext as _

from concordat.core.languages import page_language
from concordat.core.wording import plain_day
from concordat.documents.blocks import Block, Document, Heading, Items, Paragraph
from concordat.objectives.custody.models import Pass


def paper(one: Pass) -> Document:
    """Return the pass. Whoever stands at the gate compares its reference with the list of the day."""
    facts = [
        (_("Worker"), one.worker.shown_name), (_("Organisation"), str(one.owner)), (_("Place"), str(one.place)),
        (_("From"), plain_day(one.from_on)), (_("Last day"), plain_day(one.until_on)),
    ]  # fmt: skip
    allowed = [item.name for item in one.items.all() if item.allowed]
    blocks: list[Block] = [Heading(_("What may be brought")), Items(allowed) if allowed else Paragraph(_("Nothing."))]
    words = _(
        "This paper alone opens nothing: the list of the day says whether the pass is valid. It is not when a "
        "clearance, a course or the terms have lapsed."
    )
    return Document(
        title=_("Pass %(reference)s") % {"reference": one.reference}, language=page_language(), facts=facts,
        blocks=[*blocks, Paragraph(words)], foot=_("%(reference)s. May be given to: the worker and the gate.") % {
            "reference": one.reference},
    )  # fmt: skip
