"""What is there before anybody acts: organisations, places, workers with their vetting and courses, a statute.

No application role may write these, so the owner of the tables does, once. The people who sign in come last of all: a
country without them is one that was not finished, and is loaded anew.
"""

from datetime import timedelta

from django.db.backends.base.base import BaseDatabaseWrapper

from concordat.agreements.models import Mandate, MandateCell
from concordat.core.codes import Activity, Category, Form, Purpose
from concordat.organisations.models import Organisation, Place
from concordat.people import actions
from concordat.people.models import Clearance, Membership, TokenPermit, Training, User
from concordat.safety.models import Terms

from .clock import Days
from .country import DOMAIN, OMBUDSMAN, ORGANISATIONS, PLACES, PRISON, WORKERS, YEAR, Worker, named, people, user_of
from .owner import OWNER

FOUNDED = "demo.founded"
LONG = 3 * YEAR  # days for which everybody has been there
VISITED = (Category.P02, Category.P03, Category.P06, Category.P07)


def found(owner: BaseDatabaseWrapper, days: Days) -> None:
    """Store what the owner stores, after a line of the log by which a later reset knows this country."""
    with owner.cursor() as cursor:
        cursor.execute("SELECT ledger.append('system', %s, NULL, '[]')", [FOUNDED])
    Organisation.objects.using(OWNER).bulk_create(
        Organisation(id=number, **facts) for number, facts in ORGANISATIONS.items()
    )
    Place.objects.using(OWNER).bulk_create(
        Place(id=named(key), organisation_id=owner_id, name=name, kind=kind)
        for key, (owner_id, name, kind) in PLACES.items()
    )
    TokenPermit.objects.using(OWNER).bulk_create(
        TokenPermit(organisation_id=number, allowed=True) for number in ORGANISATIONS
    )
    asked_for = Terms.objects.using(OWNER).update(counts_from=days.at(0))  # supervision: from today, not in the past
    assert asked_for == len(ORGANISATIONS)
    _workers(days)
    _statute(days)


def _workers(days: Days) -> None:
    since = days.at(LONG)
    Membership.objects.using(OWNER).bulk_create(
        Membership(
            id=named(key), user_id=user_of(key), organisation_id=one.organisation, shown_name=one.name, title=one.title,
            roles=[str(role) for role in one.roles], valid_from=since,
        )
        for key, one in WORKERS.items()
    )  # fmt: skip
    Clearance.objects.using(OWNER).bulk_create(
        _clearance(key, one, days) for key, one in WORKERS.items() if one.cleared
    )
    Training.objects.using(OWNER).bulk_create(
        Training(membership_id=named(key), code=code, valid_from=since, valid_until=days.at(-max(left, 1)))
        for key, one in WORKERS.items()
        for code, left in one.courses.items()
    )


def _clearance(key: str, one: Worker, days: Days) -> Clearance:
    assert one.cleared is not None
    authority, level, left = one.cleared
    return Clearance(
        membership_id=named(key),
        authority_id=authority,
        level=level,
        valid_from=days.at(LONG),
        valid_until=days.at(-left),
    )


def _statute(days: Days) -> None:
    """Let the ombudsman see that there are cases, where people are, and what a visitor must know to be safe."""
    mandate = Mandate.objects.using(OWNER).create(
        id=named("mandate"), body_id=OMBUDSMAN, over_id=PRISON, activity=Activity.OVERSIGHT,
        statute="Ombudsman Act, s. 12", whole_team=True, starts_at=days.at(LONG),
    )  # fmt: skip
    MandateCell.objects.using(OWNER).bulk_create(
        MandateCell(mandate=mandate, category=category, form=Form.FULL, purpose=purpose)
        for category in VISITED
        for purpose in (Purpose.MONITORING, Purpose.OVERSIGHT)
    )


def open_the_door(days: Days) -> None:
    """Let the 24 people sign in: nobody knows a password, and each has a second factor, which the door shows."""
    for order, (key, one) in enumerate(people().items(), start=1):
        user = actions.make_persona(
            user_of(key), email=f"{key}@{DOMAIN}", order=order, story=one.story, language=one.language
        )
        _was_here_yesterday(user, days)


def _was_here_yesterday(user: User, days: Days) -> None:
    user.last_login = days.at(1, "06:30") - timedelta(minutes=user.id.int % 60)
    user.save(update_fields=["last_login"])
