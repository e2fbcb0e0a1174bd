"""What changes calendars and clocks. Rooms start and stop clocks within their own actions, in the same transaction."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import now

from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for
from concordat.people.models import Membership, User
from concordat.people.tokens import hash_of, stamp_of

from . import rules
from .calendars import days_of
from .catalogue import CLOCKS, step_of
from .models import Calendar, Holiday, Pause, Running, Source, Subscription

# ---- calendars -----------------------------------------------------------------------------------------------------


@transaction.atomic
def set_calendar(
    *, name: str, rest_days: Collection[int], opens: time, closes: time, time_zone: str, country: str = "",
    subdivision: str = "", by: Membership,
) -> Calendar:  # fmt: skip
    """Say by which days one's organisation counts. What has not lapsed is counted anew."""
    rest = sorted(set(rest_days))
    if refusal := rules.refuse_calendar(rest_days=rest, time_zone=time_zone, by=by):
        raise Refused(refusal)
    said = {
        "name": name, "rest_days": rest, "opens": opens, "closes": closes, "time_zone": time_zone, "country": country,
        "subdivision": subdivision, "set_at": now(), "set_by": by,
    }  # fmt: skip
    found = Calendar.objects.filter(owner=by.organisation_id).first()
    calendar = hold(found) if found else Calendar(owner_id=by.organisation_id)
    for field, value in said.items():
        setattr(calendar, field, value)
    if found:
        calendar.save(update_fields=list(said))
    else:
        calendar.save(force_insert=True)
    record("calendar.set", owner=by.organisation_id, calendar=calendar.pk)
    return calendar


@transaction.atomic
def declare_holidays(calendar: Calendar, *, days: Mapping[date, str], source: str, by: Membership) -> list[Holiday]:
    """Declare days on which nobody works; days that are known already are passed over."""
    if refusal := rules.refuse_keeper(by):
        raise Refused(refusal)
    if calendar.owner_id != by.organisation_id:
        raise Refused(str(rules.refuse_keeper(by) or rules.CONSTRAINT_SENTENCES["holiday_is_named_once"]))
    known = set(calendar.holidays.values_list("day", flat=True))
    new = [
        Holiday(calendar=calendar, day=day, name=name[:200], source=source, declared_by=by)
        for day, name in sorted(days.items()) if day not in known
    ]  # fmt: skip
    Holiday.objects.bulk_create(new)
    record("calendar.holidays", owner=by.organisation_id, calendar=calendar.pk, days=len(new), source=source)
    return new


def declare_holiday(calendar: Calendar, *, day: date, name: str, by: Membership) -> Holiday:
    """Declare one day."""
    made = declare_holidays(calendar, days={day: name}, source=Source.TYPED, by=by)
    if not made:
        raise Refused(str(rules.CONSTRAINT_SENTENCES["holiday_is_named_once"]))
    return made[0]


@transaction.atomic
def take_back_holiday(holiday: Holiday, *, by: Membership) -> None:
    """Take back a holiday that was declared by mistake and has not come yet."""
    take_turn(holiday)
    today = days_of(holiday.calendar.owner_id).day_of(now())
    if refusal := rules.refuse_to_take_back(holiday, today=today, by=by):
        raise Refused(refusal)
    record("calendar.holiday_taken_back", owner=by.organisation_id, calendar=holiday.calendar_id, day=holiday.day)
    holiday.delete()


# ---- clocks --------------------------------------------------------------------------------------------------------


def start(
    code: str, step: str, about: Model, *, owner: int, other: int | None = None, case: UUID | None = None,
    reference: str = "", starts_at: datetime | None = None, length: int | None = None, ahead: Sequence[int] = (),
    until: datetime | None = None, address: str = "", by: Membership,
) -> None:  # fmt: skip
    """Start one step for a thing. Its line in the log is the one of the action that starts it.

    Without `other` nobody but the owner learns of it: so where the answer is a person's choice, or looks outside like
    every “not currently”. `until` takes the place of a length where the thing names its own day; `ahead` are the
    lengths of the steps to come, where the parties agreed on others than the catalogue's.
    """
    of = step_of(code, step)
    clock = Running(
        code=code, step=step, about_table=about._meta.db_table, about_id=about.pk, case_id=case, owner_id=owner,
        other_id=other, reference=reference, address=address or about.get_absolute_url(),  # type: ignore[attr-defined]
        starts_at=starts_at or now(), length=None if until else length or of.length, unit=of.unit, until=until,
        grounds=[str(one) for one in CLOCKS[code].pauses] if other else [], ahead=list(ahead), started_by=by,
    )  # fmt: skip
    if by.organisation_id in {owner, other}:
        clock.save(force_insert=True)
    else:
        _start_for_partner(clock)


def _start_for_partner(clock: Running) -> None:
    """Start what its owner alone sees."""
    said = {field.attname: getattr(clock, field.attname) for field in clock._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute("SELECT clocks.start_for_partner(%s::jsonb)", [json.dumps(said, default=str)])


def stop(code: str, about: Model, *steps: str, by: Membership) -> int:
    """End what runs for a thing: these steps, or all. It is no error where nothing runs; return how many ended."""
    found = Running.objects.filter(code=code, about_table=about._meta.db_table, about_id=about.pk, ended_at=None)
    if steps:
        found = found.filter(step__in=steps)
    return found.update(ended_at=now(), ended_by=by)


@transaction.atomic
def pause(clock: Running, *, ground: str, by: Membership) -> Pause:
    """Let a clock stand still, on one of its listed grounds; the other party sees it at once."""
    hold(clock)
    if refusal := rules.refuse_pause(clock, ground=ground, by=by):
        raise Refused(refusal)
    made = Pause.objects.create(clock=clock, ground=ground, begun_by=by)
    record_for("clock.paused", _parties(clock), clock=clock.pk, ground=ground)
    return made


@transaction.atomic
def resume(clock: Running, *, by: Membership) -> Running:
    """Let a clock go on."""
    hold(clock)
    if refusal := rules.refuse_resume(clock, by=by):
        raise Refused(refusal)
    one = Pause.objects.get(clock=clock, ends_at=None)
    one.ends_at, one.ended_by = now(), by
    one.save(update_fields=["ends_at", "ended_by"])
    record_for("clock.resumed", _parties(clock), clock=clock.pk)
    return clock


def _parties(clock: Running) -> list[int]:
    return [one for one in (clock.owner_id, clock.other_id) if one is not None]


# ---- the address for one's own calendar program ----------------------------------------------------------------------


@transaction.atomic
def subscribe(*, user: User, by: Membership) -> str:
    """Make a new secret address and end the one before; return its key, which is shown once."""
    unsubscribe(by=by)
    key = secrets.token_urlsafe(32)
    made = Subscription.objects.create(membership=by, key_hash=hash_of(key), stamp=stamp_of(user))
    record("calendar.address_made", owner=by.organisation_id, address=made.pk)
    return key


@transaction.atomic
def unsubscribe(*, by: Membership) -> None:
    """End the address; whoever knows it reads nothing more."""
    for one in Subscription.objects.filter(membership=by, ended_at=None):
        one.ended_at = now()
        one.save(update_fields=["ended_at"])
        record("calendar.address_ended", owner=by.organisation_id, address=one.pk)
