"""The first page after signing in. Sorted by date, never by a person."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.feeds import whole_card
from concordat.core.parts import Card, Later
from concordat.core.wiring import wired
from concordat.core.wording import by_time, days_left, long_day
from concordat.notices.models import Notice
from concordat.people import drafts
from concordat.people.http import SignedInRequest

SHOWN = 12  # cards before "all"
NEWS = 10
CLOCKS = 8
FIRST_VISIT = timedelta(days=7)  # what counts as new for somebody who was never here


def today(request: SignedInRequest) -> HttpResponse:
    """Show what needs the reader, what changed since their last visit, and what lapses next."""
    since = request.user.previous_login or now() - FIRST_VISIT
    cards = sorted(gathered("TODAY_CARDS", request.acting), key=lambda card: by_time(card.due))
    clocks = sorted(gathered("TODAY_CLOCKS", request.acting), key=lambda clock: by_time(clock.due))
    news = sorted(gathered("TODAY_NEWS", request.acting, since), key=lambda one: one.at, reverse=True)
    whole = "all" in request.GET
    context = {
        "day": localdate(),
        "lede": lede(cards),
        "cards": [whole_card(one) for one in (cards if whole else cards[:SHOWN])],
        "more": 0 if whole else max(0, len(cards) - SHOWN),
        "news": news[:NEWS],
        "since": since,
        "clocks": clocks[:CLOCKS],
        "unfinished": [(one, drafts.address_of(one)) for one in drafts.of(request.acting)],
        "notices": Notice.objects.filter(seen_at=None, over_at=None).count(),
    }
    return render(request, "today/today.html", context)


def gathered(name: str, *asked: Any) -> Iterable[Any]:  # noqa: ANN401 - each list says what it holds
    """Collect what every room gives."""
    return (one for source in wired(name) for one in source(*asked))


def lede(cards: Sequence[Card | Later]) -> str:
    """Say how many things need the reader, and when the first one."""
    if not cards:
        return _("Nothing needs you now.")
    first = cards[0].due
    values = {"count": len(cards), "day": long_day(first)}
    if days_left(first) < 0:
        many = ngettext(
            "%(count)s thing needs you. It was due on %(day)s.",
            "%(count)s things need you. The first was due on %(day)s.",
            len(cards),
        )
    elif days_left(first) == 0:
        many = ngettext(
            "%(count)s thing needs you, today.", "%(count)s things need you. The first is due today.", len(cards)
        )
    else:
        many = ngettext(
            "%(count)s thing needs you, by %(day)s.",
            "%(count)s things need you. The first is due on %(day)s.",
            len(cards),
        )
    return many % values
