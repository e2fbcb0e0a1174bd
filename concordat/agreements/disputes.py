"""Disagreements: the ladder that the parties agreed, by when each step is due, and that meanwhile everything stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concordat.clocks.calendars import days_of, working_day_after
from concordat.core.feeds import Notice
from concordat.core.wording import plain_day
from concordat.people.models import Membership

from .limits import answers
from .models import Agreement, Dispute

USUAL = {"first_days": 10, "second_days": 10, "arbiter_days": 20}  # working days, where nothing else is agreed


@dataclass(frozen=True)
class Ladder:
    """Until when those who work together, the directors and the arbiter have time, each after the other."""

    workers: date
    directors: date
    arbiter: date
    name: str


def open_disputes(agreement: Agreement) -> list[Dispute]:
    """Return what is open between the parties about this agreement, its framework or what stands on the same one."""
    root = agreement.framework_id or agreement.pk
    found = Dispute.objects.filter(Q(agreement=root) | Q(agreement__framework=root), settled_at=None)
    return list(found.select_related("agreement", "organisation", "raised_by"))


def ladder(dispute: Dispute) -> Ladder:
    """Count the steps from the day on which it was raised, as the framework says, by the days of whoever raised it."""
    said, days = agreed_steps(dispute), days_of(dispute.organisation_id)
    first, second, third = lengths(dispute)
    workers = working_day_after(days.day_of(dispute.raised_at), first, days)
    directors = working_day_after(workers, second, days)
    return Ladder(workers, directors, working_day_after(directors, third, days), str(said.get("arbiter") or ""))


def agreed_steps(dispute: Dispute) -> dict[str, Any]:
    """Return what the framework says about the ladder, and what is usual where it is silent."""
    framework = dispute.agreement.framework or dispute.agreement
    return {**USUAL, **answers(framework, "MOU-22", dispute.raised_at)}


def lengths(dispute: Dispute) -> list[int]:
    """Return how many working days each step takes."""
    said = agreed_steps(dispute)
    return [int(said[name] or USUAL[name]) for name in USUAL]


def notices(agreement: Agreement, by: Membership) -> Iterable[Notice]:
    """Return a bar for each open disagreement, with its ladder."""
    for one in open_disputes(agreement):
        yield Notice("soon", _("Disagreement"), words(one, by))


def words(one: Dispute, by: Membership) -> SafeString:
    steps = ladder(one)
    said = _(
        "Raised by {who} about “{title}” on {day}: “{about}” Everything stays as it is. Those who work together have "
        "until {workers}, then the directors until {directors}, then {arbiter} until {last}. {link}"
    )
    settle = reverse("agreements:settle", args=[one.agreement_id, one.pk])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', settle, _("Say how it was settled"))
    return format_html(
        said, who=one.organisation, title=one.agreement.title, day=plain_day(one.raised_at), about=one.about,
        workers=plain_day(steps.workers), directors=plain_day(steps.directors), last=plain_day(steps.arbiter),
        arbiter=steps.name or _("the arbiter"), link=link if one.organisation_id == by.organisation_id else "",
    )  # fmt: skip


def history(agreement: Agreement) -> list[Dispute]:
    """Return what was settled about this agreement, the newest first."""
    found = Dispute.objects.filter(agreement=agreement, settled_at__isnull=False)
    return list(found.select_related("organisation", "settled_by"))


def stands_still(agreement: Agreement) -> datetime | None:
    """Return since when a disagreement keeps everything as it is."""
    return min((one.raised_at for one in open_disputes(agreement)), default=None)
