"""Files on their way in: a caseload until it is loaded, and services until their coordinator confirms them."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concordat.core.parts import State
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.referrals.models import Service

KEPT = timedelta(days=7)  # how long a file waits for its officer, and the wrong rows to be fetched; see sql/protect.sql


class Outcome(models.TextChoices):
    """How the way of a file ended."""

    LOADED = "loaded", _("Loaded")
    DISCARDED = "discarded", _("Thrown away")
    EXPIRED = "expired", _("Waited too long, deleted")


class Upload(models.Model):
    """One file. Its bytes are removed as soon as it is loaded or thrown away; the counts stay.

    `heading` is a hash of the names of its columns, by which the next file of the same source is known; `remembered`
    holds, by the hash of the name of a column, what it was confirmed to hold and how its dates are written. `table` is
    what was read of the bytes, so that no page reads them again. `wrong` holds the rows that could not be loaded until
    somebody fetches them, or KEPT is over. A load that is on its way has done `done` of `total` rows, up to the row
    number `done_to`; `refused` are the numbers of rows that the database did not take.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)
    data = models.BinaryField(null=True)
    table = models.BinaryField(null=True)
    wrong = models.BinaryField(null=True)
    worksheet = models.CharField(_("Worksheet"), max_length=100, blank=True)
    worksheets = models.JSONField(default=list, editable=False)
    heading = models.CharField(max_length=64, editable=False)
    mapping = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    remembered = models.JSONField(default=dict, editable=False)
    staged_at = models.DateTimeField(default=timezone.now)
    staged_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    from_command_line = models.BooleanField(default=False, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    done_to = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    fetched_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-staged_at"]
        constraints = [
            models.CheckConstraint(
                name="upload_confirmation_is_whole",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="upload_end_is_whole",
                condition=Q(finished_at=None, outcome="") | Q(finished_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="upload_ends_without_its_bytes", condition=Q(finished_at=None) | Q(data=None, table=None)
            ),
            models.CheckConstraint(
                name="upload_start_is_whole",
                condition=Q(started_at=None, started_by=None) | Q(started_at__isnull=False, started_by__isnull=False),
            ),
            models.CheckConstraint(name="upload_does_no_more_than_there_is", condition=Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="upload_hands_back_only_once_loaded",
                condition=Q(wrong=None) | Q(outcome=Outcome.LOADED, fetched_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"imports:{self.page}", args=[self.pk])

    @property
    def page(self) -> str:
        """The page that the file is at."""
        if self.finished_at:
            return "done"
        if self.started_at:
            return "progress"
        if self.confirmed_at:
            return "preview"
        return "worksheet" if self.must_choose else "columns"

    @property
    def must_choose(self) -> bool:
        """Whether several worksheets hold a list and nobody has said which is meant."""
        return len(self.worksheets) > 1 and not self.worksheet

    @property
    def is_loading(self) -> bool:
        """Whether the worker loads it, batch by batch, at this moment."""
        return self.started_at is not None and self.stopped_at is None and self.finished_at is None

    @property
    def state(self) -> State:
        """How far the file is, in words."""
        if self.finished_at:
            return State("done" if self.outcome == Outcome.LOADED else "rest", self.get_outcome_display())
        if self.started_at:
            said = {"done": self.done, "total": self.total}
            if self.stopped_at:
                return State("late", gettext("Stopped at %(done)s of %(total)s rows") % said)
            return State("soon", gettext("%(done)s of %(total)s rows loaded") % said)
        return State("soon", gettext("To be loaded") if self.confirmed_at else gettext("To be confirmed"))

    @property
    def kept_until(self) -> datetime:
        """Until when the file, or its wrong rows, are kept."""
        return (self.finished_at or self.staged_at) + KEPT


class Offer(models.Model):
    """A service of a directory file, waiting for a coordinator of its organisation to complete and confirm it.

    Nothing of it stands in the directory before. `external_id` is its identifier in the file, by which it is known when
    the file comes again; `described` and `places` are what the file says.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=100)
    name = models.CharField(_("Name"), max_length=120)
    described = models.JSONField(default=dict)
    places = models.JSONField(default=list)
    staged_at = models.DateTimeField(default=timezone.now)
    staged_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name", "external_id"]
        constraints = [
            models.CheckConstraint(
                name="offer_decision_is_whole",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="offer_waits_once", fields=["organisation", "external_id"], condition=Q(decided_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("imports:offer", args=[self.pk])
