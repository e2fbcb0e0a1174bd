"""The two things that nearly every screen does, as plain functions."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from . import edits
from .errors import Refused
from .refusals import sentence_of
from .wiring import wired

KEEP = "draft-keep"  # the button that keeps what was typed


def show_list(
    request: HttpRequest, template: str, rows: QuerySet[Any] | list[Any], *, per_page: int = 25, **context: object
) -> HttpResponse:
    """Show rows one page at a time: two queries, whatever their number. The template gets them as `page`."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    return render(request, template, {"page": page, **context})


def show_form(
    request: HttpRequest, form: BaseForm, save: Callable[..., Any], *, title: str, done: str = "", to: str = "",
    template: str = "form.html", changes: Model | None = None, about: Sequence[Model] = (), **context: object,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is valid, `save(**cleaned_data)` and go to the address `to`, or to what was saved.

    A refusal is shown above the form, with everything that was typed. `done` is said on the next page.
    `changes` is the shared thing that the form was filled from (see `edits.py`). `about` names the things that a form
    with long texts is about: with it, what is typed can be kept as a draft for as long as all of them can be seen.
    The template may get `caption`, `intro`, `button`, `kind` (warning for what cannot be undone) and `cancel_url`.
    """
    drafts = wired("DRAFTS")
    if changes:
        edits.choose(form)
    if about and KEEP in request.POST:
        try:
            drafts.keep(request, path=request.path, title=title, about=about)
            return redirect("/")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    elif form.is_valid():
        if changes and (found := edits.conflict(form, changes)):
            context["conflict"] = found
        elif answered := saved(request, form, save, done=done, to=to):
            return answered
    drafting = drafts.page(request, title=title, about=about)
    context["filled_from"] = carried(form, drafting, changes, fresh="conflict" in context)
    status = 409 if "conflict" in context else 422 if form.is_bound else 200
    shown = {"form": form, "title": title, "drafting": drafting, **context}
    return render(request, template, shown, status=status)


def saved(request: HttpRequest, form: BaseForm, save: Callable[..., Any], *, done: str, to: str) -> HttpResponse | None:
    """Save a valid form and lead on; where that is refused, say it above the form."""
    try:
        made = save(**form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except IntegrityError as error:  # a rule lost a race: the database says it
        if not (sentence := sentence_of(error)):
            raise
        form.add_error(None, sentence)
    else:
        wired("DRAFTS").drop(request)
        if done:
            messages.success(request, done)
        return redirect(to or made)
    return None


def carried(form: BaseForm, drafting: Any, changes: Model | None, *, fresh: bool) -> str:  # noqa: ANN401 - what the wiring gives
    """Return what the form was filled from, for it to carry; a draft is put into it, with what that was filled from."""
    filled = edits.filled_from(form) if changes and (fresh or not form.is_bound) else form.data.get(edits.FILLED, "")
    if not form.is_bound and drafting and drafting.shown:
        wired("DRAFTS").fill(form, drafting.shown)
        filled = dict(drafting.shown.fields).get(edits.FILLED, "")
    return str(filled)
