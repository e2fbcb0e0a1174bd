"""The addresses of the interface for machines. Whoever has not signed in gets 401 and no page to sign in on."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from concordat.core.codes import Purpose
from concordat.people.stages import Stage, open_to
from concordat.people.tokens import takes_tokens

from .api import api
from .document import openapi
from .problems import Problem, answer, nothing, stranger

# What is read for a purpose of its own, as on the pages: running one's own organisation.
ADMINISTRATION = {
    "agreements", "agreement", "read_by", "uploads", "upload", "stage", "checkpoint", "countersign", "countersignature",
}  # fmt: skip


def in_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask who it is before anything else, and refuse a method in the same shape as everything else."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - handed on
        if getattr(request, "acting", None) is None:
            return answer(stranger())
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            sentence = _("This address does not take that method.")
            return answer(Problem(HTTPStatus.METHOD_NOT_ALLOWED, sentence, Allow=response["Allow"]))
        return response

    return wrapped


@csrf_exempt
def elsewhere(_request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Answer every other address as what is hidden."""
    return answer(nothing())


def opened(pattern: URLPattern) -> URLPattern:
    """Open an operation to tokens and sessions; the interface itself asks who acts."""
    view = takes_tokens(open_to(Stage.ANYBODY)(in_problems(pattern.callback)))
    if pattern.name in ADMINISTRATION:
        view.purpose = Purpose.ADMINISTRATION.value  # type: ignore[attr-defined]
    return path(str(pattern.pattern), view, name=pattern.name)


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", takes_tokens(open_to(Stage.ANYBODY)(in_problems(openapi))), name="openapi"),
    *(opened(one) for one in cast("list[URLPattern]", api.urls[0]) if one.name != "api-root"),
    # also an address with the end of a line in it, which a dot does not stand for
    re_path(r"^[\s\S]*\Z", takes_tokens(open_to(Stage.ANYBODY)(elsewhere)), name="elsewhere"),
]
