"""What rooms give to the doors that collect from all of them: Today and the case.

A room keeps its functions in `feeds.py`; `config/wiring.py` lists them. Their shapes: cards(by), clocks(by) and
news(by, since) for Today; occasions(by) for notices; events(asked), dates(asked), notices(asked) and actions(asked)
for a case, where `asked` (`cases/asked.py`) holds the case and whoever opens it. Each makes a fixed number of queries,
whatever there is, and does not read again what another room has read (`asked.once`). What the reader may not see is not
among the rows, so no function asks who reads.
"""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .parts import Card, Kind, Later

MOST = 50  # entries that one room gives to one timeline


@dataclass(frozen=True)
class Notice:
    """A bar on top of a case: what must not be overlooked. `words` may hold a link."""

    kind: Kind
    state: str
    words: str


def whole_card(one: Card | Later) -> Card:
    """Return a card as it is shown."""
    return one.card() if isinstance(one, Later) else one


def person(code: str, url: str) -> SafeString:
    """Name a person by the working code, with the way to the case."""
    words = format_html(_("Person {code}"), code=code)
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)
