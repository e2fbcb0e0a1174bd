"""No test reaches further than this machine."""

import socket
from typing import Any

HERE = {"localhost", "127.0.0.1", "::1"}
_connect, _connect_ex, _lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class NetworkBlocked(RuntimeError):  # noqa: N818 - says what happened
    """A test tried to reach another machine."""


def _refuse_elsewhere(host: object) -> None:
    if host is not None and host not in HERE:
        raise NetworkBlocked(f"A test tried to reach {host!r}; tests stay on this machine.")


def _guarded_connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - any kind of address
    if self.family != socket.AF_UNIX:
        _refuse_elsewhere(address[0])
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:  # noqa: ANN401 - any kind of address
    if self.family != socket.AF_UNIX:
        _refuse_elsewhere(address[0])
    return _connect_ex(self, address)


def _guarded_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed through
    _refuse_elsewhere(host.decode() if isinstance(host, bytes) else host)
    return _lookup(host, *args, **kwargs)


def block() -> None:
    """Let sockets and name look-ups of this process reach this machine only."""
    for name, guarded in (("connect", _guarded_connect), ("connect_ex", _guarded_connect_ex)):
        setattr(socket.socket, name, guarded)
    socket.getaddrinfo = _guarded_lookup
