"""The two things that nearly every screen does, as plain functions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .errors import Refused
from .refusals import sentence_of


def show_list(
    request: HttpRequest, template: str, rows: QuerySet[Any] | list[Any], *, per_page: int = 25, **context: object
) -> HttpResponse:
    """Show rows one page at a time: two queries, whatever their number. The template gets them as `page`."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    return render(request, template, {"page": page, **context})


def show_form(
    request: HttpRequest, form: BaseForm, save: Callable[..., Any], *, title: str, done: str = "", to: str = "",
    template: str = "form.html", **context: object,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is valid, `save(**cleaned_data)` and go to the address `to`, or to what was saved.

    A refusal is shown above the form, with everything that was typed. `done` is said on the next page.
    The template may get `caption`, `intro`, `button`, `kind` (warning for what cannot be undone) and `cancel_url`.
    """
    if form.is_valid():
        try:
            saved = save(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except IntegrityError as error:  # a rule lost a race: the database says it
            if not (sentence := sentence_of(error)):
                raise
            form.add_error(None, sentence)
        else:
            if done:
                messages.success(request, done)
            return redirect(to or saved)
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "title": title, **context}, status=status)
