"""Every row of a sheet becomes clean values or a list of what is wrong with it, in words."""

import re
from collections import abc, defaultdict
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Self

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.imports.reading.codes import (
    Names,
    Sex,
    is_empty,
    is_no_service,
    is_not_stated,
    is_security,
    languages_in,
    sex_of,
)
from concordat.imports.reading.dates import DateColumn
from concordat.imports.reading.days import Reading, Wrong, is_child, read_day
from concordat.imports.reading.fields import NAMES, Field
from concordat.imports.reading.mapping import Mapping, refuse_mapping
from concordat.imports.reading.questions import Answers, date_columns, still_open
from concordat.imports.reading.rows import Problem, Result, Row, Values, WrongRow, fingerprint
from concordat.imports.reading.sheet import Cell, Line, Sheet, shown
from concordat.imports.reading.text import digits, is_damaged, listed, shorten

_SHORTENED = re.compile(r"[-+]?\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_STATED = frozenset(one.name for one in fields(Values))
_EACH_ITS_OWN = NAMES | {Field.SOURCE_IDENTIFIER}
_BROKEN_FORMULA = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")


def check(
    sheet: Sheet,
    mapping: Mapping,
    answers: Answers,
    establishments: abc.Mapping[str, str],
    purposes: abc.Mapping[str, str] | None = None,
    *,
    today: date | None = None,
) -> Result:
    """Return what of the sheet can be loaded and what is wrong with the rest.

    `establishments` and `purposes` give the value to store for each name that a file may use; without a list of
    purposes any stated purpose counts. `answers` says by column how open dates are written (see `questions`).
    `today` is the day in the server's time zone unless given. ValueError where `refuse_mapping` refuses.
    """
    if refusal := refuse_mapping(sheet, mapping):
        raise ValueError(refusal)
    dates = date_columns(sheet, mapping)
    check_of = _Check.of(mapping, dates, answers, today or timezone.localdate())
    lists = _Lists(Names(establishments), Names(purposes) if purposes is not None else None)
    outcomes = [_outcome(line, check_of, lists) for line in sheet.lines]
    rows, wrong, repeated = _settle_same_person(sheet, mapping, outcomes)
    return Result(mapping, tuple(rows), tuple(wrong), tuple(repeated), still_open(dates, answers))


@dataclass(frozen=True)
class _Lists:
    establishments: Names
    purposes: Names | None


@dataclass(frozen=True)
class _Check:
    """What stays the same from row to row."""

    mapping: Mapping
    today: date
    readings: abc.Mapping[Field, Reading]
    known: dict[tuple[Field, Cell], object] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: Mapping, found: abc.Mapping[int, DateColumn], answers: Answers, today: date) -> Self:
        at = {name: column for name, column in mapping.columns.items() if name.is_date}
        readings = {name: Reading(name, found[column], answers.get(column), today) for name, column in at.items()}
        return cls(mapping, today, readings)


def _outcome(line: Line, check_of: _Check, lists: _Lists) -> Row | WrongRow:
    values: dict[str, object] = {}
    problems = _whole_row(line)
    for name, column in check_of.mapping.columns.items():
        try:
            values[name.value] = _known_value(name, line.cells[column], check_of, lists)
        except Wrong as wrong:
            problems.append(Problem(column, str(wrong)))
    problems += _days_in_sequence(values, check_of.mapping)
    if problems:
        purpose = check_of.mapping.columns[Field.SERVICE_PURPOSE]
        nothing = is_no_service(line.cells[purpose]) and [problem.column for problem in problems] == [purpose]
        return WrongRow(line.number, tuple(sorted(problems, key=_place)), nothing)
    return _row(line.number, values, check_of.today)


def _row(number: int, values: dict[str, object], today: date) -> Row:
    clean = _typed(values)
    return Row(number, clean, is_child(clean.birth_date, today))


def _typed(values: dict[str, object]) -> Values:
    return Values(**{name: value for name, value in values.items() if name in _STATED})  # type: ignore[arg-type]


def _place(problem: Problem) -> int:
    return -1 if problem.column is None else problem.column


