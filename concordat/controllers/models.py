"""Under which law an organisation keeps data (ISP-3): what its data protection officer stated, and when."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Law(models.TextChoices):
    GENERAL = "general", _("General data protection law")
    ENFORCEMENT = "enforcement", _("Data protection law for law enforcement")
    MONITORING = "monitoring", _("The statute of a monitoring body")


class Regime(models.Model):
    """One statement of one organisation: the law for everything, and which kinds another law holds for all the same."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    law = models.CharField(_("Which law holds for what you keep?"), max_length=11, choices=Law)
    enforcement = ArrayField(models.SmallIntegerField(choices=Category), default=list)
    citation = models.CharField(_("Which act and section?"), max_length=200)
    stated_at = models.DateTimeField(default=timezone.now, editable=False)
    stated_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-stated_at"]
        constraints = [
            models.CheckConstraint(name="regime_names_a_law", condition=Q(law__in=Law.values) & ~Q(citation="")),
            models.CheckConstraint(
                name="regime_excepts_from_another_law", condition=~Q(law="enforcement") | Q(enforcement=[])
            ),
        ]

    def __str__(self) -> str:
        return self.get_law_display()

    @property
    def kinds(self) -> list[str]:
        return [str(Category(one).label) for one in self.enforcement]
