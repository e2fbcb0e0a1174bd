"""Why it is not stated under which law an organisation keeps data, in words; None when it may be."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Law

STATERS = (Role.DATA_PROTECTION,)

CONSTRAINT_SENTENCES = {
    "regime_of_an_authority": gettext_lazy("Only an authority keeps data under the law for law enforcement."),
    "regime_of_a_monitoring_body": gettext_lazy("Only a body that monitors keeps data under such a statute."),
    "regime_excepts_from_another_law": gettext_lazy("Everything is under that law already: name no kinds besides."),
}


def refuse_state(by: Membership) -> str | None:
    """Say why somebody does not state it."""
    return None if by.has(*STATERS) else _("The data protection officer of your organisation states this.")


def refuse_law(by: Membership, law: str, enforcement: Collection[int]) -> str | None:
    """Say why this law cannot hold for one's own organisation."""
    if (law == Law.ENFORCEMENT or enforcement) and not by.organisation.is_authority:
        return str(CONSTRAINT_SENTENCES["regime_of_an_authority"])
    if law == Law.MONITORING and not by.organisation.monitoring:
        return str(CONSTRAINT_SENTENCES["regime_of_a_monitoring_body"])
    if law == Law.ENFORCEMENT and enforcement:
        return str(CONSTRAINT_SENTENCES["regime_excepts_from_another_law"])
    return None
