"""What is hidden and what does not exist take the same time: an answer of "nothing" leaves on the next full step.

A hidden row is found by its number and then refused by the policies, which takes about a millisecond longer than
finding no row at all. Whoever asks often enough could tell the two apart. So every answer that says "nothing here"
waits until a whole number of steps has passed since it was asked for: outside the transaction, no connection held.
"""

import math
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class TakesItsTime:
    """Hold an answer that found nothing until the next full step; strangers get theirs at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        if is_known(request) and says_nothing(response):
            time.sleep(until_next_step(time.perf_counter() - began, settings.NOTHING_STEP_MS / 1000))
        return response


def found_nothing(response: HttpResponse) -> HttpResponse:
    """Mark a page that looked for something and shows none."""
    response.found_nothing = True  # type: ignore[attr-defined]
    return response


def says_nothing(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.NOT_FOUND or getattr(response, "found_nothing", False)


def is_known(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


def until_next_step(took: float, step: float) -> float:
    """Return how many seconds are left until a whole number of steps of so many seconds have passed."""
    return math.ceil(took / step) * step - took if step else 0.0
