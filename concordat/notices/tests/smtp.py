"""A small mail server on this machine that speaks SMTP (RFC 5321), and behaves as a test tells it to."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message


@dataclass
class Office:
    """What the server took, and how it behaves.

    `mood` is `takes`, or what it does instead: `busy` (451 to a recipient), `unknown` (550), `drops` (in the middle of
    the message), `forgets` (takes the message and answers nothing), `slow` (answers after `delay` seconds).
    """

    mood: str = "takes"
    delay: float = 0.0
    port: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    @property
    def letters(self) -> list[Message]:
        return [message_from_string(text) for _to, text in self.taken]

    @property
    def numbers(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.letters]


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    office: Office

    def say(self, line: str) -> None:
        if self.office.mood == "slow":
            time.sleep(self.office.delay)
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 post office of the tests")
        to = ""
        while words := self.rfile.readline().decode().strip():
            match words.upper().split(":")[0].split():
                case ["EHLO" | "HELO", *_]:
                    self.say("250 at your service")
                case ["RCPT", *_]:
                    to = words.partition("<")[2].rstrip(">")
                    self.say({"busy": "451 later", "unknown": "550 nobody here"}.get(self.office.mood, "250 ok"))
                case ["DATA"]:
                    self.say("354 go on")
                    if not self.take(to):
                        return
                case ["QUIT"]:
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def take(self, to: str) -> bool:
        """Read a message; False when the connection ends here."""
        lines = []
        while (line := self.rfile.readline().decode()) not in ("", ".\r\n"):
            if self.office.mood == "drops":
                return False
            lines.append(line)
        self.office.taken.append((to, "".join(lines)))
        self.office.arrived.set()
        if self.office.mood == "forgets":
            self.rfile.readline()  # until the other side is gone
            return False
        self.say("250 taken")
        return True


@contextmanager
def post_office() -> Iterator[Office]:
    """Have a mail server inside the block."""
    office = Office()
    handler = type("Counter", (Conversation,), {"office": office})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield office
        server.shutdown()
