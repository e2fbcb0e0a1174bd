"""The one list that wires the rooms together: what each gives to Today, to the case and to the words of refusals.

What goes up without an import going up is written here, line by line; nothing finds itself. A door reads its list by
name (`core.wiring.wired`). The shapes of the functions stand in `core/feeds.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from concordat.core.feeds import Notice
from concordat.core.parts import Appointment, Card, Clock, Event, News
from concordat.people.models import Membership
from concordat.referrals.delivery import rules as delivery
from concordat.sharing import rules as safety


# ---- Today ---------------------------------------------------------------------------------------------------------

TODAY_CARDS: tuple[Callable[[Membership], Iterable[Card]], ...] = ()
TODAY_CLOCKS: tuple[Callable[[Membership], Iterable[Clock]], ...] = ()
TODAY_NEWS: tuple[Callable[[Membership, datetime], Iterable[News]], ...] = ()

# ---- a case --------------------------------------------------------------------------------------------------------

CASE_EVENTS: tuple[Callable[[list[UUID], Membership], Iterable[Event]], ...] = ()
CASE_DATES: tuple[Callable[[list[UUID], Membership], Iterable[Appointment]], ...] = ()
CASE_NOTICES: tuple[Callable[[list[UUID], Membership], Iterable[Notice]], ...] = ()

# ---- what the database refuses, in words ---------------------------------------------------------------------------

CONSTRAINT_SENTENCES: Mapping[str, Any] = {**safety.CONSTRAINT_SENTENCES, **delivery.CONSTRAINT_SENTENCES}
