"""The virus scanner: ClamAV, asked through its socket. One question per file, as `clamdoc` describes INSTREAM."""

import re
import socket
import struct
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

PATIENCE = 20.0  # seconds; a request waits no longer
STEP = 1 << 16
LONGEST_ANSWER = 4096
FOUND = re.compile(r"^stream: (.+) FOUND$")


@dataclass(frozen=True)
class Verdict:
    """What the scanner said. away: it did not, or said that it could not look."""

    state: Literal["clean", "found", "away"]
    found: str = ""


def is_set() -> bool:
    """Tell whether the operator named a scanner."""
    return bool(settings.CLAMAV)


def scan(data: bytes) -> Verdict:
    """Have a file looked at."""
    try:
        with opened() as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), STEP):
                piece = data[start : start + STEP]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            return verdict_of(answer_on(line))
    except OSError:
        return Verdict("away")


def ping() -> bool:
    """Ask whether the scanner is there."""
    try:
        with opened() as line:
            line.sendall(b"zPING\0")
            return answer_on(line) == "PONG"
    except OSError:
        return False


def opened() -> socket.socket:
    """Open the way to the scanner: a socket on this machine, or a host and port."""
    if settings.CLAMAV.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(settings.CLAMAV)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = settings.CLAMAV.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)


def answer_on(line: socket.socket) -> str:
    """Read one answer, which ends with a zero."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = line.recv(STEP)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def verdict_of(answer: str) -> Verdict:
    """Understand an answer; whatever is neither a yes nor a no counts as no answer."""
    if answer == "stream: OK":
        return Verdict("clean")
    if found := FOUND.match(answer):
        return Verdict("found", found[1][:120])
    return Verdict("away")
