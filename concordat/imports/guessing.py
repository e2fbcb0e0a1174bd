"""What the page of columns starts from: what was chosen for this file, or for the last one like it, or a guess."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from concordat.core.wording import passed_day
from concordat.imports import reading, rules
from concordat.imports.models import Upload
from concordat.imports.plan import places_of
from concordat.imports.reading import Mapping, Sheet
from concordat.imports.remembering import recall, recall_answers


@dataclass(frozen=True)
class Suggestion:
    """Columns to start from, each with a reason, and a sentence where they come from an earlier file."""

    mapping: Mapping
    note: str = ""


def suggest(upload: Upload, sheet: Sheet) -> Suggestion:
    """Return the columns to start from."""
    guessed = _apart(reading.guess(sheet, establishments=[place.name for place in places_of(upload)]))
    if upload.confirmed_at:
        return Suggestion(_reasoned(Mapping.from_json(upload.mapping), guessed))
    last = last_like(upload)
    if last is None:
        return Suggestion(guessed)
    sentence = _("The columns are proposed as %(who)s confirmed them for the last file like this, %(day)s.")
    said = {"who": last.confirmed_by, "day": passed_day(last.confirmed_at or last.staged_at)}
    return Suggestion(_reasoned(recall(sheet, last.remembered), guessed), sentence % said)


def last_like(upload: Upload) -> Upload | None:
    """Return the last file of the same source whose columns somebody confirmed."""
    before = Upload.objects.filter(heading=upload.heading, confirmed_at__isnull=False).exclude(pk=upload.pk)
    return before.defer("data", "table", "wrong").select_related("confirmed_by").order_by("-confirmed_at").first()


def suggested_answers(upload: Upload, sheet: Sheet) -> dict[str, str]:
    """Return how the dates are written: as somebody said for this file, else for the last file of the same source."""
    last = None if upload.answers else last_like(upload)
    return (
        {str(at): order.value for at, order in recall_answers(sheet, last.remembered).items()}
        if last
        else upload.answers
    )


def _reasoned(chosen: Mapping, guessed: Mapping) -> Mapping:
    """Return what was chosen; a reason stands only where the guess is the same."""
    columns = chosen.columns
    same = {name: reason for name, reason in guessed.reasons.items() if guessed.columns.get(name) == columns.get(name)}
    return Mapping(columns, same)


def _apart(guessed: Mapping) -> Mapping:
    """Where the parts of a name have columns of their own, leave the whole name out."""
    whole = rules.WHOLE
    if whole not in guessed.columns or not any(part in guessed.columns for part in rules.APART):
        return guessed
    reason = _("The parts of the name have columns of their own, so “%(column)s” is not needed.")
    columns = {name: column for name, column in guessed.columns.items() if name is not whole}
    return Mapping(columns, {**guessed.reasons, whole: reason % {"column": whole.label}})
