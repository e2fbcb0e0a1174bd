"""What a filled workbook would change in a draft: read with suspicion, and judged by the forms of the pages.

There is no second check: each clause, rule, place and day goes through the form of its page. What the forms find wrong
is said with sheet and row. Nothing is changed here; `actions.fill_in` does that, once somebody has looked at it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from concordat.core.errors import Refused
from concordat.core.forms import figures
from concordat.core.wiring import wired

from . import drafting, forms
from .answers import answers, officers
from .catalogue import ENTRIES, Parameter
from .models import Clause, Kind, SharingRule, Version
from .workbook import ABOUT, BETWEEN, CLAUSES, PLACES, RULE_FIELDS, RULES, choices_of, fingerprint, rule_choices, yes_no

Row = tuple[int, list[Any]]
Rows = dict[str, tuple[int, Any]]  # by key: the row of the sheet, and the answer in it


@dataclass(frozen=True)
class Change:
    """One thing that would be different, with what is there now and what would be."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Wrong:
    """What cannot be taken, where it stands, and why."""

    where: str
    why: str


@dataclass
class Filled:
    """Everything that a workbook asks for. `steps` are the actions, with what they need, in their order."""

    changes: list[Change] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    steps: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    older: bool = False

    def refuse(self, sheet: str, row: int, form: django_forms.Form) -> None:
        where = _("Sheet “%(sheet)s”, row %(row)d") % {"sheet": sheet, "row": row}
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            told = {"where": where, "column": label}
            place = _("%(where)s, “%(column)s”") % told if label else where
            self.wrong += [Wrong(place, str(one)) for one in errors]


def filled(version: Version, data: bytes) -> Filled:
    """Compare a workbook with a draft; raise Refused where it is none, or belongs to another draft."""
    sheets: dict[str, list[Row]] = {one.name: one.records for one in wired("READ_WORKBOOK")(data)}
    about = by_key(sheets.get(ABOUT, []), 2)
    if "version" not in about:
        raise Refused(_("This is not a workbook that was downloaded from a draft. Download one, and fill that in."))
    if about["version"][1] != str(version.pk):
        raise Refused(_("This workbook belongs to another draft. Download one from this draft, and fill that in."))
    found = Filled(older=about.get("seen", (0, ""))[1] != fingerprint(version))
    language = str(about.get("language", (0, "en"))[1])
    found.wrong += formulas(sheets)
    if found.wrong:
        return found
    take_days(found, version, about)
    take_clauses(found, version, by_key(sheets.get(CLAUSES, []), 4), language)
    if version.agreement.kind == Kind.PROTOCOL and RULES in sheets:
        take_rules(found, version, sheets[RULES], language)
    if version.agreement.kind == Kind.TERMS and PLACES in sheets:
        take_places(found, version, by_key(sheets[PLACES], 2), language)
    return found


def formulas(sheets: Mapping[str, list[Row]]) -> Iterator[Wrong]:
    """Report every cell in which something would be computed: what is agreed stands there in words and figures."""
    for name, records in sheets.items():
        for number, cells in records:
            if any(isinstance(cell, str) and cell.startswith("=") for cell in cells):
                where = _("Sheet “%(sheet)s”, row %(row)d") % {"sheet": name, "row": number}
                yield Wrong(where, _("There is a formula in it. Write the words or the figure itself."))


def by_key(records: list[Row], answer: int) -> Rows:
    """Return the answers of a sheet by the key in the column after them."""
    return {
        str(cells[answer]): (number, cells[answer - 1])
        for number, cells in records[1:]
        if len(cells) > answer and cells[answer]
    }


def written(value: object) -> str:
    """Return an answer as it would be typed: a day as year-month-day, digits of any script as 0 to 9."""
    return value.isoformat() if isinstance(value, date) else str(value)


def said(value: object) -> str:
    return " ".join(str(value or "").split())


def choice_in(labels: Mapping[str, str], value: object) -> str:
    """Return the stored value of an answer; what is not on offer comes back as it is, for the form to refuse."""
    wanted = said(written(value)).casefold()
    return next((name for name, label in labels.items() if said(label).casefold() == wanted), written(value))


