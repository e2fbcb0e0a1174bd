"""What the worker does for notices: ask every room, as each member in turn, what stands for them, and tell it once.

It acts as the member whom it looks for, so that the policies decide what there is to tell. Nothing of what it reads is
shown or kept: a notice holds what it is about, and an address. The rows that it loads are therefore not in the log as
read; the notice is.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from time import monotonic

from django.db import OperationalError, connection, transaction
from django.utils.timezone import now

from concordat.core.wiring import wired
from concordat.ledger.context import Actor, act_as
from concordat.people import clock
from concordat.people.clock import Clock, later
from concordat.people.memberships import purposes_of, usable
from concordat.people.models import Membership
from concordat.people.router import SIGNIN

from .about import Occasion
from .models import Notice, Watch
from .telling import tell

EVERY = timedelta(minutes=1)  # how often somebody looks for the same member, when there is time
SLICE = 2.0  # seconds of one round: other work waits too
Found = Mapping[str, tuple[Occasion, str]]

logger = logging.getLogger(__name__)


def look() -> None:
    """Look for those for whom nobody looked longest, for some seconds."""
    begin_for_new_members()
    end = monotonic() + SLICE
    while monotonic() < end and look_for_next():
        pass


def begin_for_new_members() -> None:
    """Look soon for everybody who has joined."""
    known = Watch.objects.values("membership_id")
    new = usable().exclude(id__in=known).values_list("id", flat=True)
    long_ago = clock.now() - EVERY - EVERY
    Watch.objects.bulk_create([Watch(membership_id=one, looked_at=long_ago) for one in new], ignore_conflicts=True)


def look_for_next() -> bool:
    """Look for one member; False when it is nobody's turn. Two workers never look for the same one."""
    with transaction.atomic(using=SIGNIN):
        turn = Watch.objects.filter(looked_at__lt=later(Clock(), -EVERY), membership_id__in=usable().values("id"))
        watch = turn.order_by("looked_at").select_for_update(skip_locked=True).first()
        if watch is None:
            return False
        member = Membership.objects.using(SIGNIN).select_related("organisation").get(id=watch.membership_id)
        told = look_for_and_tell(member)
        watch.looked_at = clock.now()
        watch.save(update_fields=["looked_at"])
    # only now is the message in the queue for certain
    mark_told(member, told)
    return True


def look_for_and_tell(member: Membership) -> list[Notice]:
    """Look for a member; a fault of one room keeps nobody else waiting."""
    try:
        return tell(member, look_for(member))
    except OperationalError:
        raise
    except Exception:
        logger.exception("Looking for what is new to a member failed.")
        return []


def look_for(member: Membership) -> list[Notice]:
    """Make the notices that are new to a member, end those that stand no more; return those not yet told outside."""
    with transaction.atomic():
        found = occasions_of(member)
        act(member, purposes_of(member)[0])
        there = {one.key: one for one in Notice.objects.all()}
        for key, (occasion, purpose) in found.items():
            if key not in there:
                make(member, occasion, purpose)
        Notice.objects.filter(over_at=None).exclude(key__in=found).update(over_at=now())
        Notice.objects.filter(over_at__isnull=False, key__in=found).update(over_at=None)
        return list(Notice.objects.filter(told_at=None, over_at=None).order_by("made_at"))


def occasions_of(member: Membership) -> Found:
    """Ask every room, for each purpose that the member may choose."""
    found: dict[str, tuple[Occasion, str]] = {}
    for purpose in purposes_of(member):
        act(member, purpose)
        for give in wired("NOTICE_OCCASIONS"):
            for occasion in give(member):
                found.setdefault(occasion.key, (occasion, purpose))
    return found


def act(member: Membership, purpose: str) -> None:
    """Act as a member, as one of their requests does, without a fresh second factor."""
    act_as(Actor(member.id, member.organisation_id, member.user_id, purpose))


def make(member: Membership, occasion: Occasion, purpose: str) -> None:
    """Make one notice, with its line in the log."""
    notice = Notice(
        membership_id=member.id,
        key=occasion.key,
        about=occasion.about,
        address=occasion.address,
        reference=occasion.reference,
        purpose=purpose,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.log_notice(%s)", [notice.id])


def mark_told(member: Membership, told: list[Notice]) -> None:
    """Write down that a message about these notices is on its way, or that none is wanted."""
    if told:
        with transaction.atomic():
            act(member, purposes_of(member)[0])
            Notice.objects.filter(id__in=[one.id for one in told]).update(told_at=now())
