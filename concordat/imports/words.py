"""What a file holds and what a load does, in words: for the preview and for the page after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from concordat.cases.models import Case, Identity, KeyDates, Placement, Sex
from concordat.core.parts import Answer
from concordat.imports.actions import AT_ONCE
from concordat.imports.facts import Values
from concordat.imports.models import Upload
from concordat.imports.plan import Comparison, Difference, Step, says_nothing
from concordat.imports.reading import WrongRow

SECONDS_A_ROW = 0.005  # new people; measured with 5,000 on two cores, see docs/performance.md
MINUTE = 60
PARTS = {"case": Case, "identity": Identity, "key_dates": KeyDates, "placement": Placement}


# ---- numbers -----------------------------------------------------------------------------------------------------


def counts(numbers: Mapping[str, int], *, done: bool) -> list[Answer]:
    """Write the counts of a plan, or of a load that is done, as a summary list; what is none of is left out."""
    rows = [*_people(numbers, done=done), *_rows(numbers)]
    return [Answer(key, said) for key, number, said in rows if number]


def _people(numbers: Mapping[str, int], *, done: bool) -> Iterable[tuple[str, int, str]]:
    new, changed, same = (numbers.get(kind, 0) for kind in ("new", "changed", "unchanged"))
    opens = _("A case was opened for each.") if done else _("A case will be opened for each.")
    yield _("New people"), new, f"{new}\n{opens}"
    yield _("Changed"), changed, "\n".join([str(changed), *_changed(numbers)])
    yield _("Unchanged"), same, str(same)
    kept, closed = numbers.get("kept", 0), numbers.get("closed", 0)
    edited = _("What somebody edited in Concordat stays, whatever the file says.")
    yield _("Kept as edited here"), kept, f"{kept}\n{edited}"
    yield _("Closed cases"), closed, "{}\n{}".format(closed, _("They stay closed and as they are."))


def _changed(numbers: Mapping[str, int]) -> Iterable[str]:
    if moved := numbers.get("transfers", 0):
        sentence = ngettext(
            "%(n)s of them is at another establishment now.", "%(n)s of them are at another establishment now.", moved
        )
        yield sentence % {"n": moved}


def _rows(numbers: Mapping[str, int]) -> Iterable[tuple[str, int, str]]:
    wrong, none = numbers.get("wrong", 0), numbers.get("without_service", 0)
    back = _("They are not loaded. You get them back in a file that says what is wrong.")
    yield _("Wrong rows"), wrong, f"{wrong}\n{back}"
    register = _(
        "They are not loaded: Concordat keeps people for whom a service is asked, and is no register of others."
    )
    yield _("Without a service"), none, f"{none}\n{register}"
    repeated = numbers.get("repeated", 0)
    yield _("Said twice"), repeated, "{}\n{}".format(repeated, _("The same person with the same words counts once."))
    other = [numbers.get(kind, 0) for kind in ("blank", "totals", "titles")]
    said = _("%(blank)s blank, %(totals)s of totals, %(titles)s of titles and repeated headings.")
    said = said % dict(zip(("blank", "totals", "titles"), other, strict=True))
    yield _("Rows that are no people"), sum(other), f"{sum(other)}\n{said}"


def how_long(rows: int) -> str:
    """Say how long a load of this many rows takes, where it is worth a word."""
    if rows <= AT_ONCE:
        return ""
    minutes = -(-rows * SECONDS_A_ROW // MINUTE)
    sentence = ngettext(
        "This takes about %(minutes)s minute. It goes on when you leave the page, and can be stopped.",
        "This takes about %(minutes)s minutes. It goes on when you leave the page, and can be stopped.",
        int(minutes),
    )
    return sentence % {"minutes": int(minutes)}


def what_discarding_leaves(upload: Upload) -> str:
    """Say what becomes of a file that is thrown away, and of what was loaded of it before it was stopped."""
    if not upload.done:
        return _("Nothing of it is loaded, and it is deleted here. The list where it came from stays as it is.")
    sentence = ngettext(
        "What was loaded from its first %(n)s row stays. The other rows are not loaded, and the file is deleted here.",
        "What was loaded from its first %(n)s rows stays. The other rows are not loaded, and the file is deleted here.",
        upload.done,
    )
    return sentence % {"n": upload.done}


# ---- rows --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SaidWrong:
    """One thing that is wrong: in which row and column, and the sentence."""

    row: int
    column: str
    sentence: str


def wrong(comparison: Comparison, rows: Iterable[WrongRow]) -> list[SaidWrong]:
    """Write every problem of these rows on a line of its own."""
    return [
        SaidWrong(
            row.number, _("The whole row") if one.column is None else comparison.sheet.name(one.column), one.sentence
        )
        for row in rows
        for one in row.problems
    ]


@dataclass(frozen=True)
class SaidDifference:
    """One field: what stands in Concordat, what the file says, and whether the former is kept."""

    label: str
    before: str
    after: str
    kept: bool


@dataclass(frozen=True)
class SaidStep:
    """One person: new with what the row says, or with every field that differs."""

    row: int
    identifier: str
    case: Case | None
    name: str
    born: str
    place: str
    service: str
    differences: list[SaidDifference]


def people(comparison: Comparison, steps: Iterable[Step]) -> list[SaidStep]:
    """Write who is new, or what changes, field by field."""
    return [
        SaidStep(
            step.row.number, step.facts.identifier, step.held.case if step.held else None,
            name(step.facts.identity), born(step.facts.identity), comparison.places[step.facts.place].name,
            step.facts.service_purpose, [difference(comparison, one) for one in step.differences],
        )
        for step in steps
    ]  # fmt: skip


def born(identity: Values) -> str:
    """Write the birth date, or what follows from there being none."""
    day = identity.get("birth_date")
    return whole_day(day) if isinstance(day, date) else _("not stated: the rules for children apply")


def name(identity: Values) -> str:
    """Write a name as the file says it, family name first."""
    parts = (str(identity.get(part) or "") for part in ("family_name", "given_names"))
    return _(", ").join(part for part in parts if part)


def difference(comparison: Comparison, one: Difference) -> SaidDifference:
    """Write one field."""
    label = str(PARTS[one.part]._meta.get_field(one.name).verbose_name)  # type: ignore[union-attr]
    label = _("Establishment") if one.name == "place" else label
    before, after = (value(comparison, one.name, of) for of in (one.before, one.after))
    return SaidDifference(label, before, after, one.kept)


def value(comparison: Comparison, column: str, of: object) -> str:
    """Write what a field of a record holds."""
    match of:
        case _nothing if says_nothing(of):
            return _("nothing")
        case bool():
            return _("yes") if of else _("no")
        case date():
            return whole_day(of)
        case UUID():
            return comparison.places[of].name if of in comparison.places else _("a place of another organisation")
        case list():
            return _(", ").join(of)
    return str(Sex(of).label) if column == "sex" and isinstance(of, str) else str(of)


def whole_day(day: date) -> str:
    """Write a day of somebody's life, always with its year."""
    return dateformat.format(day, pgettext("date pattern", "j F Y"))
