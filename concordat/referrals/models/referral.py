"""A person referred to a service, the provider's answer, and who will evaluate what comes of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement
from concordat.cases.models import Case, CaseRecord, Link, Translation, WrittenRecord
from concordat.core.codes import Category
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

from .service import Need, Service


class Referral(WrittenRecord):
    """A request to a service for a person, with the text that the provider will see, as somebody checked it (P09)."""

    category_of = Category.P09

    reference = models.CharField(max_length=12)
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="referrals_received")
    terms = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    need = models.CharField(_("Need"), max_length=16, choices=Need)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    child_rules = models.BooleanField(_("The rules for children apply"), default=True, editable=False)
    text = models.TextField(_("What the provider will read"))
    desired_outcomes = ArrayField(models.CharField(max_length=200), verbose_name=_("Desired outcomes"))
    checked_by = models.CharField(_("Checked by"), max_length=120, blank=True)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    acknowledge_due = models.DateField(null=True, editable=False)
    answer_due = models.DateField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="referral_reference_is_unique_to_its_owner", fields=["owner", "reference"]),
            models.CheckConstraint(
                name="referral_sending_is_whole",
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_is_checked_before_it_is_sent",
                condition=Q(sent_at=None) | ~Q(checked_by="") & Q(checked_on__isnull=False),
            ),
            models.CheckConstraint(name="referral_has_a_text_when_sent", condition=Q(sent_at=None) | ~Q(text="")),
            models.CheckConstraint(
                name="referral_asks_for_one_to_five_outcomes",
                condition=Q(sent_at=None) | Q(desired_outcomes__len__gte=1, desired_outcomes__len__lte=5),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("referrals:detail", args=[self.pk])


class ReferralTranslation(Translation):
    """A translation of the curated text of a referral that was sent."""

    whole = models.ForeignKey(Referral, models.PROTECT, related_name="translations")


class Answer(CaseRecord):
    """The provider's side of a referral. The referrer never reads this row, only `access.outside_view` of it."""

    category_of = Category.P02

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="answers")  # type: ignore[assignment]
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="+", db_constraint=False)
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(_("Reason, if you want to give one"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accepted_answer_has_its_case",
                condition=Q(accepted=None) | Q(accepted=False) | Q(case__isnull=False, link__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_is_whole",
                condition=Q(accepted=None, answered_at=None, answered_by=None)
                | Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.referral_id)


class EvaluationPlan(CaseRecord):
    """Who will evaluate a service: somebody outside the team and the organisation that deliver it (C6.8, PP-13)."""

    category_of = Category.R01

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="evaluation_plans")
    delivered_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Evaluated by"))
    evaluator_name = models.CharField(_("Name of the evaluator"), max_length=120)
    question = models.CharField(_("What is to be found out"), max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="deliverer_does_not_evaluate", condition=~Q(evaluator=models.F("delivered_by")))
        ]

    def __str__(self) -> str:
        return self.question
