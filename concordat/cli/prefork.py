"""Several processes that serve: gunicorn, with everything that is ours decided here and nothing read from files.

The program is loaded once and forked. No connection may be open at that moment: a connection carries the signed
context of one request at a time, and two processes on one would mix them. So none is opened before, and what each
process opens is its own.
"""

import gc
import logging
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from concordat.watch.counting import counts

THREADS = 8
GRACE = 10  # seconds for requests that are under way when the server ends
STUCK = 60  # seconds after which a process that gives no sign is replaced
LARGEST_UPLOAD = 50 * 1024 * 1024
MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a file without a name there, to see that a process lives


class Lines(Logger):  # type: ignore[misc]
    """Writes gunicorn's own lines as all others are written."""

    def setup(self, cfg: object) -> None:
        """Take the handlers of the settings."""
        self.cfg = cfg
        self.error_log.propagate = True
        self.error_log.setLevel(logging.WARNING)
        self.access_log.disabled = True


class Server(BaseApplication):  # type: ignore[misc]
    """One application on sockets that are open already."""

    def __init__(self, application: WSGIApplication, sockets: list[int], workers: int) -> None:
        self.application, self.sockets, self.workers = application, sockets, workers
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen().items():
            self.cfg.set(name, value)

    def chosen(self) -> dict[str, Any]:
        """Return every setting that differs from gunicorn's own."""
        return {
            "bind": [f"fd://{number}" for number in self.sockets],
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "timeout": STUCK,
            "graceful_timeout": GRACE,
            "worker_tmp_dir": str(MEMORY) if MEMORY.is_dir() else None,
            "logger_class": Lines,
            "control_socket_disable": True,
            # whom a proxy serves, and how, is decided in `serve.behind_proxy`
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "forwarder_headers": "",
            "pre_fork": choose_slot,
            "post_fork": take_slot,
        }

    def load(self) -> WSGIApplication:
        return self.application


def serve(application: WSGIApplication, sockets: list[int], *, workers: int) -> None:
    """Serve until told to end."""
    gc.freeze()  # what is loaded stays: neither looked through while somebody waits, nor copied into each process
    counts(workers + 1)  # one more: for a moment a process that ends and the one that follows it both count
    Server(limited(application), sockets, workers).run()


def choose_slot(arbiter: Arbiter, worker: Worker) -> None:
    """In the first process: see that nothing is open that two would share, and find the new one a place to count."""
    held = [connection for connection in connections.all() if isinstance(connection, DatabaseWrapper)]
    assert not any(connection.connection or vars(DatabaseWrapper)["_connection_pools"] for connection in held)
    taken = {other.slot for other in arbiter.WORKERS.values()}
    worker.slot = next(slot for slot in range(counts().slots) if slot not in taken)


def take_slot(_arbiter: Arbiter, worker: Worker) -> None:
    """In the new process: count in its place."""
    counts().slot = worker.slot


def limited(application: WSGIApplication) -> WSGIApplication:
    """Refuse what is larger than any file that is taken, before it is read."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Any:  # noqa: ANN401 - what the application gives
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) <= LARGEST_UPLOAD:
            return application(environ, start_response)
        start_response("413 Content Too Large", [("Content-Type", "text/plain"), ("Connection", "close")])
        return [b"This file is too large.\n"]

    return answer
