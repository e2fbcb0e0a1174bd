"""A draft as a workbook to fill in: one sheet for the days, the clauses, the table of rules and the places.

Written here; read back by `filled.py`. Each row ends with its key in a hidden column, by which it is found again
whatever is sorted or translated. What can only be one of a few answers is offered as a list by the spreadsheet program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from . import drafting, forms
from .catalogue import ENTRIES, Parameter
from .document import canonical, check_number
from .models import Kind, Version

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ABOUT, CLAUSES, RULES, PLACES, LISTS = "concordat", "clauses", "rules", "places", "lists"
RULE_FIELDS = ("owner", "category", "form", "purpose", "role", "condition", "basis", "first_day", "last_day")
BETWEEN = "|"  # between the lines of an answer of several: a line break does not survive every program
ROOM_FOR_MORE = 60  # empty rows of the table of rules in which something can be chosen
WIDE, NARROW = 60, 24

Choices = Sequence[tuple[Any, Any]]
Asked = tuple[str, str, object, list[str]]  # the key, the question, what is answered, and what is offered


@dataclass
class Lists:
    """The answers that are offered, one column for each question, on a sheet of its own."""

    sheet: Worksheet
    columns: int = 0

    def offer(self, sheet: Worksheet, cells: str, labels: Iterable[str]) -> None:
        """Offer these answers in some cells of a sheet."""
        self.columns += 1
        letter = get_column_letter(self.columns)
        written = list(labels)
        for row, label in enumerate(written, start=1):
            put(self.sheet, row, self.columns, label)
        rule = DataValidation(type="list", formula1=f"={LISTS}!${letter}$1:${letter}${max(1, len(written))}")
        rule.add(cells)
        sheet.add_data_validation(rule)


def fingerprint(version: Version) -> str:
    """Say in one word which state of a draft somebody has seen."""
    return check_number(canonical(version))


def book_of(version: Version) -> bytes:
    """Return a draft as a workbook, in the language of the page."""
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    about.title = ABOUT
    lists = Lists(book.create_sheet(LISTS))
    lists.sheet.sheet_state = "hidden"
    write_about(about, version)
    write_clauses(book.create_sheet(CLAUSES, 1), lists, version)
    if version.agreement.kind == Kind.PROTOCOL:
        write_rules(book.create_sheet(RULES, 2), lists, version)
    if version.agreement.kind == Kind.TERMS:
        write_places(book.create_sheet(PLACES, 2), lists, version)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: object, *, key: bool = False) -> None:
    """Write a cell as text, a number or a day; nothing in it comes alive."""
    cell = sheet.cell(row, column)
    cell.value = value if isinstance(value, int | date) else str(value)
    if isinstance(cell.value, str):
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=key)


def head(sheet: Worksheet, names: Sequence[str], widths: Sequence[int]) -> None:
    """Write the heading; the last column holds the keys and is hidden."""
    for column, (name, width) in enumerate(zip([*names, "key"], [*widths, 1], strict=True), start=1):
        put(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(len(names) + 1)].hidden = True
    sheet.freeze_panes = "A2"


def write_about(sheet: Worksheet, version: Version) -> None:
    head(sheet, [_("What"), _("Answer")], [NARROW, WIDE])
    rows = [
        (_("Agreement"), version.agreement.title, "title"),
        (_("Reference"), version.agreement.reference, "reference"),
        (_("In force from"), version.first_day, "first_day"),
        (_("Last day"), version.last_day, "last_day"),
        ("", str(version.pk), "version"),
        ("", fingerprint(version), "seen"),
        ("", get_language() or "en", "language"),
    ]
    for row, (what, value, key) in enumerate(rows, start=2):
        put(sheet, row, 1, what)
        put(sheet, row, 2, value)
        put(sheet, row, 3, key, key=True)
        sheet.row_dimensions[row].hidden = not what


# ---- clauses -------------------------------------------------------------------------------------------------------


def write_clauses(sheet: Worksheet, lists: Lists, version: Version) -> None:
    """Write the words and each answer of each clause of the draft; where several can be ticked, one row for each."""
    head(sheet, [_("Clause"), _("Heading"), _("Question"), _("Answer")], [8, NARROW, NARROW, WIDE])
    row = 2
    for clause in version.clauses.all():
        entry = ENTRIES[clause.code]
        values = drafting.clause_initial(version, entry)
        asked: list[Asked] = [(f"{clause.code}.wording", _("Words"), values["wording"], [])]
        for one in entry.parameters:
            asked += list(questions(clause.code, one, values[f"answer_{one.name}"], version))
        for key, question, value, offered in asked:
            for column, said in enumerate([entry.number, entry.title, question, value], start=1):
                put(sheet, row, column, said)
            put(sheet, row, 5, key, key=True)
            if offered:
                lists.offer(sheet, f"D{row}", offered)
            row += 1


def yes_no() -> list[str]:
    return [_("Yes"), _("No")]


def questions(code: str, one: Parameter, value: Any, version: Version) -> Iterable[Asked]:  # noqa: ANN401 - as it is stored
    """Yield the rows of one answer: key, question, what is there, and what is offered."""
    key, label = f"{code}.{one.name}", str(one.label)
    yes, no = yes_no()
    if one.shape == "many":
        held = value if isinstance(value, list) else []
        for name, said in one.choices.items():
            question = _("%(question)s: %(answer)s") % {"question": label, "answer": said}
            yield f"{key}.{name}", question, yes if name in held else no, [yes, no]
    elif one.shape == "yesno":
        yield key, label, yes if value else no, [yes, no]
    elif one.shape in {"choice", "officer"}:
        labels = {str(name): str(said) for name, said in choices_of(one, version)}
        yield key, label, labels.get(str(value), ""), [said for name, said in labels.items() if name]
    elif one.shape == "lines":
        question = _("%(question)s (several: with | between them)") % {"question": label}
        yield key, question, f" {BETWEEN} ".join(map(str, value or [])), []
    else:
        yield key, label, "" if value is None else value, []


def choices_of(one: Parameter, version: Version) -> Choices:
    """Return what can be chosen, as the form of the page offers it."""
    field: Any = forms.draft.field_of(one, version.agreement)
    return [(name, said) for name, said in field.choices if isinstance(name, str)]


# ---- the table of rules, and places --------------------------------------------------------------------------------


def rule_choices(version: Version) -> dict[str, dict[str, str]]:
    """Return by question of a rule what can be chosen, stored value by its words."""
    form = forms.RuleForm(version)
    found = {}
    for name in ("owner", "category", "form", "purpose", "role", "condition"):
        field: Any = form.fields[name]
        found[name] = {str(value): str(said) for value, said in field.choices if str(value)}
    return found


def write_rules(sheet: Worksheet, lists: Lists, version: Version) -> None:
    """Write one row for each rule, and leave room for more."""
    fields = forms.RuleForm(version).fields
    head(sheet, [str(fields[name].label) for name in RULE_FIELDS], [NARROW] * len(RULE_FIELDS))
    offered = rule_choices(version)
    held = list(version.sharingrules.select_related("owner", "version__agreement"))
    for row, rule in enumerate(held, start=2):
        values = {**drafting.rule_initial(rule), "owner": rule.owner_id, "category": rule.category}
        for column, name in enumerate(RULE_FIELDS, start=1):
            value = values[name]
            said = offered[name].get(str(value), "") if name in offered else "" if value is None else value
            put(sheet, row, column, said)
        put(sheet, row, len(RULE_FIELDS) + 1, rule.pk, key=True)
    last = len(held) + 1 + ROOM_FOR_MORE
    for column, name in enumerate(RULE_FIELDS, start=1):
        if name in offered:
            letter = get_column_letter(column)
            lists.offer(sheet, f"{letter}2:{letter}{last}", offered[name].values())


def write_places(sheet: Worksheet, lists: Lists, version: Version) -> None:
    """Write each place of the parties, and whether the terms hold there."""
    head(sheet, [_("Place"), _("The terms hold there")], [WIDE, NARROW])
    form: Any = forms.PlacesForm(version)
    held = {one.place_id for one in version.termsplaces.all()}
    yes, no = yes_no()
    row = 1
    for row, place in enumerate(form.fields["places"].queryset, start=2):
        put(sheet, row, 1, place.name)
        put(sheet, row, 2, yes if place.pk in held else no)
        put(sheet, row, 3, place.pk, key=True)
    lists.offer(sheet, f"B2:B{max(row, 2)}", [yes, no])
