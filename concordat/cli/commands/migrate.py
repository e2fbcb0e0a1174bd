"""Bring the tables up to date, as the owner. `start` does this by itself."""

import argparse

from django.core.management import call_command

from concordat.cli import database

HELP = "bring the database up to date, as the owner of the tables"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Apply the migrations that are missing."""
    with database.ready(role="owner"):
        call_command("migrate", verbosity=0, interactive=False)
    return 0
