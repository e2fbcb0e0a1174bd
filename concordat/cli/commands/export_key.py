"""Make the key to which an export of everything is sealed. Needs no server and no database."""

import argparse
from pathlib import Path

from concordat.core import age
from concordat.core.errors import Refused
from concordat.core.postgres.keys import write_private

HELP = "make the key that opens an export of everything"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file that will hold the secret half."""
    parser.add_argument("file", type=Path, help="a new file for the secret half; whoever has it can open the export")


def run(options: argparse.Namespace) -> int:
    """Make it; print the public half."""
    if options.file.exists():
        raise Refused(f"There is a file {options.file} already. Name another one.")
    secret, public = age.new_key()
    write_private(options.file, f"# public key: {public}\n{secret}\n")
    print(f"The secret half is in {options.file}. Keep it, and a copy elsewhere: without it an export opens to nobody.")
    print(f"The public half, which you give to Concordat:\n{public}")
    return 0
