"""A passage of one record that stands beneath another: seen by whoever may read both, and by nobody else."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.core.languages import Written
from concordat.ledger.models import Record
from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Quotation(Written, Record):
    """Words of a record, or a reference to a file of one, beneath another record. Written once.

    `kind` and `record` name the table and the row beneath which it stands, `from_kind` and `source` those that it is
    taken from; the policies of both rows decide who reads it (`sql/quotations.sql`). Loading one is a read of the
    source, and stands in the log of whoever owns that.
    """

    category_of = "of_category"
    owner_column = "of_owner_id"
    case_column = "of_case"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=63)
    record = models.UUIDField()
    of_owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    of_case = models.UUIDField()
    of_category = models.SmallIntegerField(choices=Category)
    from_kind = models.CharField(max_length=63)
    source = models.UUIDField()
    words = models.TextField(_("Which words?"), blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["record"], name="quoting_quotation_record"),
            models.Index(fields=["source"], name="quoting_quotation_source"),
        ]
        constraints = [
            models.CheckConstraint(name="quotation_is_of_another_record", condition=~Q(record=F("source"))),
            models.CheckConstraint(
                name="quotation_has_words_or_is_a_file",
                condition=Q(words="", from_kind__endswith="file") | ~Q(words="") & ~Q(from_kind__endswith="file"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
