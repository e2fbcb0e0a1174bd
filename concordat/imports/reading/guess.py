"""A first guess which column holds what, from the words of its heading and the look of its values, with the reason."""

from collections import abc
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from concordat.imports.reading.codes import Names, is_not_stated, languages_in, sex_of
from concordat.imports.reading.dates import looks_like_date, may_be_date
from concordat.imports.reading.fields import NAMES, Field
from concordat.imports.reading.headings import Match, matches
from concordat.imports.reading.mapping import Mapping
from concordat.imports.reading.sheet import Cell, Sheet, shown
from concordat.imports.reading.text import listed

_SAMPLE = 500
_MOST, _FEW = 0.6, 0.3
_COUNTED = 3  # from how many rows on 1, 2, 3 … is seen to be a count


def guess(sheet: Sheet, *, establishments: abc.Iterable[str] = (), purposes: abc.Iterable[str] = ()) -> Mapping:
    """Return the columns that surely hold a field, with a reason for every field, also for those left open.

    The names of establishments and purposes, where given, let a column be known by its values.
    """
    lists = {Field.ESTABLISHMENT: _names(establishments), Field.SERVICE_PURPOSE: _names(purposes)}
    looks = [_Look(sheet, column, lists) for column in range(len(sheet.heading))]
    claims = {look.column: look.claims() for look in looks}
    found = {name: _by_heading(name, looks, claims) for name in Field}
    taken = {choice.column for choice in found.values() if choice.column is not None}
    for name in _KNOWN_BY_VALUES:
        if not any(name in claim for claim in claims.values()):
            found[name] = _by_values(name, [look for look in looks if look.column not in taken], found[name])
    _name_beside_given_names(found, sheet)
    columns = {name: choice.column for name, choice in found.items() if choice.column is not None}
    return Mapping(columns, {name: choice.reason for name, choice in found.items()})


@dataclass(frozen=True, slots=True)
class _Choice:
    column: int | None
    reason: str


class _Look:
    """One column, looked at."""

    def __init__(self, sheet: Sheet, column: int, lists: abc.Mapping[Field, Names | None]) -> None:
        self.column = column
        self.name = sheet.name(column)
        self.heading = sheet.heading[column]
        self.lists = lists
        self.cells: list[Cell] = [line.cells[column] for line in sheet.lines[:_SAMPLE]]
        self.filled = [cell for cell in self.cells if not is_not_stated(cell)]

    def claims(self) -> dict[Field, Match]:
        """Return the fields that the heading names best, without those that the values speak against."""
        named = {name: match for name, match in matches(self.heading).items() if not self.is_against(name)}
        best = max(named.values(), default=None)
        return {name: match for name, match in named.items() if match == best}

    def share(self, holds: abc.Callable[[str], object]) -> float:
        """Return for which part of the filled cells something holds."""
        return sum(bool(holds(shown(cell))) for cell in self.filled) / len(self.filled) if self.filled else 0.0

    @cached_property
    def dates(self) -> float:
        """The part of the filled cells that are written as dates."""
        return sum(looks_like_date(cell) for cell in self.filled) / len(self.filled) if self.filled else 0.0

    @cached_property
    def possible_dates(self) -> float:
        """The part of the filled cells that may be dates, counting bare numbers."""
        return sum(may_be_date(cell) for cell in self.filled) / len(self.filled) if self.filled else 0.0

    @cached_property
    def only_counts(self) -> bool:
        """Whether the column counts the rows from 1."""
        count = [str(number) for number in range(1, len(self.cells) + 1)]
        return len(self.cells) >= _COUNTED and [shown(cell) for cell in self.cells] == count

    def is_against(self, name: Field) -> bool:
        """Say whether the values cannot be what the heading seems to name."""
        if not self.filled:
            return False
        if name.is_date:
            return self.possible_dates < _FEW
        if self.dates >= _MOST:
            return True
        if name is Field.SOURCE_IDENTIFIER:
            return self.only_counts or len(set(self.filled)) < len(self.filled) / 2
        if name in NAMES:
            return self.share(str.isdecimal) > _FEW
        return name in _KNOWN_BY_VALUES and self.recognised(name) < _FEW and self.can_recognise(name)

    def can_recognise(self, name: Field) -> bool:
        """Say whether there is a list of what the values of a field may be."""
        return name in {Field.SEX, Field.LANGUAGES} or self.lists[name] is not None

    def recognised(self, name: Field) -> float:
        """Return the part of the filled cells that are values of a field."""
        if name is Field.SEX:
            return self.share(sex_of)
        if name is Field.LANGUAGES:
            return self.share(lambda text: languages_in(text)[0])
        known = self.lists[name]
        return self.share(known.find) if known else 0.0


