"""The virus scanners that tests ask: a real clamd where there is one, and a small server that speaks as it does."""

import shutil
import socketserver
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from pytest_django import Settings

from .samples import EICAR


def verdict(data: bytes) -> bytes:
    return b"stream: Test.Eicar.UNOFFICIAL FOUND\0" if EICAR in data else b"stream: OK\0"


class Peer(socketserver.ThreadingUnixStreamServer):
    """Says of bytes what `verdict` says."""

    verdict: Callable[[bytes], bytes] = staticmethod(verdict)


class Answering(socketserver.StreamRequestHandler):
    """Answers INSTREAM and PING over a real socket."""

    def handle(self) -> None:
        asked = b""
        while not asked.endswith(b"\0"):
            asked += self.rfile.read(1)
        if asked == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        data = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.wfile.write(self.server.verdict(data))  # type: ignore[attr-defined]


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    """Give a server that speaks INSTREAM; a test may change what it says."""
    with Peer(str(tmp_path / "s"), Answering) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """Give the socket of a real clamd that knows one signature."""
    program = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        pytest.skip("clamd is not installed here; the protocol has a test of its own")
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "one.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
    config, line = tmp_path / "clamd.conf", tmp_path / "clamd"
    config.write_text(f"DatabaseDirectory {tmp_path / 'db'}\nLocalSocket {line}\nForeground yes\nStreamMaxLength 60M\n")
    # its folders belong to whoever runs the test, and so does it
    with subprocess.Popen(
        [program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            for _wait in range(200):
                if line.exists():
                    break
                time.sleep(0.05)
            yield str(line)
        finally:
            running.terminate()


@pytest.fixture(params=["peer", "clamd"])
def scanner(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Set each of the two as this server's scanner."""
    found = request.getfixturevalue(request.param)
    settings.CLAMAV = found if isinstance(found, str) else found.server_address
    return str(settings.CLAMAV)
