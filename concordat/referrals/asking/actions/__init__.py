"""Everything that changes what is offered, asked, answered and agreed before a service begins. Split by thing."""

from .goals import plan_evaluation, record_persons_word, sign_goals, write_goals
from .referral import acknowledge, answer, discard, draft, redraft, send, translate
from .service import close_service, edit_service, offer_service

__all__ = [
    "acknowledge",
    "answer",
    "close_service",
    "discard",
    "draft",
    "edit_service",
    "offer_service",
    "plan_evaluation",
    "record_persons_word",
    "redraft",
    "send",
    "sign_goals",
    "translate",
    "write_goals",
]
