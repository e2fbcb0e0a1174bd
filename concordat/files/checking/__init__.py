"""From bytes that somebody chose to bytes that may be kept: the type is found, what is harmful or telling is taken out.

Neither the name nor what the browser says of the type is looked at.
"""

from django.utils.translation import gettext as _

from concordat.core.errors import Refused

from . import images, packed, pdf, plain
from .kinds import LABELS, Checked, Type

__all__ = ["LABELS", "Checked", "Type", "check"]

# In this order: what begins with a signature of its own, then what is only letters.
READERS = (
    (pdf.is_one, pdf.cleaned),
    (images.is_one, images.redrawn),
    (packed.is_one, packed.cleaned),
    (plain.is_one, plain.kept),
)


def check(data: bytes) -> Checked:
    """Return the file as it may be kept, or refuse it in words."""
    if not data:
        raise Refused(_("This file is empty."))
    for is_one, read in READERS:
        if is_one(data):
            return read(data)
    raise Refused(
        _(
            "This type of file is not kept here. Kept are PDF, images (PNG, JPEG, WebP, TIFF), plain text, Word and "
            "Excel files (.docx, .xlsx) and OpenDocument text (.odt)."
        )
    )
