"""The search: sent as a form and answered in place, so that no name stands in an address, a title or a server's log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from concordat.core.nothing import found_nothing
from concordat.people.http import SignedInRequest

from .finding import MOST, find
from .forms import SearchForm


def search(request: SignedInRequest) -> HttpResponse:
    """Ask what is looked for; show what fits."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "search/search.html", {"form": form}, status=422 if form.is_bound else 200)
    found = find(form.cleaned_data["text"])
    cut = (
        _("Only the first %(count)s are shown. Type more of the name.") % {"count": MOST} if len(found) == MOST else ""
    )
    page = render(request, "search/search.html", {"form": form, "found": found, "cut": cut, "asked": True})
    return page if found else found_nothing(page)
