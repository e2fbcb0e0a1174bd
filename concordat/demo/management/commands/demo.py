"""`concordat demo`: load the demonstration country; `--reset` empties it and loads it anew."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from concordat.demo import loading


class Command(BaseCommand):
    help = "Load the demonstration country, an invented one. Only in demonstration mode, and never over anything else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--reset", action="store_true", help="empty the country and load it anew")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as they were parsed
        """Load it and say how long it took."""
        began = perf_counter()
        loading.load(reset=options["reset"])
        self.stdout.write(f"The demonstration country is loaded, in {perf_counter() - began:.0f} seconds.")
