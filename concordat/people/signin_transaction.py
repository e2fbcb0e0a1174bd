"""Run a view of django-allauth in a transaction of the sign-in role, where it locks rows."""

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from .router import SIGNIN


def in_signin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view; what it wrote stays also when it refuses, for refusing raises nothing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with transaction.atomic(using=SIGNIN):
            return view(request, *args, **kwargs)

    return wrapped
