"""Serve the pages on sockets that `start` has opened: a process of its own, so that it can never be the owner.

Waitress serves from one process and is enough for an office. Gunicorn serves from several, which use several cores.
"""

import argparse
import signal
import socket
import sys
from wsgiref.types import WSGIApplication

from django.conf import settings
from waitress.proxy_headers import proxy_headers_middleware
from waitress.server import create_server

from concordat.cli import database

HELP = "serve the pages on sockets that `start` has opened (internal)"
THREADS = 8  # as many as the pool has connections
LARGEST_UPLOAD = 50 * 1024 * 1024
PROXY = "127.0.0.1"  # the web server in front runs on this machine
BELIEVED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the numbers of the open sockets."""
    parser.add_argument("sockets", type=int, nargs="+")


def run(options: argparse.Namespace) -> int:
    """Serve until told to end."""
    from concordat.config.wsgi import application  # noqa: PLC0415 - reads the settings

    program = behind_proxy(application) if settings.PROXY else application
    try:
        if settings.SERVER == "gunicorn":
            in_several_processes(program, options.sockets)
        else:
            in_one_process(program, options.sockets)
    finally:
        database.close()
    return 0


def in_several_processes(application: WSGIApplication, sockets: list[int]) -> None:
    """Serve with processes that have threads."""
    from concordat.cli import prefork  # noqa: PLC0415 - who does not use gunicorn does not load it

    prefork.serve(application, sockets, workers=settings.WORKERS)


def in_one_process(application: WSGIApplication, sockets: list[int]) -> None:
    """Serve with threads.

    Without a proxy nobody's word about the visitor's address counts: such headers are passed on as they came and
    believed by nothing, so that the demonstration's door can see them and stay shut.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = create_server(
        application,
        sockets=[socket.socket(fileno=number) for number in sockets],
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_UPLOAD,
        clear_untrusted_proxy_headers=False,
    )
    server.run()


def behind_proxy(application: WSGIApplication) -> WSGIApplication:
    """Believe the web server in front, on this machine, whom it serves and how; and nobody else."""
    believing: WSGIApplication = proxy_headers_middleware(
        application, trusted_proxy=PROXY, trusted_proxy_headers=BELIEVED, clear_untrusted=True
    )
    return believing
