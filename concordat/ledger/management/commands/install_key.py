"""Store the pads of the key that signs contexts. Run as the owner, after migrating and after changing the key."""

from django.conf import settings
from django.core.management.base import BaseCommand

from concordat.ledger.context import pads
from concordat.ledger.models import Key


class Command(BaseCommand):
    help = "Store the key that signs request contexts, for the database to verify them (owner only)."

    def handle(self, *_args: object, **_options: object) -> None:
        """Replace the stored key by that of the settings."""
        inner, outer = pads(settings.CONTEXT_KEY.encode())
        Key.objects.update_or_create(id=1, defaults={"inner_pad": inner, "outer_pad": outer})
