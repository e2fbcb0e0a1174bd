"""Pages about Concordat itself. They are open to everybody; with somebody signed in they say what holds for them."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.agreements.confidentiality import lasting_exceptions, promises
from concordat.people.models import Membership
from concordat.people.stages import Stage, open_to


@open_to(Stage.ANYBODY)
@require_safe
def confidential(request: HttpRequest) -> HttpResponse:
    """Say what is kept from whom, and when it is told all the same: partner by partner, from the agreements."""
    by = cast("Membership | None", getattr(request, "acting", None))
    kept = promises(by.organisation) if by else []
    return render(request, "about/confidential.html", {"promises": kept, "always": list(lasting_exceptions())})


@open_to(Stage.ANYBODY)
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """Say what can be printed, and where."""
    return render(request, "about/paper.html")


@open_to(Stage.ANYBODY)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say for whom the pages were made to work, how that was tested, and what does not work yet."""
    return render(request, "about/accessibility.html")
