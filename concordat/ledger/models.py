"""The log, as the application may read it, and the base of every record whose reading is logged.

Lines, tree and checkpoints are never written through Django: functions in SQL are the only way in (see `log.py` and
`checkpoints.py`). Witnesses and countersignatures are, by the room `countersigning`.
"""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from .reading import note_read


class Record(models.Model):
    """A row about a person. Loading one notes it for the log line of the request.

    `category` is the number of its category, or the name of the column that holds it.
    """

    category_of: ClassVar[int | str]
    owner_column: ClassVar[str] = "owner_id"
    case_column: ClassVar[str] = "case_id"

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs know a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        row = super().from_db(db, field_names, values)
        category = cls.category_of if isinstance(cls.category_of, int) else getattr(row, cls.category_of)
        note_read(getattr(row, cls.owner_column), getattr(row, cls.case_column), category)
        return row


class Entry(models.Model):
    """One line of the log: who did what, for which purpose, when. Whom it concerned is in `Subject`."""

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=80)
    organisation = models.IntegerField(null=True)
    membership = models.UUIDField(null=True)
    purpose = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["-at"], name="ledger_entry_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class Subject(models.Model):
    """Whose records one line concerned: one row per owner and case, visible to that owner only.

    `commitment` stands for its text in what is hashed (`sql/lines.sql`). Without `salt` the text was removed, because
    its time was over; the commitment then tells nothing, and the proof of the line holds.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects", db_constraint=False)
    owner = models.IntegerField()
    case = models.UUIDField(null=True)
    categories = ArrayField(models.SmallIntegerField())
    detail = models.JSONField(default=dict)
    salt = models.BinaryField(null=True)
    commitment = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "case"], name="ledger_subject_owner_case"),
            models.Index(fields=["entry"], name="ledger_subject_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.case}"


class Leaf(models.Model):
    """The canonical text of a line and its hash. Only the owner of the database reads this table.

    `number` comes from a sequence when the line is written; `position` is given without gaps after it is committed.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField(unique=True)
    body = models.TextField()
    leaf = models.BinaryField()
    position = models.BigIntegerField(null=True, unique=True)

    def __str__(self) -> str:
        return str(self.number)


class Node(models.Model):
    """A whole node of the tree over the lines: its number is its place on its level times 64, and the level.

    Level 0 are the hashes of the lines. Written by `ledger.sequence` alone, once.
    """

    id = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class Checkpoint(models.Model):
    """What the server has signed about its log at one time: how many lines there were, and the root over them.

    `note` is the text with its signature, as it is handed out (`note.py`); `public_key` is the key that signed it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    at = models.DateTimeField()
    note = models.TextField()
    public_key = models.BinaryField()

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return str(self.size)


class Witness(models.Model):
    """The key with which an organisation countersigns, as one of its members recorded it. The newest one counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.IntegerField()
    name = models.CharField(max_length=80)
    public_key = models.BinaryField()
    at = models.DateTimeField(default=now)
    membership = models.UUIDField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "public_key"], name="witness_key_is_new")]

    def __str__(self) -> str:
        return self.name


class Countersignature(models.Model):
    """An organisation's own signature under a checkpoint. The organisation keeps the checkpoint in its own house."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.IntegerField()
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="countersignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="countersignatures")
    signature = models.BinaryField()
    at = models.DateTimeField(default=now)
    membership = models.UUIDField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "checkpoint", "witness"], name="countersigned_once")
        ]

    def __str__(self) -> str:
        return str(self.checkpoint_id)


class Beat(models.Model):
    """When the worker last worked. One row, written and read by functions of the database alone."""

    id = models.IntegerField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.at)


class Lease(models.Model):
    """Which replicas may answer, as of when (`sql/replicas.sql`). One row, written and read by functions alone."""

    id = models.IntegerField(primary_key=True)
    at = models.DateTimeField()
    named = ArrayField(models.TextField())

    def __str__(self) -> str:
        return str(self.at)


class Key(models.Model):
    """The HMAC pads of the key that signs request contexts (RFC 2104). More than one row: it is being changed."""

    id = models.IntegerField(primary_key=True)
    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


__all__: Sequence[str] = [
    "Beat",
    "Checkpoint",
    "Countersignature",
    "Entry",
    "Key",
    "Leaf",
    "Lease",
    "Node",
    "Record",
    "Subject",
    "Witness",
]
