"""Being written."""

import argparse

HELP = "restore"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Do it."""
    return 0
