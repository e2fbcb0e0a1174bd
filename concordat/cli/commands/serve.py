"""Serve the pages on sockets that `start` has opened: a process of its own, so that it can never be the owner."""

import argparse
import signal
import socket
import sys
from typing import Any

from waitress.server import create_server

from concordat.cli import database

HELP = "serve the pages on sockets that `start` has opened (internal)"
THREADS = 8  # as many as the pool has connections
LARGEST_UPLOAD = 50 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the numbers of the open sockets."""
    parser.add_argument("sockets", type=int, nargs="+")


def run(options: argparse.Namespace) -> int:
    """Serve until told to end."""
    from concordat.config.wsgi import application  # noqa: PLC0415 - reads the settings

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = create_server(
        application,
        sockets=[socket.socket(fileno=number) for number in options.sockets],
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_UPLOAD,
        **proxy(),
    )
    try:
        server.run()
    finally:
        database.close()
    return 0


def proxy() -> dict[str, Any]:
    """Say whose word about the visitor's address counts.

    On this machine alone nobody's: such headers are passed on as they came and believed by nothing, so that the
    demonstration's door can see them and stay shut. Elsewhere the web server in front, on this machine.
    """
    from django.conf import settings  # noqa: PLC0415 - reads the settings

    if settings.LOCAL:
        return {"clear_untrusted_proxy_headers": False}
    trusted = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": trusted, "clear_untrusted_proxy_headers": True}
