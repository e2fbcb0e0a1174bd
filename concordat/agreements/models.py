"""The instruments: framework agreement, information-sharing protocol, activity terms, statutory mandate.

What is in force is never stored: it follows from signatures, validity, suspensions and endings, compared with the
clock (`access` compiles them in the transaction that changes them).
"""

from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Activity, Category, Condition, Form, Purpose
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership
from concordat.people.models.membership import Level
from concordat.people.roles import Role


class Kind(models.TextChoices):
    FRAMEWORK = "framework", _("Framework agreement")
    PROTOCOL = "protocol", _("Information-sharing protocol")
    TERMS = "terms", _("Activity terms")


class Agreement(models.Model):
    """One instrument between two organisations; its content is in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=9, choices=Kind)
    reference = models.CharField(_("Reference"), max_length=20, unique=True)
    title = models.CharField(_("Title"), max_length=120)
    party_a = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    party_b = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    framework = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    activity = models.CharField(_("Activity"), max_length=16, choices=Activity, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(name="agreement_parties_in_order", condition=Q(party_a__lt=F("party_b"))),
            models.CheckConstraint(
                name="agreement_below_a_framework",
                condition=Q(kind="framework", framework=None) | ~Q(kind="framework") & Q(framework__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_terms_name_their_activity",
                condition=Q(kind="terms") & ~Q(activity="") | ~Q(kind="terms") & Q(activity=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])


class Version(models.Model):
    """One wording of an agreement. Proposed, its text is frozen with a hash; what is signed is that hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    first_day = models.DateField(_("In force from"))
    last_day = models.DateField(_("Last day"))
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    drafted_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    drafted_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    whole_team_of = ArrayField(models.IntegerField(), verbose_name=_("Whole team of"), default=list, blank=True)
    gap = models.CharField(_("Why there is a gap before it"), max_length=300, blank=True)
    document = models.TextField(editable=False, blank=True)
    hash = models.CharField(max_length=64, editable=False, blank=True)
    proposed_at = models.DateTimeField(null=True, editable=False)
    proposed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="version_number_is_unique", fields=["agreement", "number"]),
            models.CheckConstraint(name="version_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="version_proposal_is_whole",
                condition=Q(proposed_at=None, proposed_by=None, hash="", document="")
                | Q(proposed_at__isnull=False, proposed_by__isnull=False) & ~Q(hash="") & ~Q(document=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.number}"


class VersionPart(models.Model):
    """Anything that belongs to a version; frozen with its proposal by a trigger."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class Clause(VersionPart):
    """One clause: its number in the catalogue, its words, and its parameters for the machine."""

    code = models.CharField(_("Clause"), max_length=8)
    position = models.PositiveSmallIntegerField(default=0)
    wording = models.TextField(_("Wording"))
    parameters = models.JSONField(_("Parameters"), default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="clause_stands_once_in_a_version", fields=["version", "code"])]

    def __str__(self) -> str:
        return self.code


class OpenPart(models.Model):
    """What everybody may read of a version: made with its proposal, published by the database with the last signature.

    Its check number stands in the text that is signed, and `text` is handed out to the letter: so both can be compared.
    """

    version = models.OneToOneField(Version, models.PROTECT, primary_key=True, related_name="open_part")
    text = models.TextField(editable=False)
    hash = models.CharField(max_length=64, editable=False)
    whole_hash = models.CharField(max_length=64, editable=False, default="")
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="open_part_says_something", condition=~Q(text="") & ~Q(hash=""))]

    def __str__(self) -> str:
        return self.hash


class SharingRule(VersionPart):
    """What one party gives to a role of the other: category, form, purpose, condition."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Gives"))
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Receives"))
    category = models.SmallIntegerField(_("Category"), choices=Category)
    form = models.CharField(_("Form"), max_length=9, choices=Form)
    purpose = models.CharField(_("Purpose"), max_length=16, choices=Purpose)
    role = models.CharField(_("To the role"), max_length=24, choices=Role)
    condition = models.CharField(_("Condition"), max_length=13, choices=Condition, default=Condition.NONE)
    basis = models.CharField(_("Legal basis"), max_length=200)
    clause = models.CharField(_("Clause"), max_length=8, default="ISP-4")
    starts_at = models.DateTimeField(_("From"), null=True, blank=True)
    ends_at = models.DateTimeField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["owner_id", "category"]
        constraints = [
            models.CheckConstraint(name="rule_category_may_be_given", condition=~Q(category__in=[20, 33])),
            models.CheckConstraint(name="rule_has_a_basis", condition=~Q(basis="")),
            models.CheckConstraint(name="rule_gives_to_another", condition=~Q(owner=F("recipient"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.get_form_display()}"


class Prohibition(VersionPart):
    """Never this category from one party to the other, whatever another rule says."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.SmallIntegerField(_("Category"), choices=Category)

    def __str__(self) -> str:
        return self.get_category_display()


class TermsPlace(VersionPart):
    """A place at which activity terms hold."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.place)


class TermsRequirement(VersionPart):
    """What activity terms ask of the workers of one party: clearance and courses."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    clearance = models.CharField(_("Clearance"), max_length=8, choices=Level, blank=True)
    trainings = ArrayField(models.CharField(max_length=40), verbose_name=_("Courses"), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="requirement_is_one_for_each_party", fields=["version", "organisation"])
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class FundingLine(VersionPart):
    """One payment of the funding schedule; a zero says why."""

    due_on = models.DateField(_("Due on"))
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    reason = models.CharField(_("For, or why nothing is paid"), max_length=200)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(name="funding_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="funding_says_what_for", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Signature(models.Model):
    """The authorised signatory of one party signed the hash of a version, with the second factor.

    Or recorded, with the same factor, what was signed by hand on paper: who signed, on which day, and the file of the
    scan. The file is named without a foreign key, because files stand above; the database looks for it (`files`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    hash = models.CharField(max_length=64)
    paper_signer = models.CharField(_("Who signed by hand"), max_length=120, blank=True)
    paper_on = models.DateField(_("Day on the paper"), null=True, blank=True)
    scan = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="signature_is_one_for_each_party", fields=["version", "organisation"]),
            models.CheckConstraint(
                name="signature_on_paper_is_whole",
                condition=Q(paper_signer="", paper_on=None, scan=None)
                | ~Q(paper_signer="") & Q(paper_on__isnull=False, scan__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def on_paper(self) -> bool:
        return self.scan is not None


class Suggestion(models.Model):
    """Another wording for one clause of a proposed version, sent to the other party. A counter-proposal is a new row.

    Or one row of the table of rules: `row` says how it is to be, empty that it is to go; `rule` is the row of the text
    that it is about, none where it is a new one. Written once: what is typed before it is sent is a kept draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="suggestions")
    code = models.CharField(_("Clause"), max_length=8)
    wording = models.TextField(_("Words"))
    parameters = models.JSONField(_("Answers"), default=dict, blank=True)
    rule = models.ForeignKey(SharingRule, models.PROTECT, null=True, related_name="+", editable=False)
    row = models.JSONField(_("Row of the table"), null=True, editable=False)
    comment = models.CharField(_("Why"), max_length=500)
    counters = models.OneToOneField("self", models.PROTECT, null=True, related_name="countered_by", editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_is_of_words_or_of_a_row",
                condition=Q(row__isnull=True, rule=None) | Q(row__isnull=False, code="ISP-4", wording=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Reply(models.Model):
    """The other party's answer to a suggestion: taken, or not. It signs nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    suggestion = models.OneToOneField(Suggestion, models.PROTECT, related_name="reply")
    accepted = models.BooleanField(_("Your answer"))
    comment = models.CharField(_("Why"), max_length=500, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="reply_says_why_not", condition=Q(accepted=True) | ~Q(comment="")),
        ]

    def __str__(self) -> str:
        return str(self.suggestion)


class Ground(models.TextChoices):
    """The only grounds on which cooperation may be suspended."""

    SAFETY = "safety", _("Danger to a person's safety")
    BREACH = "breach", _("Serious breach of this agreement")
    DATA = "data", _("Personal data were exposed")
    LAW = "law", _("A law or court order forbids it")


MAX_SUSPENSION_DAYS = 14
WIND_DOWN_DAYS = 30


class Suspension(models.Model):
    """A pause on a listed ground that lapses by itself. An interval, so that "what was allowed then" stays known."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="suspensions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(_("Ground"), max_length=8, choices=Ground)
    explanation = models.CharField(_("Explanation"), max_length=500)
    making_up = models.CharField(_("How what is called off is made up for"), max_length=500, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("Lapses"))
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(name="suspension_ground_is_listed", condition=Q(ground__in=Ground.values)),
            models.CheckConstraint(
                name="suspension_lapses",
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(ends_at__lte=F("starts_at") + timedelta(days=MAX_SUSPENSION_DAYS)),
            ),
            models.CheckConstraint(
                name="suspension_lifting_is_whole",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class Dispute(models.Model):
    """A disagreement of the parties about an agreement. Nothing changes by it: no right opens, none closes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="disputes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    about = models.CharField(_("What you disagree about"), max_length=500)
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    raised_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    outcome = models.CharField(_("How it was settled"), max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.CheckConstraint(name="dispute_says_about_what", condition=~Q(about="")),
            models.CheckConstraint(
                name="dispute_settling_is_whole",
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome=""),
            ),
            models.UniqueConstraint(
                name="dispute_is_one_at_a_time", fields=["agreement"], condition=Q(settled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.about


class Ending(models.Model):
    """An agreement ended before its last day; the wind-down for what is owed begins."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="ending")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=500)
    ground = models.CharField(_("Ground, when it ends without notice"), max_length=8, choices=Ground, blank=True)
    at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.agreement)


class Closure(models.Model):
    """After a restore nothing passes to or from an organisation until its signatory confirms what holds.

    What is confirmed: that agreements, withdrawals and restrictions made since the backup were entered again.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="closures")
    at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closure_confirmation_is_whole",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Mandate(models.Model):
    """What a body may see by statute. No party can suspend it; it is open to everybody to read."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    over = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    activity = models.CharField(max_length=16, choices=Activity)
    statute = models.CharField(_("Statute"), max_length=200)
    whole_team = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.statute


class MandateCell(models.Model):
    """One category, in one form, for one purpose, that a mandate gives."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="cells")
    category = models.SmallIntegerField(choices=Category)
    form = models.CharField(max_length=9, choices=Form)
    purpose = models.CharField(max_length=16, choices=Purpose)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_category_may_be_given", condition=~Q(category__in=[20, 33]))
        ]

    def __str__(self) -> str:
        return self.get_category_display()


class MandatePlace(models.Model):
    """A place over which a mandate extends; none at all means every place of the authority."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.place)
