"""What is asked about a caseload file: the file, which column holds what, and how its dates are written."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from concordat.core.forms import Radios
from concordat.imports import rules
from concordat.imports.reading import MAX_BYTES, DateQuestion, Field, Mapping, Order, Sheet, short_year_rule
from concordat.imports.reading.dates import written
from concordat.imports.reading.text import listed, shorten

SHOWN = 24  # characters of an example beside a column
LEAP_YEAR = 2000  # every day of a year exists in it


class FileForm(forms.Form):
    """The file itself. What is in it is read by the action; no more of it than may be kept is taken in."""

    file = forms.FileField(
        label=gettext_lazy("Caseload file"),
        help_text=gettext_lazy("CSV or an Excel workbook (.xlsx), at most 20 megabytes and 50,000 rows."),
        allow_empty_file=True,
        widget=forms.FileInput,
    )

    def clean(self) -> dict[str, Any]:
        file: UploadedFile[bytes] | None = (super().clean() or {}).get("file")
        return {"data": file.read(MAX_BYTES + 1), "name": file.name or ""} if file else {}


class DirectoryForm(forms.Form):
    """A file of services."""

    file = forms.FileField(
        label=gettext_lazy("File of services"), allow_empty_file=True, widget=forms.FileInput,
        help_text=gettext_lazy("JSON, at most 20 megabytes and 1,000 services."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        file: UploadedFile[bytes] | None = (super().clean() or {}).get("file")
        return {"data": file.read(MAX_BYTES + 1)} if file else {}


class WorksheetForm(forms.Form):
    """Which worksheet holds the list, where more than one may."""

    def __init__(self, data: AnyMapping[str, Any] | None, *, worksheets: Sequence[str], chosen: str) -> None:
        super().__init__(data, initial={"worksheet": chosen})
        self.fields["worksheet"] = forms.ChoiceField(
            label=_("Which worksheet holds the list?"),
            choices=[(name, name) for name in worksheets],
            widget=Radios(),
            help_text=_("One worksheet is loaded at a time. To load another one too, bring the file in again."),
            error_messages={"required": _("Choose a worksheet")},
        )


class ColumnsForm(forms.Form):
    """One question for each field: which column of the file holds it."""

    all_optional = True  # the page says by its headings which have to be there

    def __init__(self, data: AnyMapping[str, Any] | None, *, sheet: Sheet, guessed: Mapping) -> None:
        super().__init__(data, initial={name.value: str(column) for name, column in guessed.columns.items()})
        self.sheet = sheet
        columns = [(str(at), column_label(sheet, at)) for at in range(len(sheet.heading))]
        for name in sorted(Field, key=lambda one: not one.required):
            nothing = ("", _("Choose a column") if name.required else _("Not in this file"))
            self.fields[name.value] = forms.ChoiceField(
                label=name.label,
                required=name.required,
                choices=[nothing, *columns],
                help_text=guessed.reasons.get(name, ""),
            )

    @property
    def needed(self) -> list[BoundField]:
        """The fields without which no row can be loaded."""
        return [self[name.value] for name in Field if name.required]

    @property
    def others(self) -> list[BoundField]:
        """The other fields."""
        return [self[name.value] for name in Field if not name.required]

    def clean(self) -> dict[str, Any]:
        chosen = {Field(name): int(column) for name, column in (super().clean() or {}).items() if column}
        if not self.errors:
            mapping = Mapping(chosen)
            if refusal := rules.refuse_mapping(self.sheet, mapping):
                self.add_error(self._doubled(mapping), refusal)
            return {"mapping": mapping}
        return {}

    def _doubled(self, mapping: Mapping) -> str | None:
        """Return the field whose column was chosen already for another one."""
        columns = list(mapping.columns.values())
        return next((name for at, name in enumerate(mapping.columns) if columns[at] in columns[:at]), None)


class DatesForm(forms.Form):
    """One question for each column whose dates can be read in two ways."""

    def __init__(
        self,
        data: AnyMapping[str, Any] | None,
        *,
        sheet: Sheet,
        mapping: Mapping,
        asked: Sequence[DateQuestion],
        given: AnyMapping[str, str],
    ) -> None:
        super().__init__(data, initial=dict(given))
        for question in asked:
            field = mapping.field_of(question.column)
            said = {"column": sheet.name(question.column), "examples": listed(question.examples)}
            rule = short_year_rule(field) if field and any(is_short(example) for example in question.examples) else ""
            self.fields[str(question.column)] = forms.ChoiceField(
                label=_("How are the dates in “%(column)s” written, such as %(examples)s?") % said,
                choices=[(order.value, label_of(order)) for order in question.choices],
                widget=Radios({order.value: meaning(question.examples[0], order) for order in question.choices}),
                help_text=rule,
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        return {"answers": {int(column): Order(order) for column, order in chosen.items()}}


ORDERS: AnyMapping[Order, Any] = {
    Order.DAY_FIRST: gettext_lazy("Day first, then the month"),
    Order.MONTH_FIRST: gettext_lazy("Month first, then the day"),
    Order.YEAR_FIRST: gettext_lazy("Year first, then the month"),
    Order.SINCE_1900: gettext_lazy("As days counted from the year 1900"),
    Order.SINCE_1904: gettext_lazy("As days counted from the year 1904, as old Macintosh programs do"),
}


def label_of(order: Order) -> str:
    return str(ORDERS[order])


def meaning(example: str, order: Order) -> str:
    """Say which day an example is under an order: 03/04/1990 is 3 April 1990."""
    found = written(example)
    assert found is not None
    year, month, day = found.ordered(order)
    said = dateformat.format(date(LEAP_YEAR, month, day), pgettext("date pattern", "j F"))
    words = (
        _("%(example)s is then %(day)s of the year ’%(year)02d.")
        if found.short_year
        else _("%(example)s is then %(day)s %(year)s.")
    )
    return words % {"example": example, "day": said, "year": year}


def is_short(example: str) -> bool:
    """Tell whether a date has a year of two digits."""
    found = written(example)
    return found is not None and found.short_year


def column_label(sheet: Sheet, column: int) -> str:
    """Name a column together with what stands in it, so that nobody has to open the file beside the page."""
    examples = listed(shorten(example, SHOWN) for example in sheet.examples(column, 2))
    name = shorten(sheet.name(column))
    return _("%(column)s: %(examples)s") % {"column": name, "examples": examples} if examples else name
