"""What keeps those safe who meet a person: the minimum safety briefing, its acknowledgement, and safety notices."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Translation, WrittenRecord
from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class ClosedCheck(models.TextChoices):
    """Who looked whether closed material asks for a measure. That is all that is kept of it: a post and a day."""

    HEAD_OF_SECURITY = "head_of_security", _("Head of security")
    SECURITY_MANAGER = "security_manager", _("Security manager")
    DUTY_MANAGER = "duty_manager", _("Duty manager")
    LIAISON_OFFICER = "liaison_officer", _("Liaison officer")


class SafetyBriefing(WrittenRecord):
    """What somebody must know to meet a person safely (P07), by the authority that holds the knowledge.

    A change is a new version. Blank is not an answer: where there is nothing to add, the author says so.
    """

    category_of = Category.P07

    number = models.PositiveSmallIntegerField(_("Version"))
    how_to_meet = models.TextField(_("How to meet safely"))
    triggers = models.TextField(_("What may upset or endanger"), blank=True)
    keep_apart = models.TextField(_("To be kept apart from (codes)"), blank=True)
    items = models.TextField(_("Items"), blank=True)
    threats = models.TextField(_("Known threats to or from the person"), blank=True)
    language = models.CharField(_("Language"), max_length=80, blank=True)
    health = models.TextField(_("Health emergencies"), blank=True)
    restrictions = models.TextField(_("Rules that affect the activity"), blank=True)
    nothing_to_add = models.BooleanField(_("There is nothing to add under the headings left empty"), default=False)
    what_changed = models.CharField(_("What changed"), max_length=200, blank=True)
    closed_check_by = models.CharField(_("Closed material was checked by"), max_length=16, choices=ClosedCheck)
    closed_check_on = models.DateField(_("Checked on"))

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="briefing_number_is_unique_in_a_case", fields=["case", "number"]),
            models.CheckConstraint(
                name="briefing_is_not_left_blank",
                condition=Q(nothing_to_add=True)
                | ~Q(triggers="")
                & ~Q(keep_apart="")
                & ~Q(items="")
                & ~Q(threats="")
                & ~Q(language="")
                & ~Q(health="")
                & ~Q(restrictions=""),
            ),
            models.CheckConstraint(name="briefing_says_how_to_meet", condition=~Q(how_to_meet="")),
            models.CheckConstraint(name="briefing_says_what_changed", condition=Q(number=1) | ~Q(what_changed="")),
            models.CheckConstraint(
                name="closed_material_was_checked_by_a_post", condition=Q(closed_check_by__in=ClosedCheck.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("sharing:briefing", args=[self.pk])


class BriefingTranslation(Translation):
    """A translation of one version of a briefing; a new version has none until somebody adds one."""

    whole = models.ForeignKey(SafetyBriefing, models.PROTECT, related_name="translations")


class Opening(models.Model):
    """Somebody opened this version of a briefing; without that they cannot confirm it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    briefing = models.ForeignKey(SafetyBriefing, models.PROTECT, related_name="+", db_constraint=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="opened_once", fields=["briefing", "membership"])]

    def __str__(self) -> str:
        return str(self.at)


class Acknowledgement(models.Model):
    """A worker read this version of a briefing and confirmed it. The database takes it for the newest version only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    briefing = models.ForeignKey(SafetyBriefing, models.PROTECT, related_name="acknowledgements", db_constraint=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="acknowledged_once", fields=["briefing", "membership"])]

    def __str__(self) -> str:
        return str(self.at)


class SafetyNotice(WrittenRecord):
    """A warning to one partner that may not wait (P28); it arrives through the wind-down of an agreement too."""

    category_of = Category.P28

    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("What they must know now"))

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(name="notice_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return str(self.created_at)

    def get_absolute_url(self) -> str:
        return reverse("sharing:notice", args=[self.pk])
