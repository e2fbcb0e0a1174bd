"""Invitations: how a membership finds the human being who will act under it. Belongs to the sign-in role."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """A code, by e-mail or on paper, with which one person takes up one membership. The code itself is not kept.

    Memberships are plain numbers here: their table is the application's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership_id = models.UUIDField(db_index=True)
    email = models.EmailField(_("E-mail address"))
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)
