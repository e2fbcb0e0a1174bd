"""The signed context of an officer for work that no browser sends, or that takes longer than a request may."""

from django.db import connection

from concordat.core.codes import Purpose
from concordat.ledger.context import Actor, act_as
from concordat.people.models import Membership


def sign_as(by: Membership) -> None:
    """Sign the open transaction anew, for a minute. Whether the officer still is one, the database asks each time."""
    act_as(Actor(by.id, by.organisation_id, by.user_id, Purpose.ADMINISTRATION))


def take_time() -> None:
    """Let the open transaction wait for minutes while a long list is read: the server ends idle ones much sooner."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '5min'")
