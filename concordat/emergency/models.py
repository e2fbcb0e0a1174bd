"""Emergency access: somebody asks for one case of their own organisation, a second person opens it for hours.

What it opens, to whom, and that it ends is said by the database (`access/sql/asker.sql`, `emergency.sql`).
"""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Case
from concordat.core.wording import moment, plain_day
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

LONGEST = 24  # hours; the database says the same
USUAL = 4
ANSWERED_WITHIN = timedelta(hours=24)


class Ground(models.TextChoices):
    """Why a case has to be read at once by somebody who does not work on it."""

    DANGER = "danger", _("The person or somebody else is in danger")
    HEALTH = "health", _("The person needs help with their health now")
    MOVE = "move", _("The person is released or moved, and whoever works with them cannot be reached")
    ORDER = "order", _("A court or an authority asks for an answer within hours")
    OTHER = "other", _("Another reason, said below")


class Finding(models.TextChoices):
    NEEDED = "needed", _("It was needed, and no more was read than that")
    TOO_MUCH = "too_much", _("It was needed, and more was read than that")
    NOT_NEEDED = "not", _("It was not needed")


class Request(models.Model):
    """One request for emergency access: asked, opened by another, over at its instant, looked at by a third.

    `reference` is what was typed: whether there is such a case is not looked up until somebody who sees it opens it.
    It is never prolonged: whoever needs longer asks anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    reference = models.CharField(_("Reference of the case"), max_length=40)
    ground = models.CharField(_("Why is it an emergency?"), max_length=6, choices=Ground)
    words = models.CharField(_("What happened"), max_length=300)
    hours = models.PositiveSmallIntegerField(_("For how many hours?"), default=USUAL)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ends_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    finding = models.CharField(_("What do you find?"), max_length=8, choices=Finding, blank=True, default="")
    finding_words = models.CharField(_("In words"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["asked_by", "ends_at"], name="emergency_request_asker")]
        constraints = [
            models.CheckConstraint(
                name="emergency_says_why", condition=Q(ground__in=Ground.values) & ~Q(words="") & ~Q(reference="")
            ),
            models.CheckConstraint(name="emergency_lasts_hours", condition=Q(hours__gte=1, hours__lte=LONGEST)),
            models.CheckConstraint(
                name="emergency_opening_is_whole",
                condition=Q(case=None, opened_at=None, opened_by=None, ends_at=None, ended_by=None, reviewed_at=None)
                | Q(case__isnull=False, opened_at__isnull=False, opened_by__isnull=False, ends_at__isnull=False),
            ),
            models.CheckConstraint(
                name="emergency_ends_within_a_day",
                condition=Q(ends_at=None) | Q(ends_at__lte=F("opened_at") + timedelta(hours=LONGEST)),
            ),
            models.CheckConstraint(
                name="emergency_is_opened_by_another", condition=Q(opened_by=None) | ~Q(opened_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="emergency_review_is_whole",
                condition=Q(reviewed_at=None, reviewed_by=None, finding="", finding_words="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, finding__in=Finding.values)
                & ~Q(finding_words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.ends_at is not None and now() < self.ends_at

    @property
    def state_words(self) -> str:
        """How far it has come. What is not open says the same, whether or not there is such a case."""
        if self.opened_at is None or self.ends_at is None:
            return gettext("Not open") if self.waits else gettext("Not opened within a day")
        if self.is_open:
            return gettext("Open until %(when)s") % {"when": moment(self.ends_at)}
        if self.reviewed_at is None:
            return gettext("Ended; nobody has looked at it yet")
        return gettext("Looked at on %(day)s") % {"day": plain_day(self.reviewed_at)}

    @property
    def waits(self) -> bool:
        """Nobody has opened it yet, and somebody still may."""
        return self.opened_at is None and now() < self.asked_at + ANSWERED_WITHIN


class Told(models.Model):
    """What a partner whose records may be read with a case is told: which of its own cases, when, and by whom no more.

    Written by the database when a case is opened. `opened_case` is no key: the partner need not see that case.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="told")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    opened_case = models.UUIDField()
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.case_id)
