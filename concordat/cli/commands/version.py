"""Print the version."""

import argparse

from concordat import __version__

HELP = "print the version"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Print it."""
    print(f"Concordat {__version__}")
    return 0
