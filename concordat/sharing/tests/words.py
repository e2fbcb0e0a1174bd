"""What a safety briefing of the tests says."""

from typing import Any

from django.utils.timezone import localdate

from concordat.cases.models import Case
from concordat.demo.world import acting, named
from concordat.sharing import actions
from concordat.sharing.models import SafetyBriefing

SAFE: dict[str, Any] = {
    "how_to_meet": "Room 4, an officer in line of sight, who does not listen.",
    "triggers": "Being kept waiting at the door.",
    "keep_apart": "Person 3K and Person 5D.",
    "items": "Notebook and pen.",
    "threats": "None known.",
    "language": "Marenian",
    "health": "Asthma: inhaler in the left pocket.",
    "restrictions": "50 minutes at most.",
    "nothing_to_add": False,
    "what_changed": "Person 5D is new.",
    "closed_check_by": "security_manager",
}


def words(**changes: object) -> dict[str, Any]:
    """Return the fields of a version, with changes."""
    return {**SAFE, "closed_check_on": localdate(), **changes}


def write(**changes: object) -> SafetyBriefing:
    """Let the programme manager write the next version of the world's briefing."""
    with acting("pat") as by:
        return actions.write_briefing(Case.objects.get(pk=named("case")), by=by, **words(**changes))


def typed(**changes: object) -> dict[str, object]:
    """Return the same as a browser sends it."""
    sent = {name: value for name, value in {**SAFE, **changes}.items() if value is not False}
    today = localdate()
    return {
        "closed_check_on_day": today.day,
        "closed_check_on_month": today.month,
        "closed_check_on_year": today.year,
        **sent,
    }
