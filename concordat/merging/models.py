"""That two cases of one organisation are about the same person."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Case
from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Merge(models.Model):
    """Two cases that stand for one person: work goes on under `kept`; `folded` stays as it is, and is shown beside it.

    Nothing is moved, and no policy asks for it: each record is seen by whoever saw it before, under its own case. It is
    seen by whoever may see both cases, and undone by saying so.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Case, models.PROTECT, related_name="+")
    folded = models.ForeignKey(Case, models.PROTECT, related_name="+")
    why = models.CharField(_("How you know"), max_length=300)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, editable=False)
    why_undone = models.CharField(_("What showed it"), max_length=300, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(name="case_is_merged_once", fields=["folded"], condition=Q(undone_at=None)),
            models.CheckConstraint(name="merge_is_of_two_cases", condition=~Q(kept=F("folded"))),
            models.CheckConstraint(name="merge_says_how_one_knows", condition=~Q(why="")),
            models.CheckConstraint(
                name="merge_says_who_undid_it",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
