"""An export of all that an organisation owns: who asked, who else agreed, what is in it, and the sealed file itself.

What belongs into one is decided by the database (`sql/contents.sql`).
"""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.models import Membership

ALONE = timedelta(
    days=1
)  # how long it waits where there is nobody else to agree; `exports.waiting` in SQL says the same
KEPT = timedelta(days=7)  # after it was made; `exports.forget` in SQL says the same


class Export(models.Model):
    """One export. `counts` says how many rows of each table are in it, once it is made."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    public_key = models.CharField(_("Public half of your key"), max_length=62)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    stopped_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="export_is_one_at_a_time", fields=["organisation"],
                condition=Q(made_at=None, stopped_at=None, failed_at=None),
            ),
            models.CheckConstraint(
                name="export_is_agreed_by_another",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="export_stop_is_whole",
                condition=Q(stopped_at=None, stopped_by=None) | Q(stopped_at__isnull=False, stopped_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def records(self) -> int:
        return sum(self.counts.values())

    @property
    def is_there(self) -> bool:
        """Whether there is a file to fetch."""
        return bool(self.made_at and not self.stopped_at and not self.deleted_at)


class Piece(models.Model):
    """A piece of the sealed file, a megabyte at most."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    export = models.ForeignKey(Export, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="piece_has_its_place", fields=["export", "number"])]

    def __str__(self) -> str:
        return str(self.number)


class Turn(models.Model):
    """The transaction that makes an export now, while it does. Written and read by functions of the database alone."""

    id = models.CharField(primary_key=True, max_length=24)
    export = models.ForeignKey(Export, models.CASCADE, related_name="+")
    organisation = models.IntegerField()
    membership = models.UUIDField()
    chart = models.JSONField()

    def __str__(self) -> str:
        return self.id
