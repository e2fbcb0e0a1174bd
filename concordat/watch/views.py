"""Whether the server lives, whether it can work, and its numbers. Strangers learn one word."""

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from concordat.core.nearness import is_near
from concordat.people.stages import Stage, open_to

from . import pulse
from .prometheus import text

PLAIN = "text/plain; charset=utf-8"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
UNAVAILABLE = 503


@csrf_exempt
@open_to(Stage.ANYBODY)
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@csrf_exempt
@open_to(Stage.ANYBODY)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the server can work; to its operator also why not."""
    faults = list(pulse.latest().faults())
    lines = ["not ok" if faults else "ok", *(faults if may_know(request) else [])]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN, status=UNAVAILABLE if faults else 200)


@csrf_exempt
@open_to(Stage.ANYBODY)
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers to the operator; for others there is no such page."""
    if not may_know(request):
        return HttpResponseNotFound("not found\n", content_type=PLAIN)
    return HttpResponse(text(pulse.latest()), content_type=PROMETHEUS)


def may_know(request: HttpRequest) -> bool:
    """Tell whether the operator asks: with the token, or on this machine."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    known = kind == "Bearer" and wanted and hmac.compare_digest(token.encode(), wanted.encode())
    return bool(known) or is_near(request)
