"""What an organisation has decided for its own workers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.safety.times import CAP, PAIRING


class Terms(models.Model):
    """How many persons at once, after how long a pairing is looked at, and the key to files that name an authority.

    The database makes the row with the organisation. `counts_from` is when supervision began to be asked for: nobody is
    stopped on the day on which the rule comes.
    """

    owner = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="+")
    cap = models.PositiveSmallIntegerField(_("With how many persons may one worker work at once?"), default=CAP)
    pairing_months = models.PositiveSmallIntegerField(
        _("After how many months is one worker alone with one person looked at?"), default=PAIRING
    )
    public_key = models.CharField(_("Public half of your key"), max_length=62, blank=True, db_default="")
    counts_from = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cap_is_a_number_of_persons", condition=Q(cap__gte=1, cap__lte=60)),
            models.CheckConstraint(
                name="pairing_is_a_number_of_months", condition=Q(pairing_months__gte=1, pairing_months__lte=36)
            ),
        ]

    def __str__(self) -> str:
        return str(self.owner_id)
