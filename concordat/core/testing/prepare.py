"""Fill the template database: `migrate` runs as the owner, `load` brings the world of the tests in as the application.

The world, people and agreements that every test may count on, is `concordat.demo.world`.
"""

import importlib
import os
import sys

import django

from concordat.cli.commands.migrate import bring_up_to_date

WORLD = "concordat.demo.world"  # by name: imports point down, and this is a door's


def migrate() -> None:
    """Make the tables, and what only the owner may write."""
    bring_up_to_date()
    importlib.import_module(WORLD).base()


def load() -> None:
    """Load the world, as its people."""
    importlib.import_module(WORLD).load()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
    django.setup()
    {"migrate": migrate, "load": load}[sys.argv[1]]()
