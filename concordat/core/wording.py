"""Days, times and how long is left, in the reader's words and time zone.

Patterns of dates are texts to translate, so that a language can put day and month in its own order.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .parts import Card, When

A_WEEK = 7


def local_day(when: When) -> date:
    """Return the calendar day on which `when` lies for the reader."""
    return timezone.localdate(when) if isinstance(when, datetime) else when


def local_time(when: When) -> time | None:
    """Return the time of day of `when` for the reader, or None for a plain day."""
    return timezone.localtime(when).time() if isinstance(when, datetime) else None


def by_time(when: When) -> tuple[date, time]:
    """Return what sorts days and moments together; on one day what has a time comes first, in its order."""
    return local_day(when), local_time(when) or time.max


def days_left(due: When) -> int:
    """Count the days from today to `due`; 0 is today, less than 0 is past."""
    return (local_day(due) - timezone.localdate()).days


def long_day(when: When) -> str:
    """Write a day with its weekday: Tuesday 10 March 2026."""
    return dateformat.format(local_day(when), pgettext("date pattern", "l j F Y"))


def plain_day(when: When) -> str:
    """Write a day; the year stands there only when it is not this one: 10 March, 2 April 2027."""
    day = local_day(when)
    if day.year == timezone.localdate().year:
        return dateformat.format(day, pgettext("date pattern", "j F"))
    return dateformat.format(day, pgettext("date pattern", "j F Y"))


def near_day(when: When) -> str:
    """Write a day as people say it: today, yesterday, tomorrow, a weekday of the coming week, else the date."""
    said = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}
    left = days_left(when)
    if left in said:
        return said[left]
    if 0 < left < A_WEEK:
        return dateformat.format(local_day(when), "l")
    return plain_day(when)


def clock_time(when: When) -> SafeString:
    """Write a time of day, kept in its own direction inside a line of Arabic: 16:40."""
    return format_html("<bdi>{}</bdi>", dateformat.time_format(local_time(when) or time(), "H:i"))


def passed_day(when: When) -> str:
    """Write a day inside a sentence about something that has happened: today, yesterday, 9 March."""
    said = {0: pgettext("inside a sentence", "today"), -1: pgettext("inside a sentence", "yesterday")}
    return said.get(days_left(when)) or plain_day(when)


def moment(when: When, day: Callable[[When], str] = plain_day) -> SafeString:
    """Write a day, and its time when it has one: 9 March, 16:40."""
    if isinstance(when, datetime):
        return format_html(_("{day}, {time}"), day=day(when), time=clock_time(when))
    return format_html("{}", day(when))


def left_words(due: When) -> str:
    """Say how long is left: 4 days left, due today, 71 days late."""
    left = days_left(due)
    if left < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    if left == 0:
        return _("Due today")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def card_when(card: Card) -> tuple[SafeString | str, SafeString | str]:
    """Return the large and the small words about when: 09:30 / to 10:20, Today / by 18:00, Friday / 13 March."""
    said = near_day(card.due)
    if not isinstance(card.due, datetime):
        return said, "" if said == plain_day(card.due) else plain_day(card.due)
    at = clock_time(card.due)
    if card.by:
        return said, format_html(_("by {time}"), time=at)
    if days_left(card.due) == 0:
        return at, format_html(_("to {time}"), time=clock_time(card.until)) if card.until else ""
    return said, format_html(_("{start} to {end}"), start=at, end=clock_time(card.until)) if card.until else at


def enumerated(words: Iterable[object]) -> str:
    """Write a list with the comma of the reader's script."""
    return pgettext("between the members of a list", ", ").join(map(str, words))


def itemised(words: Iterable[object]) -> str:
    """Write a list whose members may hold commas themselves."""
    return pgettext("between the members of a list with commas", "; ").join(map(str, words))


def effect_words() -> dict[str, str]:
    """Return what stands before the effects of a clause."""
    return {"gives": _("Gives"), "owes": _("Owes"), "forbids": _("Forbids")}
