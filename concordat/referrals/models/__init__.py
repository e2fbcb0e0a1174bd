"""From a service offered to a service delivered: referral, answer, goals, sessions, review, end report.

Who did what when is stored; the state is derived.
"""

from .delivery import (
    Achievement,
    Cause,
    Concern,
    EarlyEnd,
    EarlyReason,
    EndReport,
    EndReportFile,
    EndReportTranslation,
    HeadingNote,
    Outcome,
    Party,
    Position,
    Review,
    Session,
)
from .goals import Goal, GoalSet, GoalSignature
from .referral import Answer, EvaluationPlan, Referral, ReferralTranslation
from .service import AgeGroup, FreePlaces, Need, Service, ServicePlace, Target

__all__ = [
    "Achievement",
    "AgeGroup",
    "Answer",
    "Cause",
    "Concern",
    "EarlyEnd",
    "EarlyReason",
    "EndReport",
    "EndReportFile",
    "EndReportTranslation",
    "EvaluationPlan",
    "FreePlaces",
    "Goal",
    "GoalSet",
    "GoalSignature",
    "HeadingNote",
    "Need",
    "Outcome",
    "Party",
    "Position",
    "Referral",
    "ReferralTranslation",
    "Review",
    "Service",
    "ServicePlace",
    "Session",
    "Target",
]
