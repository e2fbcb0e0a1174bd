"""The pages of asking, answering and preparing. The database decides who sees what; a hidden row is not found."""

from .absence import absences, cover, end_absence
from .directory import close_service, edit_service, offer, service, services
from .goals import goals, persons_word, plan_evaluation, sign_goals, write_goals
from .preparation import (
    agreed,
    assign,
    card,
    declare_conflict,
    end_assignment,
    prepare,
    record_participation,
    withdraw,
    workers,
)
from .referral import acknowledge, answer, change, detail, discard, index, refer, send, translate, write

__all__ = [
    "absences",
    "acknowledge",
    "agreed",
    "answer",
    "assign",
    "card",
    "change",
    "close_service",
    "cover",
    "declare_conflict",
    "detail",
    "discard",
    "edit_service",
    "end_absence",
    "end_assignment",
    "goals",
    "index",
    "offer",
    "persons_word",
    "plan_evaluation",
    "prepare",
    "record_participation",
    "refer",
    "send",
    "service",
    "services",
    "sign_goals",
    "translate",
    "withdraw",
    "workers",
    "write",
    "write_goals",
]
