"""What was done for a machine under a key that it chose: so that the same request, sent twice, is carried out once."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from concordat.people.models import Membership


class Done(models.Model):
    """That a request was carried out: by whom, under which key, and where its result is. Nothing of its content.

    `key` and `sent` are hashes. `token` is the number of the token, or nil for the session of a browser.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    token = models.UUIDField()
    key = models.CharField(max_length=64)
    sent = models.CharField(max_length=64)
    thing = models.UUIDField()
    location = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="done_once_under_a_key", fields=["membership", "token", "key"])]

    def __str__(self) -> str:
        return str(self.id)
