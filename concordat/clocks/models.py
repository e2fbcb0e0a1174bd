"""Calendars by which an organisation counts, the clocks that run, what pauses them, and what lapsed.

When a clock is due is computed by the database alone (`access/sql/clocks.sql`): nobody gives themselves longer. A clock
names what it is about by table and number, without a foreign key, because what rooms keep lies above this folder; who
may see the clock is who may see that. Whether one has lapsed is a comparison with the present, true at its instant.
"""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from .catalogue import CLOCKS, Ground, Step, Unit, step_of

MIDNIGHT = time(0, 0)


class Source(models.TextChoices):
    """Where a holiday comes from."""

    COUNTRY = "country", _("The list of the country")
    FILE = "file", _("A file")
    TYPED = "typed", _("Entered here")


class Calendar(models.Model):
    """How one organisation counts working days: its region, its days of rest, its hours and its time zone.

    Without one, Monday to Friday are working days until midnight, and there are no holidays.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("Region"), max_length=120)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    subdivision = models.CharField(_("Part of the country"), max_length=10, blank=True)
    rest_days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("Days of rest"), default=list)
    opens = models.TimeField(_("Work begins"), default=MIDNIGHT)
    closes = models.TimeField(_("Work ends"), default=MIDNIGHT)  # midnight: the end of the day
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["owner"]
        constraints = [
            models.CheckConstraint(
                name="calendar_leaves_a_working_day",
                condition=Q(rest_days__contained_by=[1, 2, 3, 4, 5, 6, 7])
                & ~Q(rest_days__contains=[1, 2, 3, 4, 5, 6, 7]),
            ),
            models.CheckConstraint(
                name="calendar_closes_after_it_opens", condition=Q(closes=MIDNIGHT) | Q(opens__lt=F("closes"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day on which nobody works. `declared_at` is set by the database: what had lapsed by then stays lapsed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="holidays")
    day = models.DateField(_("Day"))
    name = models.CharField(_("Name"), max_length=200)
    source = models.CharField(max_length=7, choices=Source)
    declared_at = models.DateTimeField(default=timezone.now)
    declared_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(name="holiday_is_named_once", fields=["calendar", "day"])]

    def __str__(self) -> str:
        return self.name


class Running(models.Model):
    """One step of a clock, running for one thing. `owner` has to act; `other` sees it too, or nobody else does.

    Counted from `starts_at`, or `until` says the instant. `due_at` is null while it is paused. `watched`: it may still
    lapse, or its lapse is not recorded yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=6)
    step = models.CharField(max_length=12)
    about_table = models.CharField(max_length=63)
    about_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now)
    length = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=12, choices=Unit)
    until = models.DateTimeField(null=True)
    grounds = ArrayField(models.CharField(max_length=12, choices=Ground), default=list)
    ahead = ArrayField(models.PositiveSmallIntegerField(), default=list)  # how long the steps to come take
    due_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    watched = models.BooleanField(default=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(name="clock_watched", fields=["due_at"], condition=Q(watched=True)),
            models.Index(name="clock_of_owner", fields=["owner", "due_at"], condition=Q(ended_at=None)),
            models.Index(name="clock_of_other", fields=["other", "due_at"], condition=Q(ended_at=None)),
            models.Index(name="clock_about", fields=["about_id"]),
            models.Index(name="clock_of_case", fields=["case_id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="clock_runs_once",
                fields=["owner", "other", "about_table", "about_id", "code", "step"],
                condition=Q(ended_at=None),
                nulls_distinct=False,  # what its owner alone sees never collides with what another starts
            ),
            models.CheckConstraint(
                name="clock_has_one_length",
                condition=Q(length__gte=1, until=None) | Q(length=None, until__isnull=False),
            ),
            models.CheckConstraint(name="clock_parties_differ", condition=Q(other=None) | ~Q(other=F("owner"))),
            models.CheckConstraint(name="clock_unit_is_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="clock_end_is_whole",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.step}"

    def get_absolute_url(self) -> str:
        return self.address

    @property
    def of_step(self) -> Step:
        return step_of(self.code, self.step)

    @property
    def title(self) -> str:
        """The step in words, with the reference that both sides know."""
        if not self.reference:
            return str(self.of_step.words)
        return _("%(step)s: %(reference)s") % {"step": self.of_step.words, "reference": self.reference}

    @property
    def due_day(self) -> date | None:
        """The last day, where a clock ends at the end of a day; null while it stands still."""
        return localdate(self.due_at - timedelta(microseconds=1)) if self.due_at else None

    @property
    def shown_due(self) -> date | datetime | None:
        """The instant where a clock counts hours, else the last day."""
        return self.due_at if self.unit in {Unit.HOURS, Unit.MINUTES} else self.due_day

    @property
    def has_lapsed(self) -> bool:
        """Tell whether it lapsed, at the instant of asking, whether or not somebody has recorded it."""
        return bool(self.due_at and self.due_at <= (self.ended_at or timezone.now()))

    @property
    def consequence(self) -> str:
        return str(CLOCKS[self.code].lapse)


class Pause(models.Model):
    """A time in which a clock stands still, on one of its listed grounds. Both parties see it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clock = models.ForeignKey(Running, models.PROTECT, related_name="pauses")
    ground = models.CharField(_("On which ground?"), max_length=12, choices=Ground)
    begins_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ends_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["begins_at"]
        constraints = [
            models.UniqueConstraint(name="clock_is_paused_once", fields=["clock"], condition=Q(ends_at=None)),
            models.CheckConstraint(name="pause_ground_is_known", condition=Q(ground__in=Ground.values)),
            models.CheckConstraint(
                name="pause_end_is_whole",
                condition=Q(ends_at=None, ended_by=None) | Q(ends_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class Lapse(models.Model):
    """That a clock lapsed, once, with whom it is told to. What it says in words stands in the catalogue."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clock = models.OneToOneField(Running, models.PROTECT, related_name="lapse")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    told = ArrayField(models.CharField(max_length=24, choices=Role), default=list)
    above = ArrayField(models.CharField(max_length=24, choices=Role), default=list)
    above_at = models.DateTimeField(null=True)  # from then on those above are told as well, if it is still open

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return str(self.clock_id)


class Subscription(models.Model):
    """The secret address under which one member's own calendar program reads the deadlines; only its hash is kept.

    `stamp` changes with the password: a new one ends the address, as leaving and a lost second factor do.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    stamp = models.CharField(max_length=128)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(name="member_has_one_address", fields=["membership"], condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return str(self.pk)
