"""That an organisation leaves Concordat: declared by one, confirmed by another, and then not undone."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.models import Membership

WINDOW = timedelta(days=30)  # for taking everything out; `leaving.carry_out` in SQL says the same


class Departure(models.Model):
    """The end of a membership. What follows for agreements and members the database does (`sql/leaving.sql`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(_("Why your organisation leaves"), max_length=500)
    declared_at = models.DateTimeField(default=timezone.now, editable=False)
    declared_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    carried_out_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(
                name="departure_is_one_at_a_time", fields=["organisation"],
                condition=Q(withdrawn_at=None, carried_out_at=None),
            ),
            models.CheckConstraint(name="departure_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="departure_is_confirmed_by_another",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("declared_by")),
            ),
            models.CheckConstraint(
                name="departure_is_not_undone",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, confirmed_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def until(self) -> datetime | None:
        """Until when its leaders can still take everything out."""
        return self.confirmed_at + WINDOW if self.confirmed_at else None
