"""Attachments: what a file is, its bytes, and on which record it hangs. Its bytes are never loaded with a list.

Every kind of record that may have files has a table of its own here, or in its room: a row of it says which record a
file hangs on, and is protected as that record is. Session records have no such table (PP-10).
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Version
from concordat.cases.models import Case, Participation
from concordat.core.codes import Category
from concordat.ledger.models import Record
from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class State(models.TextChoices):
    """What the virus scanner said."""

    CLEAN = "clean", _("Nothing found")
    FOUND = "found", _("Removed: a virus was found")
    WAITING = "waiting", _("Waits for the virus scanner")
    UNSCANNED = "unscanned", _("Not looked at for viruses")


class Ground(models.TextChoices):
    """Why a file is removed."""

    WRONG = "wrong", _("It was the wrong file")
    OTHERS = "others", _("It shows somebody or something that it should not")
    NEEDLESS = "needless", _("It is not needed any more")


class File(models.Model):
    """What a file is, who attached it, and what became of it. The line stays when its bytes are removed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    hangs_on = models.CharField(max_length=20)
    name = models.CharField(_("Name"), max_length=120)
    description = models.CharField(_("Description"), max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State)
    found = models.CharField(max_length=120, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    ground = models.CharField(_("Why"), max_length=8, choices=Ground, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0) & ~Q(name="")),
            models.CheckConstraint(name="file_has_a_known_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="file_removal_is_whole",
                condition=Q(removed_at=None, removed_by=None, ground="")
                | Q(removed_at__isnull=False, removed_by__isnull=False, ground__in=Ground.values),
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="files_file_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return str(self.pk)


class Content(models.Model):
    """The bytes of a file, in a table that nothing joins."""

    file = models.OneToOneField(File, models.PROTECT, primary_key=True, related_name="+")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Attachment(models.Model):
    """That a file hangs on a record: the base of every kind."""

    file = models.OneToOneField(File, models.PROTECT, primary_key=True, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    parent_column: ClassVar[str]

    class Meta:
        abstract = True
        ordering = ["-file__created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class CaseAttachment(Attachment, Record):
    """A file on a record of a case. Loading one notes the read."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta(Attachment.Meta):
        abstract = True


class ParticipationFile(CaseAttachment):
    """The signed paper of a participation agreement (P31, in full)."""

    category_of = Category.P31
    parent_column = "participation"

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")


class AgreementFile(Attachment):
    """A paper beside one version of an agreement: open to whoever that version is open to."""

    parent_column = "version"

    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
