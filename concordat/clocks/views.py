"""The pages of the clocks: which there are, by which days an organisation counts, and one clock with its pauses."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.edits import hold_to_change
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, loading, rules
from .catalogue import CLOCKS
from .forms import CalendarForm, CountryForm, FileForm, HolidayForm, PauseForm
from .models import Calendar, Holiday, Running, Source
from .words import in_words, weekly


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def catalogue(request: SignedInRequest) -> HttpResponse:
    """Show every clock: what starts it, how long, whose it is, what follows, and whether it runs here."""
    clocks = [(one, [(step, in_words(step)) for step in one.steps]) for one in CLOCKS.values()]
    return render(request, "clocks/catalogue.html", {"clocks": clocks})


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show by which days one's organisation counts."""
    found = own(request)
    context: dict[str, Any] = {
        "calendar": found,
        "rest": weekly(found.rest_days) if found else "",
        "holidays": found.holidays.filter(day__gte=localdate().replace(month=1, day=1)) if found else [],
        "today": localdate(),
        "refusal": rules.refuse_keeper(request.acting),
    }
    return render(request, "clocks/calendar.html", context)


def own(request: SignedInRequest) -> Calendar | None:
    return Calendar.objects.filter(owner=request.acting.organisation_id).first()


@for_purpose(Purpose.ADMINISTRATION)
def set_calendar(request: SignedInRequest) -> HttpResponse:
    """Say by which days one's organisation counts."""
    there = own(request)
    found = hold_to_change(request, there) if there else None
    fields = ("name", "rest_days", "opens", "closes", "time_zone")
    usual = {"rest_days": [6, 7], "opens": "08:00", "closes": "00:00", "time_zone": "UTC"}
    initial = {name: getattr(found, name) for name in fields} if found else usual
    kept: dict[str, Any] = {"country": found.country, "subdivision": found.subdivision} if found else {}
    return step(
        request, CalendarForm(sent(request), initial=initial), partial(actions.set_calendar, **kept, by=request.acting),
        title=_("By which days does your organisation count?"), button=_("Set the calendar"),
        intro=_("What has not lapsed is counted anew at once. What has lapsed stays as it is."),
        done=_("The calendar is set."), changes=found,
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def declare(request: SignedInRequest) -> HttpResponse:
    """Declare one day on which nobody works."""
    save = partial(actions.declare_holiday, needed(request), by=request.acting)
    return step(
        request, HolidayForm(sent(request)), save, title=_("Add a holiday"), button=_("Add it"),
        intro=_("What has not lapsed is counted anew at once. What has lapsed stays as it is."),
        done=_("The day is added."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def load_country(request: SignedInRequest) -> HttpResponse:
    """Take the holidays of a country."""
    found = needed(request)

    def save(country: str, subdivision: str) -> None:
        days = loading.of_country(country, subdivision)
        actions.declare_holidays(found, days=days, source=Source.COUNTRY, by=request.acting)

    return step(
        request, CountryForm(sent(request)), save, title=_("Take the holidays of a country"), button=_("Take them"),
        intro=_("Of this year and the next two. Look at them afterwards: a list can be wrong for your region."),
        done=_("The holidays are added."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def load_file(request: SignedInRequest) -> HttpResponse:
    """Take holidays from a file."""
    found = needed(request)

    def save(file: Any) -> None:  # noqa: ANN401 - an uploaded file
        actions.declare_holidays(found, days=loading.of_file(file.read()), source=Source.FILE, by=request.acting)

    return step(
        request, FileForm(sent(request), request.FILES or None), save, title=_("Take holidays from a file"),
        button=_("Take them"), done=_("The holidays are added."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take back a holiday that was added by mistake."""
    holiday = get_object_or_404(
        Holiday.objects.select_related("calendar"), pk=pk, calendar__owner=request.acting.organisation_id
    )
    return step(
        request, SureForm(sent(request)), partial(actions.take_back_holiday, holiday, by=request.acting),
        title=_("Take back “%(name)s”") % {"name": holiday.name}, button=_("Take it back"), kind="warning",
        done=_("The day is a working day again."),
    )  # fmt: skip


def needed(request: SignedInRequest) -> Calendar:
    """Return one's own calendar; without one there is nothing to add to."""
    found = own(request)
    if found is None:
        raise Http404
    return found


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one clock with its pauses, to both parties alike."""
    clock = found_clock(pk)
    pauses = list(clock.pauses.select_related("begun_by__organisation", "ended_by__organisation"))
    standing = next((one for one in pauses if one.ends_at is None), None)
    context: dict[str, Any] = {
        "clock": clock, "pauses": pauses, "standing": standing,
        "refusal": rules.refuse_resume(clock, by=request.acting) if standing else refuse_any_pause(clock, request),
    }  # fmt: skip
    return render(request, "clocks/detail.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def pause(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let a clock stand still."""
    clock = hold_to_change(request, found_clock(pk))
    return step(
        request, PauseForm(sent(request), grounds=clock.grounds), partial(actions.pause, clock, by=request.acting),
        there=reverse("clocks:detail", args=[clock.pk]), title=_("Pause this clock"), caption=clock.title,
        button=_("Pause it"), done=_("The clock stands still. The other party sees it."),
        intro=_("Both parties see the ground, since when and by whom. Let it go on as soon as the ground is gone."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def resume(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let a clock go on."""
    clock = hold_to_change(request, found_clock(pk))
    return step(
        request, SureForm(sent(request)), partial(actions.resume, clock, by=request.acting),
        there=reverse("clocks:detail", args=[clock.pk]), title=_("Let this clock go on"), caption=clock.title,
        refusal=rules.refuse_resume(clock, by=request.acting),
        button=_("Let it go on"), done=_("The clock goes on."),
    )  # fmt: skip


def refuse_any_pause(clock: Running, request: SignedInRequest) -> str | None:
    """Say why a clock is not paused on any of its grounds."""
    return rules.refuse_pause(clock, ground=(clock.grounds or [""])[0], by=request.acting)


def found_clock(pk: UUID) -> Running:
    return get_object_or_404(Running.objects.select_related("owner", "other", "ended_by"), pk=pk)


def step(request: SignedInRequest, form: Any, save: Any, *, there: str = "", **context: Any) -> HttpResponse:  # noqa: ANN401
    """Show the form of one change, and lead back."""
    back = there or reverse("clocks:calendar")
    if not there:
        context["refusal"] = rules.refuse_keeper(request.acting)
    return show_form(request, form, save, to=back, cancel_url=back, **context)
