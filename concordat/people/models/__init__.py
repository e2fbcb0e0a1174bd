"""Users, sessions, invitations (sign-in role only); memberships and what hangs on them (the application's)."""

from .invitation import Invitation
from .membership import Clearance, Membership, Training
from .provider import Provider, Subject
from .reset import Checked, FactorReset, Hold
from .token import Scope, Token, TokenPermit
from .user import KeptPost, Persona, Rhythm, Session, User

__all__ = [
    "Checked",
    "Clearance",
    "FactorReset",
    "Hold",
    "Invitation",
    "KeptPost",
    "Membership",
    "Persona",
    "Provider",
    "Rhythm",
    "Scope",
    "Session",
    "Subject",
    "Token",
    "TokenPermit",
    "Training",
    "User",
]
