"""What is recorded of a service while it runs and when it ends. What was said in a session has no field anywhere.

None of it is changed afterwards: the application may write these rows and read them, nothing else.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import CaseRecord, Heading, Link, Translation, WrittenRecord
from concordat.core.codes import Category
from concordat.core.languages import Written
from concordat.files.models import CaseAttachment
from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Cause(models.TextChoices):
    """Why a session was not held. No judgement of acceptability."""

    PERSON = "person", _("The person")
    PROVIDER = "provider", _("The provider")
    PRISON = "prison", _("The prison")
    TRANSPORT = "transport", _("Transport")
    SECURITY = "security", _("Security")
    OTHER = "other", _("Something else")


class Session(CaseRecord):
    """That a session was held or not, and how long (P18). Neither what was said nor whether it worries anybody."""

    category_of = Category.P18

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("When"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    held = models.BooleanField(_("Was it held?"))
    cause = models.CharField(_("Why not"), max_length=10, choices=Cause, blank=True)
    entered_later = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="session_is_held_or_has_a_cause",
                condition=Q(held=True, cause="", minutes__isnull=False)
                | Q(held=False, minutes=None, cause__in=Cause.values),
            ),
            models.CheckConstraint(
                name="session_lasted_minutes_to_hours", condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=600)
            ),
            models.UniqueConstraint(name="session_is_recorded_once", fields=["case", "starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"


class HeadingNote(CaseRecord):
    """A short note of a session or a review, under a heading that the person agreed to have reported (P19, summary)."""

    category_of = Category.P19

    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="notes")
    review = models.ForeignKey("Review", models.PROTECT, null=True, related_name="notes")
    heading = models.CharField(_("Heading"), max_length=16, choices=Heading)
    text = models.CharField(_("Note"), max_length=500)

    class Meta:
        ordering = ["heading"]
        constraints = [
            models.UniqueConstraint(name="heading_is_noted_once_a_session", fields=["session", "heading"]),
            models.UniqueConstraint(name="heading_is_noted_once_a_review", fields=["review", "heading"]),
            models.CheckConstraint(
                name="note_is_of_a_session_or_a_review",
                condition=Q(session=None, review__isnull=False) | Q(session__isnull=False, review=None),
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class Concern(CaseRecord):
    """A worker's concern after a session (P27). It stays with the provider, whatever an agreement gives."""

    category_of = Category.P27

    session = models.ForeignKey(Session, models.PROTECT, related_name="concerns")
    text = models.TextField(_("What concerns you"))
    told = models.CharField(_("Whom have you told"), max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="concern_is_put_in_words", condition=~Q(text=""))]

    def __str__(self) -> str:
        return str(self.created_at)


class Review(WrittenRecord):
    """How things stand, with the person's own words (P19, summary). What is noted under the headings hangs on it."""

    category_of = Category.P19

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    held_on = models.DateField(_("Held on"))
    own_words = models.TextField(_("In the person's own words"), blank=True)
    next_due = models.DateField(_("Next review by"))

    class Meta:
        ordering = ["-held_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(name="review_is_one_a_day", fields=["link", "held_on"]),
            models.CheckConstraint(name="next_review_comes_after_this_one", condition=Q(next_due__gt=F("held_on"))),
        ]

    def __str__(self) -> str:
        return str(self.held_on)

    def get_absolute_url(self) -> str:
        return reverse("delivery:review", args=[self.pk])


class Party(models.TextChoices):
    """Whose view it is that differs."""

    PERSON = "person", _("The person")
    PROVIDER = "provider", _("The provider")
    REFERRER = "referrer", _("The referrer")


class Position(Written):
    """How one party sees a review differently. Each writes its own, and nobody edits another's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="positions", db_constraint=False)
    party = models.CharField(_("Whose view"), max_length=8, choices=Party)
    text = models.CharField(_("What they see differently"), max_length=1000)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["party"]
        constraints = [
            models.UniqueConstraint(name="position_is_one_for_each_party", fields=["review", "party"]),
            models.CheckConstraint(name="position_is_put_in_words", condition=~Q(text="")),
            models.CheckConstraint(name="position_names_its_party", condition=Q(party__in=Party.values)),
        ]

    def __str__(self) -> str:
        return self.text


class Achievement(models.TextChoices):
    """In words; there is no number behind them."""

    ACHIEVED = "achieved", _("Achieved")
    PARTLY = "partly", _("Partly achieved")
    NOT = "not", _("Not achieved")
    NOT_KNOWN = "not_known", _("Cannot be said")


class EndReport(WrittenRecord):
    """The report owed at the end (P19, summary). Written during a wind-down it can be written but not read back."""

    category_of = Category.P19

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    summary = models.TextField(_("What was done"))
    onward = models.TextField(_("What should go on, and who could do it"), blank=True)
    in_wind_down = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="end_report_is_one_for_each_link", fields=["link"]),
            models.CheckConstraint(name="end_report_says_what_was_done", condition=~Q(summary="")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the receipt and the report itself are known by."""
        digits = self.pk.hex[:8].upper()
        return f"ER-{digits[:4]}-{digits[4:]}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:end_report", args=[self.pk])


class EndReportFile(CaseAttachment):
    """An annex of an end report, such as the photo of a certificate (P19, in full).

    Whoever gets the report as a summary gets none of its files, and no sign of them.
    """

    category_of = Category.P19
    parent_column = "end_report"

    end_report = models.ForeignKey(EndReport, models.PROTECT, related_name="+")


class EndReportTranslation(Translation):
    """A translation of an end report."""

    whole = models.ForeignKey(EndReport, models.PROTECT, related_name="translations")


class Outcome(models.Model):
    """One desired outcome and how far it was achieved, in words.

    The database fills in the words of the referral by their position, so that they can be answered unread.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    end_report = models.ForeignKey(EndReport, models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(_("Desired outcome"), max_length=200)
    achievement = models.CharField(_("How far"), max_length=10, choices=Achievement)
    comment = models.CharField(_("In words"), max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="outcome_is_answered_once", fields=["end_report", "position"]),
            models.CheckConstraint(name="outcome_is_put_in_words", condition=~Q(comment="")),
            models.CheckConstraint(
                name="achievement_is_one_of_the_words", condition=Q(achievement__in=Achievement.values)
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class EarlyReason(models.TextChoices):
    MISTAKE = "mistake", _("Referred by mistake or twice")
    NEEDS_MET = "needs_met", _("Needs met elsewhere")
    MOVED = "moved", _("Moved away")
    PERSON = "person", _("The person's own choice")
    PROVIDER = "provider", _("The provider cannot go on")
    COMPLETED = "completed", _("Completed early")
    OTHER = "other", _("Something else")


class EarlyEnd(CaseRecord):
    """A service that ended before its time (P31): the reason stays with the provider, outside it is 'not currently'."""

    category_of = Category.P31

    link = models.OneToOneField(Link, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=10, choices=EarlyReason)
    comment = models.CharField(_("Comment"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="early_end_has_a_listed_reason", condition=Q(reason__in=EarlyReason.values))
        ]

    def __str__(self) -> str:
        return str(self.at)
