"""Where an installation keeps its state: one folder, beside the program unless somebody says otherwise."""

import hashlib
import os
from pathlib import Path

from concordat.config import environment
from concordat.core.postgres import account

PACKAGE = Path(__file__).resolve().parent.parent
BASE = PACKAGE.parent


def default_home() -> Path:
    """Return `var` beside the program; for root below /var/lib where PostgreSQL's user could not enter it."""
    beside = BASE / "var"
    if not (BASE / "start.py").exists():  # installed as a package: nothing is kept among packages
        beside = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "concordat"
    if not account.is_root() or account.can_reach(beside):
        return beside
    return Path("/var/lib") / f"concordat-{hashlib.sha256(os.fsencode(BASE)).hexdigest()[:8]}"


HOME = Path(environment.text("CONCORDAT_HOME", "The folder that holds all state", str(default_home()))).absolute()
