"""What comes out of a check: clean rows ready to load, wrong rows with what is wrong, and a row's fingerprint."""

import hashlib
import json
from collections import abc
from dataclasses import asdict, dataclass
from datetime import date

from concordat.imports.reading.codes import Sex
from concordat.imports.reading.dates import DateQuestion
from concordat.imports.reading.fields import Field
from concordat.imports.reading.mapping import Mapping

_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Values:
    """The clean values of a row; None or empty where the file says nothing.

    `establishment` is the id from the list given to the check, `service_purpose` the value of its list (the text itself
    where there is no list), `languages` are codes such as `ar`, `transfer_kind` is true for security. Where a field is
    not in the mapping its emptiness means nothing: what the case already says about it stays.
    """

    source_identifier: str
    establishment: str
    service_purpose: str
    family_name: str = ""
    given_names: str = ""
    full_name: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    languages: tuple[str, ...] = ()
    arrived_on: date | None = None
    transfer_kind: bool = False
    sentence_start: date | None = None
    release_date: date | None = None
    release_date_kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be loaded. `number` is its row in the file.

    `child_rules` is true below 18 on the day of the check, and whenever no birth date is given.
    """

    number: int
    values: Values
    child_rules: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words. `column` is None where it concerns the whole row."""

    column: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that cannot be loaded, with everything that is wrong in it.

    `asks_for_nothing` is true where the only thing wrong is that no service is stated: such a row is no mistake of the
    file, but it is not loaded, because this is no register of people.
    """

    number: int
    problems: tuple[Problem, ...]
    asks_for_nothing: bool = False


@dataclass(frozen=True)
class Result:
    """Every line of a sheet, once: in `rows`, in `wrong`, or by number in `repeated` (same person, same content)."""

    mapping: Mapping
    rows: tuple[Row, ...]
    wrong: tuple[WrongRow, ...]
    repeated: tuple[int, ...] = ()
    questions: tuple[DateQuestion, ...] = ()

    @property
    def asking_for_nothing(self) -> tuple[WrongRow, ...]:
        """The rows whose only fault is that no service is stated."""
        return tuple(row for row in self.wrong if row.asks_for_nothing)


def fingerprint(row: Row) -> str:
    """Return a hash of what the row says: the same tomorrow, wherever it stands and however its dates are written.

    Whether the rules for children apply is left out, because a birthday changes it without a change in the file.
    """
    said = {name: _plain(value) for name, value in asdict(row.values).items() if value}
    text = json.dumps([_VERSION, said], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stated(row: Row, mapping: Mapping) -> abc.Mapping[Field, object]:
    """Return the values of the fields that the file has a column for, and of no other."""
    return {name: getattr(row.values, name.value) for name in mapping.columns}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
