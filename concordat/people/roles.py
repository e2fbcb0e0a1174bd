"""What a membership may be there for: roles, the purposes they read for, and which see their whole organisation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Purpose


class Role(TextChoices):
    SIGNATORY = "signatory", _("Authorised signatory")
    PARTNERSHIP_OFFICER = "partnership_officer", _("Partnership officer")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    CASE_OFFICER = "case_officer", _("Case officer")
    SECURITY_MANAGER = "security_manager", _("Security manager")
    IMPORT_OFFICER = "import_officer", _("Import officer")
    DATA_PROTECTION = "data_protection", _("Data protection officer")
    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Mentor or facilitator")
    DIRECTOR = "director", _("Director")
    MONITOR = "monitor", _("Monitor")
    SAFEGUARDING = "safeguarding", _("Safeguarding lead")
    INTEGRITY = "integrity", _("Integrity officer")
    PROTECTION = "protection", _("Protection officer")
    ADMINISTRATOR = "administrator", _("Administrator, no content")


# The purposes a role may read for; the first one is used where a route leaves a choice.
SERVICE = (Purpose.INTERVENTION, Purpose.FAMILY_SUPPORT, Purpose.REINTEGRATION, Purpose.SUPERVISION)
ROLE_PURPOSES: dict[str, tuple[Purpose, ...]] = {
    Role.PROGRAMME_MANAGER: SERVICE,
    Role.CASE_OFFICER: SERVICE,
    Role.SECURITY_MANAGER: (Purpose.INTERVENTION,),
    Role.COORDINATOR: SERVICE,
    Role.FACILITATOR: SERVICE,
    Role.MONITOR: (Purpose.MONITORING, Purpose.OVERSIGHT),
}
