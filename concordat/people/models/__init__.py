"""Users, sessions and invitations (sign-in role only); memberships, clearance and training (the application's)."""

from .invitation import Invitation
from .membership import Clearance, Membership, Training
from .user import KeptPost, Persona, Session, User

__all__ = ["Clearance", "Invitation", "KeptPost", "Membership", "Persona", "Session", "Training", "User"]
