"""An assessment of what sharing does to persons' rights: of one version of an agreement, by one party of it (ISP-23).

It judges a way of sharing and no person, and there are no numbers in it. Decided, it stays; what comes after is a new
one. The other party reads an outcome, where it was told one, and nothing else.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement, Version
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

LONG, SHORT = 1500, 500


class Decision(models.TextChoices):
    GO = "go", _("Go ahead")
    MEASURES = "measures", _("Go ahead, with the measures")
    STOP = "stop", _("Do not share in this way")


class Assessment(models.Model):
    """One version of an assessment. `cells` is the table of rules that it is about, as the database took it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField(_("Version"), default=1)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by", editable=False)
    cells = models.JSONField(default=list, editable=False)
    aim = models.CharField(_("What is this sharing for, and for whom?"), max_length=LONG)
    necessity = models.CharField(_("Why is each kind of information needed?"), max_length=LONG)
    proportionality = models.CharField(_("Why would less not be enough?"), max_length=LONG)
    private_life = models.CharField(_("Private life"), max_length=LONG)
    religion = models.CharField(_("Religion and belief"), max_length=LONG)
    family = models.CharField(_("Family"), max_length=LONG)
    equality = models.CharField(_("No discrimination"), max_length=LONG)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    decision = models.CharField(_("Decision"), max_length=8, choices=Decision, blank=True)
    reasons = models.CharField(_("Reasons"), max_length=LONG, blank=True)
    review_on = models.DateField(_("Looked at again by"), null=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="assessment_version_is_one", fields=["owner", "reference", "number"]),
            models.CheckConstraint(
                name="assessment_decision_is_whole",
                condition=Q(decision="", reasons="", review_on=None, decided_at=None, decided_by=None)
                | Q(decision__in=Decision.values, review_on__isnull=False, decided_at__isnull=False,
                    decided_by__isnull=False) & ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="assessment_is_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("created_by")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("impact:detail", args=[self.pk])

    @property
    def allows(self) -> bool:
        return self.decision in {Decision.GO, Decision.MEASURES}


class Expected(models.TextChoices):
    """How soon it is to be expected, in words that a discussion can use. There is nothing to add up."""

    HARDLY = "hardly", _("Hardly to be expected")
    POSSIBLE = "possible", _("Possible")
    LIKELY = "likely", _("To be expected if nothing is done")


class Lasting(models.TextChoices):
    """What it would mean for whoever it happens to."""

    MENDED = "mended", _("Can be made good")
    LASTS = "lasts", _("Lasts, and is hard to make good")
    NEVER = "never", _("Can never be made good")


class Risk(models.Model):
    """What could happen to whom, and what is done against it by whom. Of a way of sharing; of no person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="risks")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(_("What could happen, and to whom?"), max_length=SHORT)
    expected = models.CharField(_("Is it to be expected?"), max_length=8, choices=Expected)
    lasting = models.CharField(_("If it happens, can it be made good?"), max_length=8, choices=Lasting)
    measure = models.CharField(_("What is done against it?"), max_length=SHORT)
    post = models.CharField(_("Who sees to it?"), max_length=24, choices=Role)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(name="risk_says_what_is_done", condition=~Q(what="") & ~Q(measure=""))]

    def __str__(self) -> str:
        return self.what


class Speaker(models.TextChoices):
    OFFICER = "officer", _("The data protection officer")
    OUTSIDE = "outside", _("Somebody outside who knows data protection")
    PERSONS = "persons", _("Persons concerned, or who speaks for them")


class Advice(models.Model):
    """What the data protection officer, an adviser or persons concerned said, in their own words. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="advice")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    speaker = models.CharField(_("Who says it?"), max_length=8, choices=Speaker)
    heard = models.CharField(_("Who was heard, and how?"), max_length=200, blank=True)
    words = models.CharField(_("In their own words"), max_length=LONG)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="advice_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="advice_says_who_was_heard", condition=Q(speaker="officer") | ~Q(heard="")),
        ]

    def __str__(self) -> str:
        return self.get_speaker_display()


class Outcome(models.Model):
    """What the other party is told of an assessment: the decision, the measures, when it is looked at again."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, primary_key=True, related_name="outcome")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField(_("Version"), default=1)
    cells = models.JSONField(default=list, editable=False)
    decision = models.CharField(_("Decision"), max_length=8, choices=Decision)
    decided_on = models.DateField(default=timezone.localdate)
    review_on = models.DateField(_("Looked at again by"))
    measures = ArrayField(models.CharField(max_length=SHORT), default=list)
    told_at = models.DateTimeField(default=timezone.now, editable=False)
    told_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-told_at"]

    def __str__(self) -> str:
        return self.reference

    @property
    def allows(self) -> bool:
        return self.decision in {Decision.GO, Decision.MEASURES}
