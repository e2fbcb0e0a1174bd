"""Where this server is reached, for links that are made without a request."""

from django.conf import settings


def site() -> str:
    """Return the beginning of every address of this server."""
    host = settings.HOSTS[0]
    return f"http://{host}:{settings.PORT}" if settings.LOCAL else f"https://{host}"


def address_of(path: str) -> str:
    """Return the whole address of a page."""
    return f"{site()}{path}"
