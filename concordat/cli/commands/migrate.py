"""Bring the tables up to date, as the owner. `start` does this by itself."""

import argparse

from django.core.management import call_command

from concordat.cli import database

HELP = "bring the database up to date, as the owner of the tables"
AFTERWARDS = ["install_key"]  # the key that signs contexts may have changed


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Apply what is missing."""
    with database.ready(role="owner"):
        bring_up_to_date()
    return 0


def bring_up_to_date() -> None:
    """Apply the migrations, then what the rooms keep in step with the settings."""
    call_command("migrate", verbosity=0, interactive=False)
    for command in AFTERWARDS:
        call_command(command)
