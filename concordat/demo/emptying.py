"""What the database holds: nothing, this country, or something else. Only the first two are ever touched."""

from enum import Enum, auto

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from concordat.organisations.models import Organisation
from concordat.people.models import Membership, Persona, User

from .country import ORGANISATIONS
from .founding import FOUNDED
from .owner import OWNER

# Filled by migrations, or by `migrate` itself: they belong to the installation, not to the country.
KEPT = {"access_roleright", "ledger_key", "django_content_type", "auth_permission", "django_migrations"}
WRITTEN_ONCE = (
    "ledger_entry", "ledger_subject", "ledger_leaf", "ledger_node", "ledger_checkpoint", "ledger_witness",
    "ledger_countersignature",
)  # fmt: skip


class Holds(Enum):
    """What was found in the database."""

    NOTHING = auto()
    PART = auto()
    COUNTRY = auto()
    ELSE = auto()


def look(owner: BaseDatabaseWrapper) -> Holds:
    """Say what the database holds. The country is known by a line of the log, which nobody can write afterwards."""
    organisations = set(Organisation.objects.using(OWNER).values_list("id", "slug"))
    users = set(User.objects.using(OWNER).values_list("id", flat=True))
    if not organisations and not users:
        return Holds.NOTHING
    ours = {(number, facts["slug"]) for number, facts in ORGANISATIONS.items()}
    if not was_founded(owner) or not organisations <= ours or users - known_users():
        return Holds.ELSE
    return Holds.COUNTRY if Persona.objects.using(OWNER).exists() else Holds.PART


def was_founded(owner: BaseDatabaseWrapper) -> bool:
    """Tell whether the log says that this database began as the demonstration."""
    with owner.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM ledger_entry WHERE kind = 'system' AND what = %s)", [FOUNDED])
        return bool(cursor.fetchone()[0])


def known_users() -> set[object]:
    """Return who belongs to the country: its people, and whoever was invited into one of its organisations."""
    personas = Persona.objects.using(OWNER).values_list("user_id", flat=True)
    return {*personas, *Membership.objects.using(OWNER).values_list("user_id", flat=True)}


def empty(owner: BaseDatabaseWrapper) -> None:
    """Remove everything but what the installation needs, the log of the invented country included."""
    with owner.cursor() as cursor:
        for table in WRITTEN_ONCE:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER written_once")
        cursor.execute(f"TRUNCATE {', '.join(emptied())}")
        for table in WRITTEN_ONCE:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER written_once")


def emptied() -> list[str]:
    """Return the tables that are emptied: those of all models, and the counts of sign-in, which have no model."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed} - KEPT | {"people_cache"})
