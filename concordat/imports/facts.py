"""What one row of a file says, in the fields of a case: only those that the file has a column for."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from babel import Locale
from django.utils.translation import gettext as _

from concordat.cases.models import Identity, Sex
from concordat.imports.reading import Field, Mapping, Problem, Result, Row, WrongRow, stated

IDENTITY = (Field.FAMILY_NAME, Field.GIVEN_NAMES, Field.BIRTH_DATE, Field.SEX, Field.LANGUAGES)
KEY_DATES = (Field.SENTENCE_START, Field.RELEASE_DATE, Field.RELEASE_DATE_KIND)
NAME_LIMIT = int(Identity._meta.get_field("family_name").max_length or 0)

Values = AnyMapping[str, object]


@dataclass(frozen=True)
class Facts:
    """A row in the words of the database. A field without a column is absent; an empty cell is an empty value."""

    identifier: str
    service_purpose: str
    identity: Values
    key_dates: Values
    place: UUID
    arrived_on: date | None
    says_arrival: bool
    security: bool = False


def facts_of(row: Row, mapping: Mapping) -> Facts:
    """Return what a row says about its person."""
    columns = stated(row, mapping)
    identity = {name.value: _plain(name, columns[name]) for name in IDENTITY if name in columns}
    if Field.FULL_NAME in columns:
        identity |= split_name(row.values.full_name)
    return Facts(
        identifier=row.values.source_identifier,
        service_purpose=row.values.service_purpose,
        identity=identity,
        key_dates={name.value: columns[name] for name in KEY_DATES if name in columns},
        place=UUID(row.values.establishment),
        arrived_on=row.values.arrived_on,
        says_arrival=Field.ARRIVED_ON in columns,
        security=row.values.transfer_kind,
    )


def split_name(full: str) -> dict[str, object]:
    """Return family name and given names. Only a comma tells them apart; without one nothing is guessed."""
    family, _comma, given = full.replace("،", ",").partition(",")
    return {"family_name": family.strip(), "given_names": given.strip()}


def language_name(code: str) -> str:
    """Return the English name of a language, as the records keep it."""
    return str(Locale("en").languages.get(code, code))


def _plain(name: Field, value: object) -> object:
    if name is Field.SEX:
        return value.value if value else Sex.UNKNOWN.value  # type: ignore[attr-defined]
    if name is Field.LANGUAGES:
        return [language_name(code) for code in value]  # type: ignore[attr-defined]
    return value


# ---- what the engine of reading cannot know to be wrong -------------------------------------------------------------


def refuse_more(result: Result, today: date) -> Result:
    """Move to the wrong rows what the database cannot hold, or what has not happened yet."""
    found = {row.number: _problems(row, result.mapping, today) for row in result.rows}
    wrong = [WrongRow(number, tuple(problems)) for number, problems in found.items() if problems]
    rows = tuple(row for row in result.rows if not found[row.number])
    return replace(result, rows=rows, wrong=tuple(sorted((*result.wrong, *wrong), key=lambda row: row.number)))


def _problems(row: Row, mapping: Mapping, today: date) -> Sequence[Problem]:
    problems = []
    if row.values.arrived_on and row.values.arrived_on > today:
        sentence = _("Arrived on %(day)s lies in the future. A transfer is loaded once it has happened.")
        said_of = {"day": row.values.arrived_on.isoformat()}
        problems.append(Problem(mapping.columns[Field.ARRIVED_ON], sentence % said_of))
    if any(len(str(part)) > NAME_LIMIT for part in split_name(row.values.full_name).values()):
        sentence = _("Full name has a part longer than %(limit)s characters. Shorten it.")
        problems.append(Problem(mapping.columns[Field.FULL_NAME], sentence % {"limit": NAME_LIMIT}))
    return problems
