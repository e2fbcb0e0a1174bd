"""Find the command that was asked for and run it; a user's mistake ends in a sentence, never in a traceback."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Protocol

import django.db
import psycopg
from django.core.exceptions import ImproperlyConfigured

from concordat.cli import lifeline, rooms
from concordat.cli.commands import (
    backup,
    doctor,
    export_key,
    migrate,
    move,
    open_export,
    open_threat,
    restore,
    serve,
    start,
    status,
    stop,
    texts,
    version,
)
from concordat.cli.server_checks import first_line
from concordat.core.errors import Refused
from concordat.core.failing import NO_ROOM


class Command(Protocol):
    """What each module in `commands` offers."""

    HELP: str

    def arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the options."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Do it and return the exit code."""


COMMANDS: dict[str, Command] = {
    "start": start,
    "stop": stop,
    "status": status,
    "doctor": doctor,
    "backup": backup,
    "restore": restore,
    "move": move,
    "texts": texts,
    "export-key": export_key,
    "open-export": open_export,
    "open-threat": open_threat,
    "version": version,
}
INTERNAL: dict[str, Command] = {"migrate": migrate, "serve": serve}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
    if asked[:1] == [lifeline.OPTION]:
        lifeline.hold()
        asked = asked[1:]
    try:
        return run(asked)
    except (Refused, ImproperlyConfigured) as refusal:
        print(f"concordat: {refusal}", file=sys.stderr)
    except (django.db.Error, psycopg.Error) as error:
        print(f"concordat: The database refused: {first_line(error)}", file=sys.stderr)
    except PermissionError as error:
        print(f"concordat: {error.filename} is not open to you: {error.strerror}.", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read the output has gone
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        print(f"concordat: {error.filename or 'The disk'} cannot be written: {error.strerror}.", file=sys.stderr)
    return 1


def run(asked: list[str]) -> int:
    """Hand over to the command."""
    if asked and asked[0] in rooms.COMMANDS:
        return rooms.run(asked[0], asked[1:])
    options = parser().parse_args(asked)
    chosen: Command = options.chosen
    return chosen.run(options)


def parser() -> argparse.ArgumentParser:
    """Describe all commands."""
    top = argparse.ArgumentParser(prog="concordat", description="Run and look after a Concordat server.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.HELP, description=command.HELP)
        command.arguments(own)
        own.set_defaults(chosen=command)
    for name, room in rooms.COMMANDS.items():
        commands.add_parser(name, help=room.meaning, add_help=False)
    for name, command in INTERNAL.items():
        own = commands.add_parser(name, description=command.HELP)
        command.arguments(own)
        own.set_defaults(chosen=command)
    return top
