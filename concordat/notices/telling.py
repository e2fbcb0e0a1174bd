"""Whether a notice also leaves the platform: by e-mail or on paper, at once, once a day, or not at all."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from concordat.people.clock import Clock, later
from concordat.people.models import Membership, Rhythm, User
from concordat.people.site import address_of

from .messages import Letter, To, put
from .models import Kind, Message, Notice, Way

A_DAY = timedelta(hours=24)


def tell(member: Membership, waiting: Sequence[Notice]) -> list[Notice]:
    """Queue a message where one is wanted now; return the notices with which nothing more is to be done."""
    user = User.objects.filter(id=member.user_id, is_active=True).first()
    if not waiting or user is None:
        return []
    chosen = [one for one in waiting if one.is_urgent or user.rhythm != Rhythm.SAFETY]
    quiet = [one for one in waiting if one not in chosen]
    if not chosen or must_wait(member, user, chosen):
        return quiet
    send(member, user, chosen)
    return [*waiting]


def must_wait(member: Membership, user: User, chosen: Sequence[Notice]) -> bool:
    """Tell whether a message about these waits for the next day: never where safety is concerned."""
    if user.rhythm != Rhythm.DAILY or any(one.is_urgent for one in chosen):
        return False
    today = Message.objects.filter(membership_id=member.id, kind=Kind.NOTICES, made_at__gt=later(Clock(), -A_DAY))
    return today.exists()


def send(member: Membership, user: User, chosen: Sequence[Notice]) -> None:
    """Queue one message about all of them. Its key is the oldest one: told again after a crash, it is the same."""
    way = Way.LETTER if user.on_paper or not settings.EMAIL_HOST else Way.MAIL
    if way == Way.LETTER and waits_on_paper(member):
        return
    urgent = any(one.is_urgent for one in chosen)
    page = chosen[0].get_absolute_url() if len(chosen) == 1 else f"{reverse('notices:index')}?as={member.id}"
    choose = address_of(reverse("notices:preferences"))
    letter = Letter("notices/waiting.txt", address_of(page), {"urgent": urgent, "preferences": choose})
    put(To.member(member, user), letter, kind=Kind.NOTICES, key=f"notices:{chosen[0].id}", way=way)


def waits_on_paper(member: Membership) -> bool:
    """Tell whether a letter to this member is not handed over yet: it leads to the new notices as well."""
    return Message.objects.filter(
        membership_id=member.id, way=Way.LETTER, kind=Kind.NOTICES, handed_over_at=None
    ).exists()
