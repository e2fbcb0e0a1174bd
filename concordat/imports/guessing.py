"""What the page of columns starts from: what was chosen for this file, or for the last one like it, or a guess."""

from django.utils.translation import gettext as _

from concordat.core.wording import plain_day
from concordat.imports import reading, rules
from concordat.imports.models import Upload
from concordat.imports.plan import places_of
from concordat.imports.reading import Mapping, Sheet


def suggest(upload: Upload, sheet: Sheet) -> Mapping:
    """Return columns to start from, each with the reason."""
    guessed = _apart(reading.guess(sheet, establishments=[place.name for place in places_of(upload)]))
    if upload.confirmed_at:
        return Mapping(Mapping.from_json(upload.mapping).columns, guessed.reasons)
    before = Upload.objects.filter(heading=upload.heading, confirmed_at__isnull=False).exclude(pk=upload.pk)
    last = before.defer("data", "wrong").select_related("confirmed_by").order_by("-confirmed_at").first()
    return _as_before(last, guessed) if last else guessed


def _as_before(last: Upload, guessed: Mapping) -> Mapping:
    sentence = _("As %(who)s confirmed it for the last file with these columns, %(day)s.")
    said = sentence % {"who": last.confirmed_by, "day": plain_day(last.confirmed_at or last.staged_at)}
    columns = Mapping.from_json(last.mapping).columns
    return Mapping(columns, {**guessed.reasons, **dict.fromkeys(columns, said)})


def _apart(guessed: Mapping) -> Mapping:
    """Where the parts of a name have columns of their own, leave the whole name out."""
    whole = rules.WHOLE
    if whole not in guessed.columns or not any(part in guessed.columns for part in rules.APART):
        return guessed
    reason = _("The parts of the name have columns of their own, so “%(column)s” is not needed.")
    columns = {name: column for name, column in guessed.columns.items() if name is not whole}
    return Mapping(columns, {**guessed.reasons, whole: reason % {"column": whole.label}})
