"""A caseload file on its way in: staged, mapped and confirmed by a named officer, loaded, then deleted."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Upload(models.Model):
    """One file. Its bytes are removed as soon as it is loaded or thrown away; the counts stay."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)
    data = models.BinaryField(null=True)
    wrong = models.BinaryField(null=True)
    mapping = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    staged_at = models.DateTimeField(default=timezone.now)
    staged_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-staged_at"]

    def __str__(self) -> str:
        return self.name
