"""Which tables belong to the sign-in role: users, sessions, second factors, invitations, tokens, throttling, messages.

Everything else is the application's. Migrations run once, as the owner, on `default`.
"""

from django.db.models import Model

SIGNIN = "signin"
ROOMS = {"auth", "contenttypes", "sessions", "account", "mfa", "django_cache"}
MODELS = {
    "people": {"user", "session", "keptpost", "persona", "invitation", "hold", "subject", "token"},
    "notices": {"watch", "message"},
}


class Router:
    """Sends each model to the role that may reach its table."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        return alias_of(model)

    def db_for_write(self, model: type[Model], **_hints: object) -> str:
        return alias_of(model)

    def allow_relation(self, _one: Model, _other: Model, **_hints: object) -> bool:
        """Allow every relation: both roles use the same database."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: object) -> bool:
        return db == "default"


def alias_of(model: type[Model]) -> str:
    """Return the alias of the role that owns the table of a model."""
    meta = model._meta
    own = meta.model_name in MODELS.get(meta.app_label, ())
    return SIGNIN if own or meta.app_label in ROOMS else "default"
