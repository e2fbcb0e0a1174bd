"""Two people, one thing: what one of them types never silently replaces what the other has saved meanwhile.

A form that changes a shared thing carries, in a hidden field, what it was filled from: a hash for each question. When
it is sent, its view holds the thing (`hold`), so that nobody else changes it until the request is over, and fills the
form from what stands now; `show_form(..., changes=thing)` compares. Where something else stands now, nothing is
written: the page shows both, question by question, and asks which is to hold.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _

from .errors import Refused
from .forms import DateBoxes
from .wiring import wired

FILLED = "filled-from"
TAKE = "take-"  # and the name of a question: which of the two is to hold
NOW, MINE = "now", "mine"
SLACK = timedelta(minutes=1)  # by which the clocks of server and database may differ
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)

Row = TypeVar("Row", bound=Model)


def take_turn(thing: Model) -> None:
    """Wait until nobody else changes a thing, and keep the others waiting to the end of the transaction.

    The turn is taken in the name of the thing, not by locking its row alone: that the application role can do only
    where it may change the row, and some things are changed by adding to them, such as an agreement by a signature.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(thing.pk)])


def hold(row: Row) -> Row:
    """Take one's turn with a thing, and bring its row up to date; what it belongs to stays loaded."""
    take_turn(row)
    rows = type(row)._default_manager.all()  # noqa: SLF001 - Django's public name
    list(rows.order_by().select_for_update().filter(pk=row.pk).values_list("pk"))  # also against who does not ask here
    above = dict(row._state.fields_cache)  # noqa: SLF001 - there is no public way
    try:
        row.refresh_from_db(from_queryset=rows)
    except type(row).DoesNotExist:  # type: ignore[attr-defined]
        raise Refused(
            _("This is not there any more, or is not open to you any more. Look again at what there is now.")
        ) from None
    for field in row._meta.concrete_fields:
        whole = above.get(field.name)
        if whole is not None and field.value_from_object(row) == whole.pk:
            setattr(row, field.name, whole)
    return row


def hold_to_change(request: HttpRequest, row: Row) -> Row:
    """Hold a row where the request is about to change it; a page that only shows it holds up nobody."""
    return hold(row) if request.method == "POST" else row


@dataclass(frozen=True)
class Difference:
    """One question on which what stands now is not what was typed; `take` is what is proposed."""

    name: str
    label: str
    now: str
    mine: str
    take: str


@dataclass(frozen=True)
class Conflict:
    """What came between: the differences, and who saved the other version when, as far as the reader may know."""

    differences: Sequence[Difference]
    who: str = ""
    at: datetime | None = None


def filled_from(form: BaseForm) -> str:
    """Return what a form is filled from now: when, and a hash for each question."""
    return json.dumps({"at": now().isoformat(), "hashes": {name: _hash(standing(form[name])) for name in form.fields}})


def choose(form: BaseForm) -> None:
    """Put what stands now in the place of what was typed, on each question where the sender chose it."""
    chosen = [name for name in form.fields if form.is_bound and form.data.get(TAKE + name) == NOW]
    if not chosen:
        return
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name in chosen:
        for key in _keys(form[name]):
            data.pop(key, None)
        if said := standing(form[name]):
            data.setlist(name, said if isinstance(form.fields[name], SEVERAL) else ["\n".join(said)])
    form.data = data
    form.full_clean()


def conflict(form: BaseForm, changes: Model) -> Conflict | None:
    """Return where a valid form differs from what stands now, if that was changed after the form was filled."""
    filled = _read(form.data.get(FILLED, ""))
    changed = {name for name in form.fields if filled["hashes"].get(name) != _hash(standing(form[name]))}
    differing = [name for name in form.fields if standing(form[name]) != typed(form[name])]
    if not changed or not differing:
        return None
    untouched = {name for name in differing if filled["hashes"].get(name) == _hash(typed(form[name]))}
    differences = [
        Difference(
            name, str(form[name].label), in_words(form.fields[name], standing(form[name])),
            in_words(form.fields[name], typed(form[name])), NOW if name in untouched else MINE,
        )
        for name in differing
    ]  # fmt: skip
    since = datetime.fromisoformat(filled["at"]) if filled["at"] else None
    who, at = wired("CHANGED_BY")(changes.pk, since - SLACK) if since else ("", None)
    return Conflict(differences, who, at)


def standing(field: BoundField) -> list[str]:
    """Return what a question is filled from, as the texts that a browser would send back."""
    return _texts(field.field, field.form.get_initial_for_field(field.field, field.name))


def typed(field: BoundField) -> list[str]:
    """Return what was typed, in the same shape."""
    return _texts(field.field, field.data)


def in_words(field: forms.Field, texts: Sequence[str]) -> str:
    """Say an answer as the page shows it."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if texts else _("No")
    if isinstance(field, forms.DateField) and texts:
        return date_format(date.fromisoformat(texts[0]))
    return "\n".join(_labels(field).get(text, text) for text in texts)


def _labels(field: forms.Field) -> dict[str, str]:
    """Return the words for the values that a question offers."""
    groups = list(getattr(field, "choices", ()))
    pairs = [one for value, label in groups for one in (label if isinstance(label, list | tuple) else [(value, label)])]
    return {str(value): str(label) for value, label in pairs}


def _texts(field: forms.Field, raw: Any) -> list[str]:  # noqa: ANN401 - whatever a form is filled with
    value = field.prepare_value(raw)
    with suppress(ValidationError):
        value = field.clean(value)
    if isinstance(field, SEVERAL):
        return sorted(str(getattr(one, "pk", one)) for one in value or ())
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return [] if value is None or value == "" else [str(getattr(value, "pk", value))]


def _hash(texts: Sequence[str]) -> str:
    return sha256(json.dumps(texts).encode()).hexdigest()[:16]


def _keys(field: BoundField) -> list[str]:
    """Return under which names a browser sends a question."""
    boxes = [part for part, _label, _width in DateBoxes.BOXES] if isinstance(field.field.widget, DateBoxes) else []
    return [field.html_name, *(f"{field.html_name}_{part}" for part in boxes)]


def _read(filled: str) -> dict[str, Any]:
    """Read what a form was filled from. Without it nothing is known, so that everything may have changed."""
    try:
        found = json.loads(filled)
        datetime.fromisoformat(found["at"])
        return {"at": found["at"], "hashes": dict(found["hashes"])}
    except (ValueError, TypeError, KeyError):
        return {"at": "", "hashes": {}}
