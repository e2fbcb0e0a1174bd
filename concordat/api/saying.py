"""What a machine sends goes through the forms of the pages: the same questions, sentences and actions."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import BaseModel

from concordat.core.forms import errors_of, problems_of

from .problems import Problem

YES, NO = "yes", "no"


def typed(said: BaseModel, **more: object) -> QueryDict:
    """Return what was sent as a form takes it: yes and no in words, lists one by one, nothing for what is left out."""
    data = QueryDict(mutable=True)
    for name, value in {**said.model_dump(mode="json", exclude_none=True), **more}.items():
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif isinstance(value, bool):
            data[name] = YES if value else NO
        else:
            data[name] = str(value)
    return data


def ticked(data: QueryDict, *names: str) -> QueryDict:
    """Write a yes to a box that is ticked as a browser sends it, and leave out a no."""
    for name in names:
        if data.get(name) == NO:
            del data[name]
    return data


def checked(form: forms.Form, **called: str) -> Mapping[str, Any]:
    """Return what a form makes of what was sent, or say by field what is wrong; `called` renames fields."""
    if form.is_valid():
        return form.cleaned_data
    fields = [("", str(one)) for one in form.non_field_errors()]
    fields += [(called.get(field.name, field.name), one) for field in form for one in problems_of(field)]
    first = next((one for _id, one in errors_of(form)), "") or _(
        "What was sent does not have the shape that is described."
    )
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, first, fields=fields)
