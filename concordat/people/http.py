"""The request after the middleware `Acting`, for the types of views."""

from django.http import HttpRequest

from .models import Membership, Token, User


class RecognisedRequest(HttpRequest):
    """What is known about who asks.

    `elsewhere` are memberships that this session cannot use: they ask for another way of signing in.
    `level` is 2 when the second factor was confirmed within the last ten minutes, 1 when the session has one, else 0.
    `token` is the one that a machine showed, if it is a machine that asks.
    """

    acting: Membership | None
    memberships: list[Membership]
    elsewhere: list[Membership]
    level: int
    purpose: str
    token: Token | None


class SignedInRequest(HttpRequest):
    """The request of somebody who acts for an organisation: what nearly every view gets."""

    user: User
    acting: Membership
    memberships: list[Membership]
    elsewhere: list[Membership]
    level: int
    purpose: str
    token: Token | None