def _whole_row(line: Line) -> list[Problem]:
    if not line.surplus:
        return []
    sentence = ngettext(
        "The row has %(n)s cell more than there are columns. Put a text that holds a separator in quotation marks.",
        "The row has %(n)s cells more than there are columns. Put a text that holds a separator in quotation marks.",
        len(line.surplus),
    )
    return [Problem(None, sentence % {"n": len(line.surplus)})]


def _known_value(name: Field, cell: Cell, check_of: _Check, lists: _Lists) -> object:
    """Return the value of a cell, worked out once for all rows that say the same."""
    if name in _EACH_ITS_OWN:
        return _value(name, cell, check_of, lists)
    if (name, cell) not in check_of.known:
        check_of.known[name, cell] = _value(name, cell, check_of, lists)
    return check_of.known[name, cell]


def _value(name: Field, cell: Cell, check_of: _Check, lists: _Lists) -> object:
    _refuse_broken(name, cell)
    if name.is_date:
        return None if is_not_stated(cell) else read_day(cell, check_of.readings[name])
    if name is Field.ESTABLISHMENT:
        return _establishment(cell, lists.establishments)
    if name is Field.SERVICE_PURPOSE:
        return _purpose(cell, lists.purposes)
    reader = _READERS.get(name)
    return reader(cell) if reader else _text(name, cell)


def _refuse_broken(name: Field, cell: Cell) -> None:
    """Refuse what was spoilt before it came: by a spreadsheet program, by an encoding, or by being far too long."""
    text = shown(cell)
    if isinstance(cell, date) and not name.is_date:
        sentence = _(
            "%(field)s is the date %(value)s. A spreadsheet program may have made it; export the column as text."
        )
        raise Wrong(sentence % {"field": name.label, "value": text})
    if not (len(text) > name.limit or is_damaged(text) or _BROKEN_FORMULA.fullmatch(text)):
        return
    said = {"field": name.label, "value": shorten(text)}
    if _BROKEN_FORMULA.fullmatch(text):
        raise Wrong(_("%(field)s holds a broken formula (%(value)s). Correct it in the source.") % said)
    if is_damaged(text):
        raise Wrong(
            _("%(field)s “%(value)s” has letters that were damaged on the way. Export the list again as “CSV UTF-8”.")
            % said
        )
    sentence = _("%(field)s is longer than %(limit)s characters: “%(value)s”. Shorten it.")
    raise Wrong(sentence % {**said, "limit": name.limit})


def _identifier(cell: Cell) -> str:
    text = shown(cell)
    if is_not_stated(cell):
        raise Wrong(_("The number in the source is missing. Rows are recognised by nothing else. Add it."))
    if _SHORTENED.fullmatch(text):
        raise Wrong(
            _("A spreadsheet program has shortened the number in the source to %(value)s. Export that column as text.")
            % {"value": shorten(text)}
        )
    return digits(text)


def _text(name: Field, cell: Cell) -> str:
    nothing = is_empty(cell) if name in NAMES else is_not_stated(cell)
    return "" if nothing else shown(cell)


def _establishment(cell: Cell, known: Names) -> str:
    if is_not_stated(cell):
        raise Wrong(_("The establishment is missing. Add its name."))
    if found := known.find(shown(cell)):
        return found
    refusal = _("“%(value)s” is not one of your establishments.") % {"value": shorten(shown(cell))}
    raise Wrong(_with_advice(refusal, shown(cell), known))


def _purpose(cell: Cell, known: Names | None) -> str:
    if is_no_service(cell):
        raise Wrong(_("No service is asked for, so the person is not loaded: this is no register. State the service."))
    if known is None:
        return shown(cell)
    if found := known.find(shown(cell)):
        return found
    refusal = _("“%(value)s” is not a service that can be asked for.") % {"value": shorten(shown(cell))}
    raise Wrong(_with_advice(refusal, shown(cell), known))


def _with_advice(refusal: str, text: str, known: Names) -> str:
    if meant := known.like(text):
        return _("%(refusal)s Did you mean “%(name)s”?") % {"refusal": refusal, "name": meant}
    return _("%(refusal)s Write one of: %(names)s.") % {"refusal": refusal, "names": listed(known.names)}


def _sex(cell: Cell) -> Sex | None:
    if is_not_stated(cell):
        return None
    if found := sex_of(shown(cell)):
        return found
    raise Wrong(
        _("Sex “%(value)s” is not known. Write female, male or other, or leave the cell empty.")
        % {"value": shorten(shown(cell))}
    )


