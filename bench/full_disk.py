"""Fill the disk under a working installation, and look what its users see and what is left.

    python -m bench.full_disk            (as root; it mounts a small disk that only its own processes see)

The disk is full while people work, then there is room again. What was confirmed has to be there, nothing half done,
and what users saw has to be a page in words.
"""

import argparse
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench import kill

SIZE = "400m"
INSIDE = "--inside"
PATIENCE = 90.0  # seconds for everything to work again


def fill(home: Path) -> Path:
    """Write until there is no room left."""
    filler = home / "filler"
    with filler.open("wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    out.write(b"\0" * size)
            except OSError:
                continue
    return filler


def seen(person: kill.Person, book: kill.Book) -> str:
    """Write a referral; return what the page said instead of confirming it, or nothing."""
    try:
        kill.write_referral(person, book, secrets.token_hex(4))
    except kill.Failed as trouble:
        return str(trouble)
    return ""


def inside(home: Path) -> int:
    """Work on the small disk, in its own view of the machine."""
    os.environ |= {"CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0", "CONCORDAT_POOL": "0"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
    kill.make(home)
    book, said = kill.Book(), list[str]()
    with kill.mail_server() as mail:
        site = kill.Installation(home, mail, kill.free_port())
        site.start()
        import django  # noqa: PLC0415 - the secrets of the folder are made now

        django.setup()
        person = kill.sign_in(f"http://localhost:{site.port}")["pat"]
        said.append(seen(person, book))
        filler = fill(home)
        end = time.monotonic() + PATIENCE
        while not said[-1] and time.monotonic() < end:
            said.append(seen(person, book))
        ended = site.process is not None and site.process.poll() is not None
        filler.unlink()
        again = recover(site, person, book)
        faults = list(kill.look(home, book))
        site.end()
    print(json.dumps({
        "confirmed": len(book.referrals), "first": said[0], "full": re.sub(r"\s+", " ", said[-1]),
        "ended": ended, "works again after seconds": again, "faults": faults,
    }, indent=1))  # fmt: skip
    return int(bool(faults) or again is None)


def recover(site: kill.Installation, person: kill.Person, book: kill.Book) -> float | None:
    """Wait until a referral is taken again; where the server has ended, start it as systemd would."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if site.process is not None and site.process.poll() is not None:
            site.start()
            person = kill.sign_in(f"http://localhost:{site.port}")["pat"]
        if not seen(person, book):
            return round(time.monotonic() - began, 1)
        time.sleep(0.5)
    return None


def main() -> int:
    """Mount the disk for a process of its own, and run there."""
    parser = argparse.ArgumentParser(description="Fill the disk under a working installation.")
    parser.add_argument(INSIDE, type=Path)
    options = parser.parse_args()
    if options.inside:
        return inside(options.inside)
    home = Path("/var/tmp") / f"concordat-full-{secrets.token_hex(4)}"  # noqa: S108 - a name of its own
    home.mkdir(mode=0o711)
    mount = f"mount -t tmpfs -o size={SIZE},mode=711 tmpfs {home}"
    script = f"{mount} && exec {sys.executable} -m bench.full_disk {INSIDE} {home}"
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script], cwd=kill.BASE, check=False)  # noqa: S607
    shutil.rmtree(home)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
