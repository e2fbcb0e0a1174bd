"""Commands that live in the room they belong to, as Django management commands with the name in underscores."""

from typing import NamedTuple

from django.core.management import get_commands, load_command_class

from concordat.cli import database
from concordat.core.errors import Refused

DJANGOS_OWN = "version verbosity settings pythonpath traceback no-color force-color"


class Room(NamedTuple):
    """What a command does, and as which role of the database."""

    meaning: str
    role: str = "app"


COMMANDS = {
    "demo": Room("load the demonstration country, or reset it"),
    "import-caseload": Room("stage a caseload from a spreadsheet; an officer confirms it in the browser"),
    "import-directory": Room("stage services from an Open Referral file; a coordinator confirms them in the browser"),
    "create-admin": Room("invite the first administrator", "owner"),
    "load-holidays": Room("load the holidays by which an organisation counts working days", "owner"),
    "verify-log": Room("check every line of the log, its tree, and what was signed about it", "owner"),
    "log-export": Room("write the log into a file that anybody can check without Concordat", "owner"),
    "compare-checkpoints": Room("hold two checkpoints that partners have kept against this log", "owner"),
    "why": Room("say why somebody cannot see something, without telling of any case", "owner"),
    "keep-replicas": Room("say which replicas may answer, and for whom changes wait", "owner"),
    "worker": Room("do the work that waits; `start` does this by itself"),
}


def run(name: str, arguments: list[str]) -> int:
    """Run a room's command with its own options; it reports wrong use itself."""
    with database.ready(COMMANDS[name].role):
        if not exists(name):
            raise Refused(f"This copy of Concordat has no command {name}.")
        command_name = name.replace("-", "_")
        command = load_command_class(get_commands()[command_name], command_name)
        command.requires_system_checks = []  # the tests run them
        command.suppressed_base_arguments = {f"--{option}" for option in DJANGOS_OWN.split()}
        try:
            command.run_from_argv(["concordat", name, *arguments])
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def exists(name: str) -> bool:
    """Tell whether a room has brought this command; needs a ready Django."""
    return name.replace("-", "_") in get_commands()
