"""The command `concordat`: what the operator of a server does without a browser.

Each command is one module of `commands` with HELP, `arguments(parser)` and `run(options) -> exit code`. Commands that
belong to a room are management commands of that room, listed in `rooms.py`.
Exit codes: 0 done, 1 refused or failed (one sentence says why), 2 wrong use.
"""

from concordat.cli.main import main

__all__ = ["main"]
