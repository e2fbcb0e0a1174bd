"""What is due in a threat file, and by when (CLK-22). The lengths stand in `times.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.timezone import now
from django.utils.translation import gettext as _

from .models import Part, Threat
from .times import ACKNOWLEDGE, FIRST_REVIEW, INTERIM, PLAN, month_after

Name = Literal["acknowledge", "interim", "plan", "review"]


@dataclass(frozen=True)
class Step:
    """One step: what it is, by when, and when it was done."""

    name: Name
    words: str
    due: datetime
    done_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        return (self.done_at or now()) > self.due


def steps(threat: Threat) -> list[Step]:
    """Return the steps so far, and the next one that is due. Of a closed file nothing is due."""
    entries, measures = list(threat.entries.all()), list(threat.measures.all())
    start = threat.reported_at
    interim = min((one.at for one in entries if one.part == Part.INTERIM), default=None)
    planned = min((one.at for one in measures), default=None)
    reviews = sorted(one.at for one in entries if one.part == Part.REVIEW)
    found = [
        Step("acknowledge", _("Take it in hand"), start + ACKNOWLEDGE, threat.acknowledged_at),
        Step("interim", _("What protects for now"), start + INTERIM, interim),
        Step("plan", _("Protective plan"), start + PLAN, planned),
    ]
    if planned:
        due = [planned + FIRST_REVIEW, *(month_after(one) for one in reviews)]
        done = [*reviews, None]
        found += [Step("review", _("Review"), by, at) for by, at in zip(due, done, strict=True)]
    return [one for one in found if one.done_at] if threat.closed_at else found


def waiting(threat: Threat) -> list[Step]:
    """Return what is still due."""
    return [one for one in steps(threat) if not one.done_at]