def take_days(found: Filled, version: Version, about: Rows) -> None:
    names = [name for name in ("first_day", "last_day") if name in about]
    data: dict[str, Any] = {name: figures(written(about[name][1])) for name in names}
    data["whole_team_of"] = [str(one) for one in version.whole_team_of]
    form = forms.DaysForm(version, data)
    if not form.is_valid():
        return found.refuse(ABOUT, min((about[name][0] for name in names), default=1), form)
    days = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
    apart = {name: day for name, day in days.items() if day != getattr(version, name)}
    for name, day in apart.items():
        found.changes.append(Change(str(form.fields[name].label), getattr(version, name).isoformat(), day.isoformat()))
    if apart:
        found.steps.append(("set_days", dict(form.cleaned_data)))
    return None


# ---- clauses -------------------------------------------------------------------------------------------------------


def take_clauses(found: Filled, version: Version, rows: Rows, language: str) -> None:
    """Look at each clause of the draft that the workbook has; what it leaves out stays as it is."""
    for clause in version.clauses.all():
        mine = {key: row for key, row in rows.items() if key.partition(".")[0] == clause.code}
        if mine and f"{clause.code}.wording" in mine:
            take_clause(found, version, clause, mine, language)


def take_clause(found: Filled, version: Version, clause: Clause, rows: Rows, language: str) -> None:
    entry = ENTRIES[clause.code]
    held = drafting.clause_initial(version, entry)
    number, wording = rows[f"{clause.code}.wording"]
    same = said(wording) == said(held["wording"])
    data: dict[str, Any] = {"wording": held["wording"] if same else str(wording)}
    for one in entry.parameters:
        with override(language):
            data[f"answer_{one.name}"] = typed(one, f"{clause.code}.{one.name}", rows, version, held)
    form = forms.ClauseForm(entry, version, data)
    if not form.is_valid():
        return found.refuse(CLAUSES, number, form)
    given: dict[str, Any] = form.cleaned_data
    before, after = clause, Clause(code=clause.code, wording=given["wording"], parameters=given["parameters"])
    apart = list(differences(before, after))
    if apart:
        title = _("Clause %(number)s, %(title)s") % {"number": entry.number, "title": entry.title}
        found.changes += [
            Change(_("%(clause)s: %(question)s") % {"clause": title, "question": question}, old, new)
            for question, old, new in apart
        ]
        found.steps.append(("set_clause", {"code": clause.code, **given}))
    return None


