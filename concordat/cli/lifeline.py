"""A child process that ends with its parent, however that one ends.

The parent keeps the other end of the child's standard input open and never writes. When the parent is gone, even by
`kill -9`, the system closes it, and the child stops itself: nothing is left that would block the next start.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

OPTION = "--lifeline"
PATIENCE = 15.0  # seconds for a child to end by itself


def spawn(
    *arguments: str, keep: Sequence[int] = (), environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start another `concordat` command as a child; `keep` are open sockets that it takes over."""
    return subprocess.Popen(
        [sys.executable, "-m", "concordat", OPTION, *arguments],
        stdin=subprocess.PIPE,
        pass_fds=keep,
        start_new_session=True,  # Ctrl-C reaches the parent alone, who ends its children in order
        env=os.environ | {"CONCORDAT_DB_ROLE": "app"} | dict(environment or {}),
    )


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask a child to stop and wait for it; one that does not listen is killed."""
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdin:
        child.stdin.close()


def hold() -> None:
    """In the child: watch the line to the parent from now on."""
    threading.Thread(target=_watch, name="lifeline", daemon=True).start()


def _watch() -> None:
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