_KNOWN_BY_VALUES = (Field.SEX, Field.LANGUAGES, Field.ESTABLISHMENT, Field.SERVICE_PURPOSE)


def _names(names: abc.Iterable[str]) -> Names | None:
    listed_names = {name: name for name in names}
    return Names(listed_names) if listed_names else None


def _by_heading(name: Field, looks: list[_Look], claims: abc.Mapping[int, abc.Mapping[Field, Match]]) -> _Choice:
    claiming = [look for look in looks if name in claims[look.column]]
    sure = [look for look in claiming if claims[look.column][name].sure] or claiming
    if not sure:
        return _Choice(None, _why_none(name, looks))
    if len(sure) > 1:
        return _Choice(None, _competing(name, sure))
    look = sure[0]
    rivals = [other.label for other in claims[look.column] if other is not name]
    if rivals:
        reason = _("“%(column)s” could be %(field)s, but also: %(others)s. Choose.")
        return _Choice(None, reason % {"column": look.name, "field": name.label, "others": listed(rivals)})
    return _Choice(look.column, _named(name, look, sure=claims[look.column][name].sure))


def _named(name: Field, look: _Look, *, sure: bool) -> str:
    said = {"column": look.name, "field": name.label}
    if name.is_date and look.filled:
        return _("The heading “%(column)s” means %(field)s, and the values are dates.") % said
    if sure:
        return _("The heading “%(column)s” means %(field)s.") % said
    return _("The heading “%(column)s” contains words for %(field)s. Look at the values.") % said


def _why_none(name: Field, looks: list[_Look]) -> str:
    against = [look for look in looks if name in matches(look.heading)]
    if not against:
        return _("No heading means %(field)s.") % {"field": name.label}
    said = {"column": against[0].name, "field": name.label}
    if name is Field.SOURCE_IDENTIFIER and against[0].only_counts:
        return _("“%(column)s” only counts the rows of this file, so it cannot be %(field)s.") % said
    if name.is_date:
        return _("The heading “%(column)s” means %(field)s, but its values are not dates.") % said
    return _("The heading “%(column)s” may mean %(field)s, but its values or other words speak against it.") % said


def _competing(name: Field, looks: list[_Look]) -> str:
    said = {"columns": listed(f"“{look.name}”" for look in looks), "field": name.label}
    return _("More than one column may be %(field)s: %(columns)s. Choose one.") % said


def _by_values(name: Field, looks: list[_Look], otherwise: _Choice) -> _Choice:
    """Choose the one column whose values are all of a kind that only this field has."""
    fitting = [look for look in looks if look.filled and look.can_recognise(name) and look.recognised(name) == 1.0]
    if name is Field.SEX:
        fitting = [look for look in fitting if len({sex_of(shown(cell)) for cell in look.filled}) > 1]
    if len(fitting) > 1:
        return _Choice(None, _competing(name, fitting))
    if not fitting:
        return otherwise
    reason = _("No heading says so, but every value of “%(column)s” is one that %(field)s can have.")
    return _Choice(fitting[0].column, reason % {"column": fitting[0].name, "field": name.label})


def _name_beside_given_names(found: dict[Field, _Choice], sheet: Sheet) -> None:
    """Where given names have a column of their own, a column called just “Name” holds the family name."""
    whole = found[Field.FULL_NAME].column
    if whole is None or found[Field.GIVEN_NAMES].column is None or found[Field.FAMILY_NAME].column is not None:
        return
    reason = _("“%(column)s” stands beside a column of given names, so it should be the family name.")
    found[Field.FAMILY_NAME] = _Choice(whole, reason % {"column": sheet.name(whole)})
    found[Field.FULL_NAME] = _Choice(None, _("The names are in two columns."))
