"""What the compiler makes of the agreements: plain rows with an interval of validity. Nobody writes them by hand."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models


class Grant(models.Model):
    """One cell that one party in force gives to a role of another, during an interval."""

    id = models.BigAutoField(primary_key=True)
    recipient = models.IntegerField()
    owner = models.IntegerField()
    category = models.SmallIntegerField()
    form = models.CharField(max_length=9)
    purpose = models.CharField(max_length=16)
    role = models.CharField(max_length=24)
    condition = models.CharField(max_length=13)
    valid = DateTimeRangeField()
    rule = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["recipient", "owner", "category"], name="access_grant_cell")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.owner} {self.category}"


class Keys(models.Model):
    """The keys (`owner * 64 + category`) of one recipient, purpose, role, table form and condition, while constant."""

    id = models.BigAutoField(primary_key=True)
    recipient = models.IntegerField()
    purpose = models.CharField(max_length=16)
    role = models.CharField(max_length=24)
    form = models.CharField(max_length=9)
    condition = models.CharField(max_length=13)
    valid = DateTimeRangeField()
    keys = ArrayField(models.IntegerField())

    class Meta:
        indexes = [models.Index(fields=["recipient", "purpose", "form", "condition"], name="access_keys_lookup")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.purpose}"


class Terms(models.Model):
    """Activity terms in force between two organisations at a place, with what they ask of the recipient's workers."""

    id = models.BigAutoField(primary_key=True)
    recipient = models.IntegerField()
    owner = models.IntegerField()
    activity = models.CharField(max_length=16)
    place = models.UUIDField()
    clearance = models.CharField(max_length=8, blank=True)
    trainings = ArrayField(models.CharField(max_length=40))
    whole_team = models.BooleanField()
    valid = DateTimeRangeField()
    version = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["recipient", "owner", "activity"], name="access_terms_lookup")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.owner}"


class Framework(models.Model):
    """When a framework agreement between two organisations is in force; one row in each direction."""

    id = models.BigAutoField(primary_key=True)
    recipient = models.IntegerField()
    owner = models.IntegerField()
    agreement = models.UUIDField()
    valid = DateTimeRangeField()

    class Meta:
        indexes = [models.Index(fields=["recipient", "owner"], name="access_framework_lookup")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.owner}"


class CompileLock(models.Model):
    """One row for each recipient; compiling takes it, so that two signatures at once lose nothing."""

    recipient = models.IntegerField(primary_key=True)
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.recipient)


class RoleRight(models.Model):
    """Which categories a role may read and write, as bit masks, and whether it sees its whole organisation."""

    role = models.CharField(primary_key=True, max_length=24)
    readable = models.BigIntegerField()
    writable = models.BigIntegerField()
    whole = models.BooleanField(default=False)
    reads_log = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.role
