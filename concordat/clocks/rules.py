"""Why something about calendars and clocks is refused, in words; None when it may be done."""

from datetime import date
from zoneinfo import available_timezones

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Holiday, Pause, Running

KEEPERS = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.PROGRAMME_MANAGER, Role.COORDINATOR)

NOT_YOURS = gettext_lazy("Whoever is told when this clock lapses pauses it and lets it go on.")

CONSTRAINT_SENTENCES = {
    "calendar_leaves_a_working_day": gettext_lazy("Leave at least one working day a week."),
    "calendar_closes_after_it_opens": gettext_lazy("Work ends after it begins."),
    "calendar_time_zone_is_known": gettext_lazy("There is no such time zone."),
    "holiday_is_named_once": gettext_lazy("This day is a holiday already."),
    "clock_runs_once": gettext_lazy("This clock runs already."),
    "clock_is_paused_once": gettext_lazy("This clock is paused already."),
    "member_has_one_address": gettext_lazy("There is an address already. End it first."),
    "pause_comes_before_the_lapse": gettext_lazy("This clock has ended or lapsed, so it cannot be paused."),
    "pause_has_a_listed_ground": gettext_lazy("This clock cannot be paused on this ground."),
}


def refuse_keeper(by: Membership) -> str | None:
    """Say why somebody does not change by which days their organisation counts."""
    if by.has(*KEEPERS):
        return None
    return _("An administrator, the director, a programme manager or a coordinator sets the calendar.")


def refuse_calendar(*, rest_days: list[int], time_zone: str, by: Membership) -> str | None:
    """Say why a calendar is not set so."""
    if refusal := refuse_keeper(by):
        return refusal
    if len(set(rest_days)) > 6:  # noqa: PLR2004 - days of a week
        return str(CONSTRAINT_SENTENCES["calendar_leaves_a_working_day"])
    return None if time_zone in available_timezones() else str(CONSTRAINT_SENTENCES["calendar_time_zone_is_known"])


def refuse_to_take_back(holiday: Holiday, *, today: date, by: Membership) -> str | None:
    """Say why a holiday is not taken back."""
    if refusal := refuse_keeper(by):
        return refusal
    if holiday.calendar.owner_id != by.organisation_id:
        return _("This is a holiday of another organisation.")
    return _("This day has come already, so it stays.") if holiday.day <= today else None


def refuse_pause(clock: Running, *, ground: str, by: Membership) -> str | None:
    """Say why a clock is not paused."""
    if by.organisation_id not in {clock.owner_id, clock.other_id}:
        return _("Only the two organisations whose clock it is can pause it.")
    if not by.has(*clock.of_step.told, *clock.of_step.above):
        return str(NOT_YOURS)
    if clock.ended_at or (clock.due_at and clock.due_at <= now()):
        return str(CONSTRAINT_SENTENCES["pause_comes_before_the_lapse"])
    if Pause.objects.filter(clock=clock, ends_at=None).exists():
        return str(CONSTRAINT_SENTENCES["clock_is_paused_once"])
    if clock.other_id is None or clock.until or ground not in clock.grounds:
        return str(CONSTRAINT_SENTENCES["pause_has_a_listed_ground"])
    return None


def refuse_resume(clock: Running, *, by: Membership) -> str | None:
    """Say why a clock does not go on."""
    if by.organisation_id not in {clock.owner_id, clock.other_id}:
        return _("Only the two organisations whose clock it is can let it go on.")
    if not by.has(*clock.of_step.told, *clock.of_step.above):
        return str(NOT_YOURS)
    return None if Pause.objects.filter(clock=clock, ends_at=None).exists() else _("This clock is not paused.")
