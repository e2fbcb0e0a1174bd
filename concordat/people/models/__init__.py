"""Users, sessions and invitations (sign-in role only); memberships, clearance and training, lost second
factors (the application's).
"""

from .invitation import Invitation
from .membership import Clearance, Membership, Training
from .reset import Checked, FactorReset, Hold
from .user import KeptPost, Persona, Rhythm, Session, User

__all__ = [
    "Checked", "Clearance", "FactorReset", "Hold", "Invitation", "KeptPost", "Membership", "Persona", "Rhythm",
    "Session", "Training", "User",
]  # fmt: skip