def typed(one: Parameter, key: str, rows: Rows, version: Version, held: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as a page sends it
    """Return an answer of a workbook as the form of the page would be sent; what has no row stays as it is."""
    if one.shape == "many":
        yes, _no = yes_no()
        named = [name for name in one.choices if f"{key}.{name}" in rows]
        if not named:
            return held[f"answer_{one.name}"]
        return [name for name in named if is_yes(rows[f"{key}.{name}"][1], yes)]
    before = held[f"answer_{one.name}"]
    return single(one, rows[key][1], before, version) if key in rows else before


def single(one: Parameter, value: object, before: object, version: Version) -> Any:  # noqa: ANN401 - the same
    """Return one answer that stands in one cell."""
    if one.shape == "yesno":
        return is_yes(value, yes_no()[0])
    if one.shape in {"choice", "officer"}:
        return choice_in({str(name): str(label) for name, label in choices_of(one, version) if str(name)}, value)
    if one.shape == "number":
        return figures(written(value))
    if one.shape == "lines":
        return "\n".join(filter(None, (said(line) for line in written(value).split(BETWEEN))))
    return before if said(before) == said(written(value)) else written(value)


def is_yes(value: object, yes: str) -> bool:
    return said(value).casefold() in {yes.casefold(), "true", "1"}


def differences(before: Clause, after: Clause) -> Iterator[tuple[str, str, str]]:
    """Yield what differs: words and answers, each as it is read beside the clause."""
    if before.wording != after.wording:
        yield _("Words"), before.wording, after.wording
    people = officers([before, after])
    old, new = dict(answers(before, people)), dict(answers(after, people))
    for label in dict.fromkeys([*old, *new]):
        if said(old.get(label)) != said(new.get(label)):
            yield label, old.get(label) or _("Nothing"), new.get(label) or _("Nothing")


# ---- rules and places ----------------------------------------------------------------------------------------------


def take_rules(found: Filled, version: Version, records: list[Row], language: str) -> None:
    """Look at each row of the table: a key is a rule that is there, none is a new one, and what is missing goes."""
    held = {str(one.pk): one for one in version.sharingrules.select_related("owner", "version__agreement")}
    with override(language):
        labels = rule_choices(version)
    seen = set()
    for number, cells in records[1:]:
        row = [*cells, *[""] * (len(RULE_FIELDS) + 1 - len(cells))]
        if not any(said(written(one)) for one in row[: len(RULE_FIELDS)]):
            continue
        data = {
            name: choice_in(labels[name], row[at]) if name in labels else written(row[at])
            for at, name in enumerate(RULE_FIELDS)
        }
        data |= {name: figures(data[name]) for name in ("first_day", "last_day")}
        rule = held.get(str(row[len(RULE_FIELDS)]))
        seen.add(str(rule.pk) if rule else "")
        take_rule(found, version, rule, number, data)
    for key, rule in held.items():
        if key not in seen:
            found.changes.append(Change(rule_name(rule), rule_words(rule), _("Taken out")))
            found.steps.append(("remove_part", {"rule": key}))


def take_rule(found: Filled, version: Version, rule: SharingRule | None, number: int, data: dict[str, Any]) -> None:
    form = forms.RuleForm(version, data)
    if not form.is_valid():
        return found.refuse(RULES, number, form)
    given: dict[str, Any] = form.cleaned_data
    as_it_would_be = made(version, given)
    if rule is None:
        found.changes.append(Change(rule_name(as_it_would_be), _("Nothing"), rule_words(as_it_would_be)))
        found.steps.append(("add_rule", given))
    elif rule_name(rule) != rule_name(as_it_would_be):
        # another giver or category is another rule
        found.changes.append(Change(rule_name(rule), rule_words(rule), _("Taken out")))
        found.changes.append(Change(rule_name(as_it_would_be), _("Nothing"), rule_words(as_it_would_be)))
        found.steps += [("remove_part", {"rule": str(rule.pk)}), ("add_rule", given)]
    elif any(given[name] != value for name, value in drafting.rule_initial(rule).items()):
        found.changes.append(Change(rule_name(rule), rule_words(rule), rule_words(as_it_would_be)))
        changed = {name: value for name, value in given.items() if name not in {"owner", "category"}}
        found.steps.append(("change_rule", {"rule": str(rule.pk), **changed}))
    return None


def made(version: Version, given: Mapping[str, Any]) -> SharingRule:
    """Return a rule as it would be, not stored, with its days as they were written."""
    names = ("owner", "category", "form", "purpose", "role", "condition", "basis")
    rule = SharingRule(version=version, **{name: given[name] for name in names})
    rule.days = (given.get("first_day"), given.get("last_day"))  # type: ignore[attr-defined]
    return rule


def rule_name(rule: SharingRule) -> str:
    names = {"what": rule.get_category_display(), "owner": rule.owner}
    return _("%(what)s, given by %(owner)s") % names


def rule_words(rule: SharingRule) -> str:
    """Write everything else that a rule says, in one line."""
    initial = drafting.rule_initial(rule) if rule.starts_at or rule.ends_at else {}
    days = getattr(rule, "days", (initial.get("first_day"), initial.get("last_day")))
    parts = [
        rule.get_form_display(), rule.get_purpose_display(), rule.get_role_display(), rule.get_condition_display(),
        rule.basis, *(one.isoformat() for one in days if one),
    ]  # fmt: skip
    return "; ".join(str(one) for one in parts)


def take_places(found: Filled, version: Version, rows: Rows, language: str) -> None:
    with override(language):
        yes, _no = yes_no()
    wanted = [key for key, (_row, value) in rows.items() if is_yes(value, yes)]
    form = forms.PlacesForm(version, {"places": wanted})
    if not form.is_valid():
        return found.refuse(PLACES, min((row for row, _value in rows.values()), default=1), form)
    places = list(form.cleaned_data["places"])
    held = [one.place for one in version.termsplaces.all()]
    if {one.pk for one in places} != {one.pk for one in held}:
        names = [", ".join(sorted(one.name for one in listed)) or _("None yet") for listed in (held, places)]
        found.changes.append(Change(_("Places"), *names))
        found.steps.append(("set_places", {"places": places}))
    return None
