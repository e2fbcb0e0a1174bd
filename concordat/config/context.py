"""The navigation of every page: the rooms that somebody's post has to do with, and what stands at the foot."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concordat.controllers.rules import STATERS
from concordat.core.parts import Tab
from concordat.countersigning.rules import KEEPERS
from concordat.exports.rules import TOLD
from concordat.impact.rules import READERS
from concordat.objectives.custody.gate.rules import READING_PASSES
from concordat.people.roles import Role

WITH_CASES = frozenset(
    {
        Role.PROGRAMME_MANAGER, Role.CASE_OFFICER, Role.SECURITY_MANAGER, Role.IMPORT_OFFICER, Role.DATA_PROTECTION,
        Role.COORDINATOR, Role.FACILITATOR, Role.MONITOR,
    }
)  # fmt: skip
WITH_REFERRALS = frozenset({Role.PROGRAMME_MANAGER, Role.CASE_OFFICER, Role.COORDINATOR, Role.DIRECTOR})


class Room(NamedTuple):
    """One entry of the navigation: its words, the page it leads to, and for which posts; for none named, for all."""

    words: str | Promise
    page: str
    posts: frozenset[Role] = frozenset()


ROOMS = (
    Room(_("Today"), "today:today"),
    Room(_("Cases"), "cases:index", WITH_CASES),
    Room(_("Referrals"), "referrals:index", WITH_REFERRALS),
    Room(_("Agreements"), "agreements:index"),
    Room(_("Import"), "imports:index", frozenset({Role.IMPORT_OFFICER})),
    Room(_("Search"), "search:search", WITH_CASES),
    Room(_("Log"), "countersigning:checkpoints", KEEPERS),
    Room(_("People"), "people:members", frozenset({Role.ADMINISTRATOR})),
)


FOOT = (
    Room(_("What confidential means here"), "about:confidential"),
    Room(_("Everything on paper"), "about:paper"),
    Room(_("Agreements open to the public"), "agreements:public"),
    Room(_("Accessibility"), "about:accessibility"),
)


# at the foot for whoever acts for an organisation: what is rarely needed, and then at once
FOOT_OF_MEMBERS = (
    Room(_("Passes"), "custody:gate", frozenset(READING_PASSES)),
    Room(_("Interference with sessions"), "custody:index"),
    Room(_("Safety of workers"), "safety:index"),
    Room(_("Report that data got out"), "breaches:index"),
    Room(_("Assessments of the effect on rights"), "impact:index", frozenset(READERS)),
    Room(_("Under which law data are kept"), "controllers:index", frozenset(STATERS)),
    Room(_("The clocks"), "clocks:catalogue"),
    Room(_("Take everything out"), "exports:index", frozenset(TOLD)),
    Room(_("Leaving Concordat"), "leaving:index", frozenset(TOLD)),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the entries of the navigation; what a room shows there is decided by the policies, not here."""
    foot = [Tab(str(page.words), reverse(page.page)) for page in FOOT]
    acting = getattr(request, "acting", None)
    if acting is None:
        return {"footer_links": foot}
    match = request.resolver_match
    here = (match.namespace if match else "") or "none"
    own = [room for room in FOOT_OF_MEMBERS if not room.posts or room.posts & set(acting.roles)]
    foot += [Tab(str(page.words), reverse(page.page)) for page in own]
    rooms = [room for room in ROOMS if not room.posts or room.posts & set(acting.roles)]
    tabs = [Tab(str(room.words), reverse(room.page), current=room.page.startswith(f"{here}:")) for room in rooms]
    return {"nav": tabs, "footer_links": foot}
