"""Users and sessions (sign-in role only); memberships, clearance and training (the application's)."""

from .membership import Clearance, Membership, Training
from .user import Session, User

__all__ = ["Clearance", "Membership", "Session", "Training", "User"]
