"""The request of somebody who is signed in, for the types of views."""

from django.http import HttpRequest

from .models import Membership, User


class SignedInRequest(HttpRequest):
    """What the middleware `Acting` puts on a request.

    `level` is 2 when the second factor was confirmed within the last ten minutes, 1 when the session has one, else 0.
    """

    user: User
    acting: Membership
    memberships: list[Membership]
    level: int
    purpose: str
