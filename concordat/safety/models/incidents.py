"""Critical incidents: single facts in their order, what protects at once, and a review with what comes of it."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from concordat.core.days import add_months, add_working_days
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety.times import REVIEW_FINISH, REVIEW_START


class Kind(models.TextChoices):
    DEATH = "death", _("Death")
    SELF_HARM = "self_harm", _("Serious self-harm")
    ATTACK = "attack", _("Attack or offence")
    ABSCONDING = "absconding", _("Absconding")
    ASSAULT = "assault", _("Serious assault")
    HOSTAGE = "hostage", _("Taking of a hostage")
    ABUSE = "abuse", _("Allegation of abuse against a worker")
    DATA = "data", _("Data that got out")
    MEDIA = "media", _("Grave harm through the media")


class Level(models.TextChoices):
    NOTE = "note", _("A learning note")
    JOINT = "joint", _("A joint review")
    INDEPENDENT = "independent", _("An independent review")


class Subject(models.TextChoices):
    """What a note is. The parties read the terms, the findings, the recommendations and a delay, and may reply."""

    SAFEGUARD = "safeguard", _("Immediate safeguard")
    TERMS = "terms", _("Terms of reference")
    FINDING = "finding", _("Finding")
    RECOMMENDATION = "recommendation", _("Recommendation")
    TOLD = "told", _("What the person, the family and victims are told")
    DELAY = "delay", _("Note of delay")
    REPLY = "reply", _("Reply of a party")


class Cause(models.TextChoices):
    """Of which type a finding is. None of them is a person."""

    PRACTICE = "practice", _("How work was done")
    RESOURCES = "resources", _("Time, money or people")
    RULES = "rules", _("Rules or agreements")
    COOPERATION = "cooperation", _("Working together")
    OUTSIDE = "outside", _("Nobody could have known or done otherwise")


class Incident(models.Model):
    """One incident, from when it was known to when its review ended."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("What happened?"), max_length=12, choices=Kind)
    known_on = models.DateField(_("On which day did your organisation know?"))
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    level = models.CharField(_("How is it looked at?"), max_length=12, choices=Level, blank=True)
    started_at = models.DateTimeField(null=True, editable=False)
    started_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    finished_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-known_on"]
        constraints = [
            models.CheckConstraint(
                name="incident_review_is_started_whole",
                condition=Q(level="", started_at=None, started_by=None)
                | ~Q(level="") & Q(started_at__isnull=False, started_by__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_review_is_finished_whole",
                condition=Q(finished_at=None, finished_by=None)
                | Q(started_at__isnull=False, finished_at__isnull=False, finished_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def start_by(self) -> date:
        return add_working_days(self.known_on, REVIEW_START)

    @property
    def finish_by(self) -> date:
        return add_months(self.known_on, REVIEW_FINISH)

    @property
    def is_late(self) -> bool:
        """Say whether the review did not begin, or did not end, in time."""
        begun = localdate(self.started_at) if self.started_at else localdate()
        ended = localdate(self.finished_at) if self.finished_at else localdate()
        return begun > self.start_by or ended > self.finish_by


class Involved(models.Model):
    """A party of the review besides the organisation whose incident it is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="parties")
    party = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(name="party_is_involved_once", fields=["incident", "party"])]

    def __str__(self) -> str:
        return str(self.pk)


class Moment(models.Model):
    """One fact of the timeline, with when it was and who says so. What was wrong gets a new one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="moments")
    happened_at = models.DateTimeField(_("When?"))
    fact = models.CharField(_("What happened then? One fact."), max_length=400)
    source = models.CharField(_("Who says so, or where does it stand?"), max_length=200)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["happened_at", "at"]
        constraints = [
            models.CheckConstraint(name="moment_has_a_fact_and_a_source", condition=~Q(fact="") & ~Q(source=""))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Note(models.Model):
    """What was written down about an incident. Never changed; of a recommendation it is said when it was done."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notes")
    subject = models.CharField(max_length=16, choices=Subject)
    cause = models.CharField(_("Of which type is it?"), max_length=12, choices=Cause, blank=True)
    words = models.CharField(max_length=2000)
    due_on = models.DateField(_("By when?"), null=True)
    done_on = models.DateField(null=True)
    author = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="note_is_put_in_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="finding_has_a_type",
                condition=Q(subject="finding", cause__in=Cause.values) | ~Q(subject="finding") & Q(cause=""),
            ),
            models.CheckConstraint(
                name="recommendation_has_a_day",
                condition=Q(subject="recommendation", due_on__isnull=False)
                | ~Q(subject="recommendation") & Q(due_on=None, done_on=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
