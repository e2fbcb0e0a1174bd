"""The one step in which the owner puts back what the database stamped with its own clock while the past was told.

Everything else carries its day because its action ran on that day (`clock.py`). Some things remain: when a version of
a safety briefing was written, when an ended service and its assignments closed, when a clock was ended, a course that
has lapsed since its holder was assigned, and when a threat and what was passed on were written. The log is left alone:
its lines say when the demonstration was loaded.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from .clock import Days
from .country import WORKERS, named
from .journey import Journey

BRIEFING = "UPDATE sharing_safetybriefing SET created_at = %s WHERE id = %s"
LINK = "UPDATE cases_link SET ends_at = %s WHERE id = %s"
ASSIGNMENTS = "UPDATE cases_assignment SET ends_at = %s WHERE case_id = %s AND ends_at > %s"
# What was ended while the past was told was ended in time.
CLOCKS = "UPDATE clocks_running SET ended_at = least(ended_at, due_at), watched = false WHERE ended_at IS NOT NULL"
SAFETY = (
    "UPDATE safety_threat SET reported_at = acknowledged_at - interval '25 minutes'",
    "UPDATE safety_entry e SET at = t.acknowledged_at FROM safety_threat t WHERE t.id = e.threat_id",
    "UPDATE safety_measure SET at = starts_on",
    "UPDATE safety_passedon p SET sent_at = r.looked_at FROM safety_boundaryreport r WHERE r.id = p.report_id",
)
COURSE = "UPDATE people_training SET valid_until = %s WHERE membership_id = %s AND code = %s"


def backdate(owner: BaseDatabaseWrapper, days: Days, journeys: Iterable[Journey]) -> None:
    """Put the stamps back to the days on which things happened."""
    with owner.cursor() as cursor:
        for journey in journeys:
            cursor.executemany(BRIEFING, [(written, briefing) for briefing, written in journey.briefed])
            if journey.closed:
                case = journey.link.civil_case_id
                cursor.execute(LINK, [journey.closed, journey.link.pk])
                cursor.execute(ASSIGNMENTS, [journey.closed, case, journey.closed])
        cursor.execute(CLOCKS)
        for statement in SAFETY:
            cursor.execute(statement)
        for key, worker in WORKERS.items():
            lapsed = [(days.at(-left), named(key), code) for code, left in worker.courses.items() if left < 0]
            cursor.executemany(COURSE, lapsed)
