"""What somebody sees of a case that is closed to them: nothing, or "not currently" where they prove that they knew."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render

from concordat.access.restricted import note_attempt
from concordat.people.http import SignedInRequest

View = TypeVar("View", bound=Callable[..., HttpResponse])


def knew_of(case: UUID) -> bool:
    """Tell whether the asker's own rows prove that they knew of a case that is closed to them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals.knew_of(%s)", [case])
        ((knew,),) = cursor.fetchall()
    return bool(knew)


def of_a_case(view: View) -> View:
    """Show a stub to who knew of a case that is closed to them; to everybody else it is not found. Either is noted."""

    @wraps(view)
    def shown(request: SignedInRequest, pk: UUID) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            note_attempt(pk)
            if knew_of(pk):
                return render(request, "cases/stub.html", status=403)
            raise

    return cast("View", shown)
