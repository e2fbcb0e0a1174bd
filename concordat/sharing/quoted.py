"""What of safety can be quoted. None of it carries quotations: a version is confirmed as it stands."""

from concordat.quoting.kinds import Kind

from .models import SafetyBriefing, SafetyNotice
from .rules import HEADINGS

KINDS = (
    Kind(SafetyBriefing, "full", ["how_to_meet", *HEADINGS]),
    Kind(SafetyNotice, "handed", ["text"]),
)
