"""The living page of the design system: every component, in both directions. Its people and places are invented."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from . import samples


def design(request: HttpRequest) -> HttpResponse:
    """Show every component; `?dir=rtl` shows them in Arabic, whatever the reader's language is."""
    language = {"rtl": "ar", "ltr": "en"}.get(request.GET.get("dir", ""), translation.get_language() or "en")
    with translation.override(language):
        return render(request, "core/design.html", samples.everything(arabic=language == "ar"))
