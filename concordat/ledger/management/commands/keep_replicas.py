"""Say which replicas may answer, and for whom changes wait. One process of it runs beside the primary."""

import logging
import signal
import threading

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg.conninfo import make_conninfo

from concordat.ledger.leases import EVERY, Keeper

PAUSE = 1.0  # seconds before it tries again where the primary does not answer
LOG = logging.getLogger("concordat.replicas")


class Command(BaseCommand):
    help = "Keep the replicas of CONCORDAT_REPLICAS: who may answer, and for whom changes wait. Runs until it is ended."

    def handle(self, *_args: object, **_options: object) -> None:
        """Keep them; a primary that is away is waited for."""
        if not settings.REPLICAS:
            raise CommandError("CONCORDAT_REPLICAS names no replica. docs/scaling.md says how to add one.")
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.is_set():
            try:
                keep(ended)
            except psycopg.Error as error:
                LOG.warning("The primary does not answer.", extra={"state": error.sqlstate or ""})
                ended.wait(PAUSE)


def keep(ended: threading.Event) -> None:
    """Keep the replicas until asked to end, or until the primary is lost."""
    keeper = Keeper.of(owner(), settings.REPLICAS)
    before: dict[str, str] = {}
    with keeper.primary:
        while not keeper.is_only_one():
            if ended.wait(PAUSE):
                return
        while not ended.wait(EVERY):
            keeper.tick()
            if (now := keeper.states()) != before:
                LOG.warning("Replicas: %s", ", ".join(f"{name} {state}" for name, state in now.items()))
                before = now


def owner() -> str:
    """Return how the owner of the tables connects to the primary."""
    how = settings.OWNER_DATABASE()
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    known = {name: how[key] for name, key in names.items() if how.get(key)}
    secure = {name: value for name, value in how["OPTIONS"].items() if name.startswith("ssl")}
    return make_conninfo("", **known, **secure, connect_timeout=3)
