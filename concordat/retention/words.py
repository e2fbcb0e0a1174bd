"""Periods in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Period


def in_words(period: Period) -> str:
    """Say how long, counted from what, and by which law."""
    said = _("%(months)s, for children %(child_months)s. Counted from: %(event)s. %(basis)s") % {
        "months": _months(period.months),
        "child_months": _months(period.child_months),
        "event": period.get_event_display(),
        "basis": period.basis,
    }
    if period.age is None:
        return said
    return (
        said + "\n" + ngettext("At the age of %(n)s year", "At the age of %(n)s years", period.age) % {"n": period.age}
    )


def _months(number: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}
