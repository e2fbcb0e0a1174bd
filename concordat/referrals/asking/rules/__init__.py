"""Why something is refused, in words for the reader; None when it may be done. Split by thing."""

from .goals import (
    offered_headings,
    offered_targets,
    refuse_evaluation,
    refuse_goals,
    refuse_other_goals,
    refuse_persons_word,
    refuse_signature,
    refuse_to_evaluate,
    refuse_to_write_goals,
)
from .referral import (
    refuse_acknowledgement,
    refuse_answer,
    refuse_discard,
    refuse_draft,
    refuse_send,
    refuse_service,
    refuse_to_refer,
    refuse_to_translate,
)
from .service import refuse_closing, refuse_offer, refuse_to_offer

__all__ = [
    "offered_headings",
    "offered_targets",
    "refuse_acknowledgement",
    "refuse_answer",
    "refuse_closing",
    "refuse_discard",
    "refuse_draft",
    "refuse_evaluation",
    "refuse_goals",
    "refuse_offer",
    "refuse_other_goals",
    "refuse_persons_word",
    "refuse_send",
    "refuse_service",
    "refuse_signature",
    "refuse_to_evaluate",
    "refuse_to_offer",
    "refuse_to_refer",
    "refuse_to_translate",
    "refuse_to_write_goals",
]
