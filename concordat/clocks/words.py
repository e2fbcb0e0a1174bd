"""Steps and weeks in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.wording import enumerated

from .catalogue import Step, Unit
from .forms import WEEK


def in_words(step: Step) -> str:
    """Say how long a step takes."""
    count = step.length
    if count is None:
        return _("Until the day that it names")
    words = {
        Unit.MINUTES: ngettext("%(count)s minute", "%(count)s minutes", count),
        Unit.HOURS: ngettext("%(count)s hour", "%(count)s hours", count),
        Unit.WORKING_DAYS: ngettext("%(count)s working day", "%(count)s working days", count),
        Unit.DAYS: ngettext("%(count)s day", "%(count)s days", count),
        Unit.WEEKS: ngettext("%(count)s week", "%(count)s weeks", count),
        Unit.MONTHS: ngettext("%(count)s month", "%(count)s months", count),
    }
    return words[step.unit] % {"count": count}


def weekly(days: Iterable[int]) -> str:
    """Name days of the week."""
    named = dict(WEEK)
    found = [str(named[day]) for day in sorted(days)]
    return enumerated(found) if found else _("None")
