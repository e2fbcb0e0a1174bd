"""The certificate that an organisation has left: when, who decided, what ended, what goes on."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concordat.agreements.sides import other
from concordat.core.wording import moment
from concordat.documents.blocks import Block, Document, Paragraph, Table
from concordat.people.models import Membership

from . import duties
from .models import Departure


def document_of(departure: Departure, by: Membership) -> Document:
    """Describe a departure as a document; a partner's names its own agreements only."""
    assert departure.confirmed_at
    ended = duties.agreements_of(departure)
    blocks: list[Block] = [
        Paragraph(
            _(
                "From the second stated on nobody of another organisation reads records of this one in Concordat, and "
                "it reads none of theirs. What it owns stays its own."
            )
        ),
        Table(
            (_("Agreement"), _("Title"), _("With")),
            [(one.reference, one.title, str(other(one, departure.organisation_id))) for one in ended],
        ),
        Table((_("What goes on"),), [(one,) for one in (*duties.of_authorities(), *duties.of_both(ended))]),
    ]  # fmt: skip
    facts = [
        (_("Organisation"), departure.organisation.name),
        (_("Left"), moment(departure.confirmed_at)),
        (_("Reason"), departure.reason),
    ]
    if departure.organisation_id == by.organisation_id and departure.confirmed_by:
        decided = f"{departure.declared_by.shown_name}, {departure.confirmed_by.shown_name}"
        facts.append((_("Decided by"), decided))
    return Document(
        _("Certificate of leaving"), get_language() or "en", blocks, facts, foot=departure.organisation.name
    )
