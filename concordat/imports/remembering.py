"""What is remembered of a source: by the hash of a column's name what it holds, so that the names are not kept."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from concordat.imports.models import Upload
from concordat.imports.reading import Field, Mapping, Order, Sheet
from concordat.imports.reading.text import fold


def fingerprint(sheet: Sheet) -> str:
    """Return a hash of the names of the columns, in whatever order they stand."""
    return _hash(sorted(map(fold, sheet.heading)))


def remember(sheet: Sheet, upload: Upload) -> dict[str, dict[str, str]]:
    """Return by the hashes of columns what they were confirmed to hold, and how their dates are written."""
    hashes = column_hashes(sheet)
    columns = {name: hashes[int(column)] for name, column in upload.mapping.items()}
    return {
        "columns": {name: one for name, one in columns.items() if one},
        "answers": {hashes[int(column)]: order for column, order in upload.answers.items() if hashes[int(column)]},
    }


def recall(sheet: Sheet, remembered: dict[str, dict[str, str]]) -> Mapping:
    """Return which columns of a sheet hold what, as it was confirmed for the last file of this source."""
    at = {one: column for column, one in enumerate(column_hashes(sheet)) if one}
    found = remembered.get("columns", {})
    return Mapping({Field(name): at[one] for name, one in found.items() if one in at})


def recall_answers(sheet: Sheet, remembered: dict[str, dict[str, str]]) -> dict[int, Order]:
    """Return how the dates of its columns were written in the last file of this source."""
    found = remembered.get("answers", {})
    return {column: Order(found[one]) for column, one in enumerate(column_hashes(sheet)) if one in found}


def column_hashes(sheet: Sheet) -> list[str]:
    """Return the hash of each column's name; none for a name that is empty or stands twice."""
    names = [fold(name) for name in sheet.heading]
    counted = Counter(names)
    return [_hash([name])[:32] if name and counted[name] == 1 else "" for name in names]


def _hash(names: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps(list(names)).encode()).hexdigest()