def _transfer_kind(cell: Cell) -> bool:
    if is_not_stated(cell):
        return False
    found = is_security(shown(cell))
    if found is None:
        raise Wrong(
            _(
                "Kind of transfer “%(value)s” is not known. Write security or ordinary: others learn of the former "
                "later."
            )
            % {"value": shorten(shown(cell))}
        )
    return found


def _languages(cell: Cell) -> tuple[str, ...]:
    if is_not_stated(cell):
        return ()
    codes, unknown = languages_in(shown(cell))
    if unknown:
        raise Wrong(
            _("Language “%(value)s” is not known. Write its English name, and a comma between two languages.")
            % {"value": shorten(listed(unknown))}
        )
    return tuple(codes)


_READERS: abc.Mapping[Field, abc.Callable[[Cell], object]] = {
    Field.SEX: _sex,
    Field.LANGUAGES: _languages,
    Field.TRANSFER_KIND: _transfer_kind,
    Field.SOURCE_IDENTIFIER: _identifier,
}


def _days_in_sequence(values: dict[str, object], mapping: Mapping) -> list[Problem]:
    """Refuse days that cannot follow each other; each is a day of its own that exists."""
    birth, started, released = (
        values.get(name) for name in (Field.BIRTH_DATE, Field.SENTENCE_START, Field.RELEASE_DATE)
    )
    found = []
    for name in (Field.ARRIVED_ON, Field.SENTENCE_START, Field.RELEASE_DATE):
        day = values.get(name)
        if isinstance(birth, date) and isinstance(day, date) and day <= birth:
            sentence = _("%(field)s %(day)s is not after the birth date %(birth)s. Correct one of the two.")
            said = {"field": name.label, "day": day.isoformat(), "birth": birth.isoformat()}
            found.append(Problem(mapping.columns[name], sentence % said))
    if isinstance(started, date) and isinstance(released, date) and released < started:
        sentence = _("Release date %(end)s is before the sentence began on %(start)s. Correct one of the two.")
        said = {"end": released.isoformat(), "start": started.isoformat()}
        found.append(Problem(mapping.columns[Field.RELEASE_DATE], sentence % said))
    return found


def _settle_same_person(
    sheet: Sheet, mapping: Mapping, outcomes: list[Row | WrongRow]
) -> tuple[list[Row], list[WrongRow], list[int]]:
    """Take rows with one identifier as one where they say the same; otherwise all of them are wrong."""
    column = mapping.columns[Field.SOURCE_IDENTIFIER]
    same: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(sheet.lines):
        if not is_not_stated(line.cells[column]):
            same[digits(shown(line.cells[column]))].append(at)
    settled, repeated = list(outcomes), set()
    for identifier, places in same.items():
        if len(places) == 1:
            continue
        if len({_content(sheet.lines[at], mapping, outcomes[at]) for at in places}) > 1:
            for at in places:
                settled[at] = _contradicted(outcomes[at], identifier, column, [outcomes[p].number for p in places])
        else:
            repeated.update(places[1:])
    kept = [outcome for at, outcome in enumerate(settled) if at not in repeated]
    rows = [outcome for outcome in kept if isinstance(outcome, Row)]
    wrong = [outcome for outcome in kept if isinstance(outcome, WrongRow)]
    return rows, wrong, sorted(outcomes[at].number for at in repeated)


def _content(line: Line, mapping: Mapping, outcome: Row | WrongRow) -> object:
    if isinstance(outcome, Row):
        return fingerprint(outcome)
    return tuple(line.cells[column] for column in mapping.columns.values()), line.surplus


def _contradicted(outcome: Row | WrongRow, identifier: str, column: int, numbers: list[int]) -> WrongRow:
    others = [number for number in numbers if number != outcome.number]
    sentence = _(
        "The number in the source %(value)s is also in row %(rows)s, with other content. Keep the row that is right."
    )
    problem = Problem(column, sentence % {"value": shorten(identifier), "rows": listed(others)})
    if isinstance(outcome, Row):
        return WrongRow(outcome.number, (problem,))
    return replace(outcome, problems=(*outcome.problems, problem), asks_for_nothing=False)
