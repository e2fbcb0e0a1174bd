"""Whether a request comes from this machine: nobody else reaches the demonstration's door or the metrics."""

from django.http import HttpRequest
from django.http.request import split_domain_port

HOSTS = {"localhost", "127.0.0.1"}
ADDRESSES = {"127.0.0.1", "::1"}
FORWARDED = ("x-forwarded", "forwarded", "via", "x-real-ip", "cf-connecting-ip", "true-client-ip")


def is_near(request: HttpRequest) -> bool:
    """Tell whether this request was made on this machine, with no sign of a proxy in between."""
    host, _port = split_domain_port(request.META.get("HTTP_HOST", "localhost").lower())
    forwarded = any(name.lower().startswith(FORWARDED) for name in request.headers)
    return host in HOSTS and request.META.get("REMOTE_ADDR") in ADDRESSES and not forwarded
