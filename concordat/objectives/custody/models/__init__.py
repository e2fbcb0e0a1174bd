"""What objective 6 stores of its own: reports of interference, and passes."""

from .interference import (
    ANSWER_DAYS,
    MOST_SESSIONS,
    OWED,
    Interference,
    Kind,
    Outcome,
    Reporter,
)
from .passes import DECIDE_DAYS, LONGEST, Ground, Item, Pass

__all__ = [
    "ANSWER_DAYS", "DECIDE_DAYS", "LONGEST", "MOST_SESSIONS", "OWED",
    "Ground", "Interference", "Item", "Kind", "Outcome", "Pass", "Reporter",
]  # fmt: skip
