"""What is stored about the safety of workers: boundary reports, supervision and wellbeing, threat files."""

from .boundary import BoundaryReport, Ground, Pairing, PairingAnswer, PassedOn, Pressure
from .terms import Terms
from .threats import Entry, Measure, Opening, Owner, Part, Threat, Triage
from .wellbeing import About, Attendance, Pause, Reason, Supervisor, Support

__all__ = [
    "About",
    "Attendance",
    "BoundaryReport",
    "Entry",
    "Ground",
    "Measure",
    "Opening",
    "Owner",
    "Pairing",
    "PairingAnswer",
    "Part",
    "PassedOn",
    "Pause",
    "Pressure",
    "Reason",
    "Supervisor",
    "Support",
    "Terms",
    "Threat",
    "Triage",
]
