"""The certificate of what an organisation disposed of in a month: kinds and numbers, never of whom."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concordat.core.wording import plain_day
from concordat.documents.blocks import Block, Document, Paragraph, Table
from concordat.organisations.models import Organisation

from .models import Disposal


def in_month(year: int, month: int) -> list[Disposal]:
    """Return what went in a month, the oldest first."""
    return list(Disposal.objects.filter(at__year=year, at__month=month).order_by("at", "category"))


def document_of(gone: list[Disposal], organisation: Organisation, first_day: date) -> Document:
    """Describe what went as a document to keep or to hand over."""
    month = f"{first_day:%Y-%m}"
    rows = [
        (one.get_category_display(), str(one.records), str(one.files), plain_day(one.announced_at), plain_day(one.at))
        for one in gone
    ]
    blocks: list[Block] = [
        Paragraph(
            _(
                "The records below were removed for good, with everything that hung on them, because the time for "
                "which they may be kept was over. The organisation was told thirty days before. The log keeps the "
                "proof of its lines, without the case. Copies in backups go when the backups do."
            )
        ),
        Table((_("What"), _("Records"), _("Files with them"), _("Announced on"), _("Removed on")), rows),
    ]
    facts = [
        (_("Organisation"), organisation.name),
        (_("Month"), month),
        (_("Records"), str(sum(o.records for o in gone))),
    ]
    return Document(
        _("Certificate of disposal"), get_language() or "en", blocks, facts, foot=f"{organisation.name} {month}"
    )
