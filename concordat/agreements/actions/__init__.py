"""Everything that changes an agreement: drafting and proposing, talking, signing, suspending and ending."""

from .disputing import dispute, settle
from .draft import draft, new_version, propose, renew, set_days
from .parts import (
    add_payment,
    add_prohibition,
    add_rule,
    change_rule,
    fill_in,
    fill_rules,
    remove_clause,
    remove_part,
    set_clause,
    set_places,
    set_requirement,
)
from .signing import sign, sign_on_paper
from .stopping import end, lift, reopen, suspend
from .talking import reply, suggest, suggest_row, take_up

__all__ = [
    "add_payment",
    "add_prohibition",
    "add_rule",
    "change_rule",
    "dispute",
    "draft",
    "end",
    "fill_in",
    "fill_rules",
    "lift",
    "new_version",
    "propose",
    "remove_clause",
    "remove_part",
    "renew",
    "reopen",
    "reply",
    "set_clause",
    "set_days",
    "set_places",
    "set_requirement",
    "settle",
    "sign",
    "sign_on_paper",
    "suggest",
    "suggest_row",
    "suspend",
    "take_up",
]
