"""Listen on this machine only, at the first free port; whoever has the same port on either address is stepped over."""

import errno
import socket

from concordat.core.errors import Refused

TRIES = 100
BACKLOG = 128


def listen(first: int) -> tuple[int, list[socket.socket]]:
    """Return the port and its sockets; browsers try both addresses of `localhost`, so both are ours or neither."""
    last = min(first + TRIES, 65536)
    for port in range(first, last):
        sockets = _listen_on(port)
        if sockets:
            return port, sockets
    raise Refused(f"All ports from {first} to {last - 1} are taken. Set CONCORDAT_PORT to another one.")


def _listen_on(port: int) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            sockets.append(_bind(family, address, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                for other in sockets:
                    other.close()
                return []
            if family == socket.AF_INET:
                raise
    return sockets


def _bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
