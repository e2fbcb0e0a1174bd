"""Say whether Concordat runs from this state folder."""

import argparse

from concordat.cli import database, running
from concordat.core.postgres import Cluster

HELP = "say whether the server runs, and where"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Print it; 0 when it runs, 1 when not."""
    home = database.home()
    found = running.find(home)
    print(f"Concordat runs at {found.address}" if found else "Concordat does not run.")
    if database.is_embedded():
        print(f"PostgreSQL: {'runs' if Cluster(home).running() else 'does not run'}")
    print(f"State folder: {home}")
    return 0 if found else 1
