"""What is offered: services, for whom, where, and what they are about. The directory is open to everybody signed in."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement
from concordat.cases.models import Sex
from concordat.core.codes import Activity
from concordat.core.languages import Written
from concordat.organisations.models import Organisation, Place


class Need(models.TextChoices):
    """What a service helps with (starter list)."""

    MENTORING = "mentoring", _("Somebody to talk to: mentoring")
    EDUCATION = "education", _("Education")
    WORK = "work", _("Work and skills")
    PSYCHOLOGICAL = "psychological", _("Psychological support")
    FAITH = "faith", _("Faith and values dialogue")
    FAMILY = "family", _("Family")
    TRAUMA = "trauma", _("Trauma")
    SUBSTANCE = "substance", _("Substance use")
    HOUSING = "housing", _("Housing after release")
    EXIT = "exit", _("Leaving a violent group")
    CREATIVE = "creative", _("Arts and sport")


class Target(models.TextChoices):
    """What an intervention or a goal is about; reports may speak only to it."""

    ATTITUDES = "attitudes", _("Attitudes")
    BEHAVIOUR = "behaviour", _("Behaviour")
    BOTH = "both", _("Attitudes and behaviour")
    SKILLS = "skills", _("Skills")
    WELLBEING = "wellbeing", _("Wellbeing")
    TIES = "ties", _("Ties")


class AgeGroup(models.TextChoices):
    UNDER_18 = "under_18", _("Under 18")
    YOUNG = "young", _("18 to 25")
    ADULT = "adult", _("Over 25")


class FreePlaces(models.TextChoices):
    """How full a service is, as its provider says. A computed number would tell who stopped, and when."""

    SOME = "some", _("Places free")
    FEW = "few", _("Few places free")
    NONE = "none", _("No place free at the moment")


class Service(Written):
    """A service that an organisation offers under activity terms. The directory is open to everybody signed in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    terms = models.ForeignKey(Agreement, models.PROTECT, related_name="+", db_constraint=False)
    activity = models.CharField(max_length=16, choices=Activity, default=Activity.CUSTODY)
    name = models.CharField(_("Name"), max_length=120)
    sort_key = models.CharField(max_length=250, db_collation="C", default="", editable=False)
    description = models.TextField(_("What happens"), blank=True)
    method = models.TextField(_("Method, and why it should help"))
    needs = ArrayField(models.CharField(max_length=16, choices=Need), verbose_name=_("Helps with"))
    target = models.CharField(_("Target"), max_length=10, choices=Target)
    languages = ArrayField(models.CharField(max_length=40), verbose_name=_("Languages"))
    sexes = ArrayField(models.CharField(max_length=8, choices=Sex), verbose_name=_("For"))
    age_groups = ArrayField(models.CharField(max_length=8, choices=AgeGroup), verbose_name=_("Age groups"))
    capacity = models.PositiveSmallIntegerField(_("Places in the service"))
    free_places = models.CharField(_("Free places"), max_length=4, choices=FreePlaces, default=FreePlaces.SOME)
    free_places_on = models.DateField(default=date.today, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(name="service_declares_its_target", condition=Q(target__in=Target.values)),
            models.CheckConstraint(name="service_declares_its_method", condition=~Q(method="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("referrals:service", args=[self.pk])


class ServicePlace(models.Model):
    """A place where a service is offered. Where there is none, an organisation does not serve, and gives no reason."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="service_is_offered_once_at_a_place", fields=["service", "place"])]

    def __str__(self) -> str:
        return str(self.place)
