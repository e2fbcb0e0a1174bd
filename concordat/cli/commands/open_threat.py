"""Open the sealed words of a threat file where the organisation keeps its key. Needs no server and no database."""

import argparse
import base64
import io
import json
from pathlib import Path

from concordat.core import age
from concordat.core.errors import Refused

HELP = "open the sealed words of a threat file with your organisation's key"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file and the key."""
    parser.add_argument("file", type=Path, help="the file that Concordat handed out")
    parser.add_argument("--key", type=Path, required=True, help="the file with the secret half of the key")


def run(options: argparse.Namespace) -> int:
    """Print the words, each under what it is about."""
    try:
        keys = age.secret_keys(options.key.read_text(encoding="utf-8"))
        for piece in json.loads(options.file.read_text(encoding="utf-8"))["pieces"]:
            sealed = base64.b64decode(piece["sealed"], validate=True)
            words = json.loads(b"".join(age.opened(io.BytesIO(sealed), keys)))
            print(f"{piece['at']}  {piece['part']}")
            print("\n".join(text for text in words.values() if text), end="\n\n")
    except (age.NotOpened, UnicodeDecodeError) as error:
        raise Refused(str(error)) from None
    except FileNotFoundError as error:
        raise Refused(f"There is no file {error.filename}.") from None
    except (ValueError, KeyError):
        raise Refused("This is not a file of sealed words that Concordat handed out.") from None
    return 0
