"""Open an export of everything, and check that it is whole. Needs no server and no database.

The same with other programs: `age -d -i KEY EXPORT.age > EXPORT.zip` opens it, and the manifest in it lists the hashes.
"""

import argparse
import json
import zipfile
from hashlib import file_digest
from pathlib import Path
from typing import Any

from concordat.core import age
from concordat.core.errors import Refused

HELP = "open an export of everything with its key, and check that it is whole"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the export, the key, and where to put what was in it."""
    parser.add_argument("export", type=Path, help="the file that Concordat made")
    parser.add_argument("--key", type=Path, required=True, help="the file with the secret half of the key")
    parser.add_argument("--into", type=Path, help="the ZIP file to write (else: beside the export)")


def run(options: argparse.Namespace) -> int:
    """Open and check it."""
    into = options.into or options.export.with_suffix(".zip")
    if into.exists():
        raise Refused(f"There is a file {into} already. Name another one with --into.")
    unseal(options.export, options.key, into)
    manifest = whole(into)
    rows = sum(manifest["rows"].values())
    print(
        f"{into}: {rows} rows in {len(manifest['rows'])} tables of {manifest['name']}. Nothing is missing or altered."
    )
    print("It is not encrypted any more: keep it where nobody else reads it.")
    return 0


def unseal(export: Path, key: Path, into: Path) -> None:
    """Write what an export holds; leave nothing behind where it does not open to the end."""
    try:
        keys = age.secret_keys(key.read_text(encoding="utf-8"))
        with export.open("rb") as source, into.open("xb") as opened:
            into.chmod(0o600)
            for piece in age.opened(source, keys):
                opened.write(piece)
    except (age.NotOpened, UnicodeDecodeError) as error:
        into.unlink(missing_ok=True)
        raise Refused(str(error)) from None
    except FileNotFoundError as error:
        raise Refused(f"There is no file {error.filename}.") from None


def whole(archive: Path) -> dict[str, Any]:
    """Return the manifest of an opened export; refuse one of which something is missing or altered."""
    try:
        with zipfile.ZipFile(archive) as opened:
            manifest: dict[str, Any] = json.loads(opened.read("manifest.json"))
            for name, digest in manifest["sha256"].items():
                with opened.open(name) as member:
                    if file_digest(member, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                        raise Refused(f"{name} in this export was altered.")
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise Refused(
            "This is not an export of everything that Concordat made, or something of it is missing."
        ) from None
    return manifest
