"""What is stored about the safety of workers: boundary reports, supervision and wellbeing, threat files."""

from .boundary import BoundaryReport, Ground, Pairing, PairingAnswer, PassedOn, Pressure
from .incidents import Cause, Incident, Involved, Kind, Level, Moment, Note, Subject
from .terms import Terms
from .threats import Entry, Measure, Opening, Owner, Part, Threat, Triage
from .wellbeing import About, Attendance, Pause, Reason, Supervisor, Support

__all__ = [
    "About",
    "Attendance",
    "BoundaryReport",
    "Cause",
    "Entry",
    "Ground",
    "Incident",
    "Involved",
    "Kind",
    "Level",
    "Measure",
    "Moment",
    "Note",
    "Opening",
    "Owner",
    "Pairing",
    "PairingAnswer",
    "Part",
    "PassedOn",
    "Pause",
    "Pressure",
    "Reason",
    "Subject",
    "Supervisor",
    "Support",
    "Terms",
    "Threat",
    "Triage",
]
