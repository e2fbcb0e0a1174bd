"""Interference: what went against the agreed way of watching over sessions, or against what the place owes to them.

A report is between two organisations and about neither a person nor a worker. Who reported is a row of its own, which
only the provider's side can read.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

ANSWER_DAYS = 10  # working days
MOST_SESSIONS = 200


class Kind(models.TextChoices):
    """What happened. The first six are never allowed; the others are owed where the terms say so (clause 9)."""

    LISTENED = "listened", _("Somebody listened")
    RECORDED = "recorded", _("Sound was recorded")
    ASKED = "asked", _("The worker was asked what had been said")
    NOTES = "notes", _("Notes were read, copied or taken")
    WATCHED = "watched", _("The session was watched over in a way that is not agreed")
    PRESSED = "pressed", _("The person was asked or pressed about the session")
    ROOM = "room", _("There was no room where nobody listens")
    ESCORT = "escort", _("There was no escort")
    ALARM = "alarm", _("There was no alarm at hand")
    CONTACT = "contact", _("The contact at the place could not be reached")
    TURNED_AWAY = "turned_away", _("The worker was turned away or kept waiting")
    CALLED_OFF = "called_off", _("A session was called off or cut short")


# Owed only where clause 9 of the terms says so: the kind of report that says that it was not given.
OWED = {Kind.ROOM: "room", Kind.ESCORT: "escort", Kind.ALARM: "alarm", Kind.CONTACT: "contact"}


class Outcome(models.TextChoices):
    """What the authority answers."""

    MENDED = "mended", _("It was so, and it is put right")
    WILL_BE = "will_be", _("It was so, and it will be put right")
    EXPLAINED = "explained", _("It was so, for the reason given")
    OTHERWISE = "otherwise", _("We see it otherwise")


class Interference(models.Model):
    """One report of a provider to the authority whose place it is, the answer, and what the provider says to that."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    reference = models.CharField(max_length=12, unique=True, editable=False)
    terms = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_("What happened?"), max_length=12, choices=Kind)
    happened_on = models.DateField(_("On which day?"))
    words = models.CharField(_("In your words"), max_length=1000)
    sessions_lost = models.PositiveSmallIntegerField(_("Sessions not held or cut short because of it"), default=0)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    outcome = models.CharField(_("Your answer"), max_length=9, choices=Outcome, blank=True)
    answer = models.CharField(_("What you did, will do, or how you see it"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True, editable=False)
    replied_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    settled = models.BooleanField(_("Is it settled for you?"), null=True)
    reply = models.CharField(_("How you see it now"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="interference_is_put_in_words", condition=~Q(words="") & Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="interference_lost_some_sessions", condition=Q(sessions_lost__lte=MOST_SESSIONS)
            ),
            models.CheckConstraint(
                name="interference_answer_is_whole",
                condition=Q(answered_at=None, answered_by=None, outcome="", answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, outcome__in=Outcome.values) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="interference_reply_follows_an_answer",
                condition=Q(replied_at=None, replied_by=None, settled=None, reply="")
                | Q(replied_at__isnull=False, replied_by__isnull=False, settled=True, answered_at__isnull=False)
                | Q(replied_at__isnull=False, replied_by__isnull=False, settled=False, answered_at__isnull=False)
                & ~Q(reply=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("custody:interference", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Whether the answer came, or still has not come, after its day."""
        answered = timezone.localdate(self.answered_at) if self.answered_at else timezone.localdate()
        return answered > self.due_on


class Reporter(models.Model):
    """Who reported. Never read by the organisation that is reported to."""

    interference = models.OneToOneField(Interference, models.PROTECT, primary_key=True, related_name="reporter")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.membership)
