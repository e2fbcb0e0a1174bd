"""Something told, once and exactly, to somebody outside: an employer, a landlord, a faith group. Nothing opens to them.

A disclosure goes from why it is needed to the signed undertaking, and ends with what was returned or destroyed. It is
seen by its own organisation, and each passage of another organisation by that organisation too, which has to agree.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import CaseRecord
from concordat.core.codes import Category
from concordat.files.models import CaseAttachment
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

# What may be told outside at all. Not among it: the security class, assessments, health, belief and origin, the family,
# what is said in sessions, observations, complaints, victims, what somebody decided about taking part, sources.
DISCLOSABLE = (
    Category.P01, Category.P02, Category.P03, Category.P04, Category.P05, Category.P07, Category.P09, Category.P13,
    Category.P14, Category.P15, Category.P18, Category.P19, Category.P21,
)  # fmt: skip


class Receiver(models.TextChoices):
    EMPLOYER = "employer", _("An employer")
    LANDLORD = "landlord", _("Somebody who gives a home")
    FAITH = "faith", _("A faith group")
    SCHOOL = "school", _("A school or a course")
    OTHER = "other", _("Somebody else")


class Offer(models.TextChoices):
    """What the person said when they were offered to tell it themself, which comes first."""

    TELLS = "tells", _("They tell it themself; nothing is disclosed")
    ASKS = "asks", _("They ask us to tell it")
    AGAINST = "against", _("They do not want it to be told")
    NOT_ASKED = "not_asked", _("They were not asked first")


class Ended(models.TextChoices):
    RETURNED = "returned", _("It was returned")
    DESTROYED = "destroyed", _("The receiver confirmed that it was destroyed")
    WITHDRAWN = "withdrawn", _("Taken back before it was handed over")


def _pair(at: str, by: str) -> Q:
    return Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


class Disclosure(CaseRecord):
    """To whom, what for, why nothing less would do, and how far it is (P02: somebody is told of a case)."""

    category_of = Category.P02

    receiver_kind = models.CharField(_("Who receives it?"), max_length=8, choices=Receiver)
    receiver_body = models.CharField(_("Name of the firm, household or group"), max_length=120)
    receiver_name = models.CharField(_("Who there answers for it, by name"), max_length=120)
    purpose = models.CharField(_("What they need it for"), max_length=300)
    necessity = models.TextField(_("Why it is needed, and why less would not do"))
    review_on = models.DateField(_("Looked at again on"))
    categories = ArrayField(models.SmallIntegerField(), default=list, editable=False)
    offer = models.CharField(_("What did the person say?"), max_length=9, choices=Offer, blank=True, default="")
    offered_on = models.DateField(_("Asked on"), null=True, blank=True)
    offer_ground = models.CharField(_("Why all the same"), max_length=300, blank=True, default="")
    told_on = models.DateField(_("Told on"), null=True, blank=True)
    told_how = models.CharField(_("How the person was told"), max_length=120, blank=True, default="")
    deferral_ground = models.CharField(_("Why they are told later"), max_length=300, blank=True, default="")
    deferral_review_on = models.DateField(_("That is looked at again on"), null=True, blank=True)
    allowed = models.BooleanField(null=True, editable=False)
    decision_words = models.TextField(_("Reasons"), blank=True, default="")
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    handed_how = models.CharField(_("How it was handed over"), max_length=120, blank=True, default="")
    handed_at = models.DateTimeField(null=True, editable=False)
    handed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    ended_how = models.CharField(_("What became of it?"), max_length=9, choices=Ended, blank=True, default="")
    ended_words = models.CharField(_("In words"), max_length=300, blank=True, default="")
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_says_to_whom_and_why",
                condition=Q(receiver_kind__in=Receiver.values)
                & ~Q(receiver_body="")
                & ~Q(receiver_name="")
                & ~Q(purpose="")
                & ~Q(necessity=""),
            ),
            models.CheckConstraint(
                name="disclosure_offer_is_whole",
                condition=Q(offer="", offered_on=None, offer_ground="")
                | Q(offer__in=["tells", "asks"], offered_on__isnull=False)
                | Q(offer="against", offered_on__isnull=False) & ~Q(offer_ground="")
                | Q(offer="not_asked") & ~Q(offer_ground=""),
            ),
            models.CheckConstraint(
                name="disclosure_deferral_is_whole",
                condition=Q(deferral_ground="", deferral_review_on=None)
                | ~Q(deferral_ground="") & Q(deferral_review_on__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosure_decision_is_whole",
                condition=_pair("decided_at", "decided_by")
                & (Q(decided_at=None, allowed=None) | Q(allowed__isnull=False) & ~Q(decision_words="")),
            ),
            models.CheckConstraint(name="disclosure_handing_is_whole", condition=_pair("handed_at", "handed_by")),
            models.CheckConstraint(
                name="disclosure_end_is_whole",
                condition=_pair("ended_at", "ended_by")
                & (Q(ended_at=None, ended_how="") | Q(ended_how__in=Ended.values) & ~Q(ended_words="")),
            ),
        ]

    def __str__(self) -> str:
        return self.receiver_body

    def get_absolute_url(self) -> str:
        return reverse("disclosures:detail", args=[self.pk])


class Item(CaseRecord):
    """One passage, to the letter: of which category, and whose it is. Whoever it is of answers, or it is not told."""

    category_of = "category"

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="items")
    category = models.SmallIntegerField(_("What is it about?"), choices=[(int(one), one.label) for one in DISCLOSABLE])
    words = models.TextField(_("Exactly these words"))
    of_owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Who knows it?"))
    given = models.BooleanField(null=True, editable=False)
    answer_words = models.CharField(
        _("Conditions, or reasons if you want to give any"), max_length=300, blank=True, default=""
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="item_may_be_told_outside", condition=Q(category__in=[int(one) for one in DISCLOSABLE])
            ),
            models.CheckConstraint(name="item_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="item_answer_is_whole",
                condition=_pair("answered_at", "answered_by")
                & (Q(answered_at=None, given=None) | Q(answered_at__isnull=False, given__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class UndertakingFile(CaseAttachment):
    """The undertaking that the receiver signed by hand (P02, in full)."""

    category_of = Category.P02
    parent_column = "disclosure"

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
