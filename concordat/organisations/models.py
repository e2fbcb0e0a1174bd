"""Organisations, the facts that speak for or against their independence, and the places where they work.

Names are sorted by `sort_key`, which the database keeps (`sql/sorting.sql`): servers sort letters differently.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    AUTHORITY = "authority", _("Public authority")
    CIVIL = "civil", _("Civil society")


class Organisation(models.Model):
    """One body, with the facts from which others judge how independent it is.

    Its number is part of every access decision. Which side it stands on is agreed by both parties of an agreement
    and fixed by the first signature (a trigger of `agreements`).
    """

    id = models.IntegerField(primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("Name"), max_length=120)
    sort_key = models.CharField(max_length=250, db_collation="C", default="", editable=False)
    short = models.CharField(_("Letters on its badge"), max_length=3)
    side = models.CharField(_("Side"), max_length=9, choices=Side)
    legal_form = models.CharField(_("Legal form"), max_length=120, blank=True)
    controlled_by = models.CharField(_("Appointed or controlled by"), max_length=120, blank=True)
    income_share = models.CharField(_("Share of income from public authorities"), max_length=120, blank=True)
    secondments = models.CharField(_("Staff seconded from others"), max_length=120, blank=True)
    duty_desk = models.CharField(_("Duty desk, day and night"), max_length=60, blank=True)
    statutory = models.BooleanField(_("Acts by statute"), default=False)
    monitoring = models.BooleanField(_("Monitors places of detention"), default=False)
    victim_liaison = models.BooleanField(_("Liaises with victims"), default=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organisation_number_fits_a_key", condition=models.Q(id__gte=1, id__lte=33_000_000)
            ),
            models.CheckConstraint(name="organisation_side_is_known", condition=models.Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_authority(self) -> bool:
        return self.side == Side.AUTHORITY


class Place(models.Model):
    """An establishment, office or area for which activity terms can be signed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="places")
    name = models.CharField(_("Name"), max_length=120)
    sort_key = models.CharField(max_length=250, db_collation="C", default="", editable=False)
    kind = models.CharField(_("Kind"), max_length=40, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(name="place_name_is_known_once", fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.name
