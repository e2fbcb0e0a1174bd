"""Files of a prison service of the world, and short ways to bring them in as its import officer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from concordat.core.codes import Purpose
from concordat.demo.world import acting
from concordat.imports import actions
from concordat.imports.guessing import suggest
from concordat.imports.models import Upload
from concordat.imports.reading import Order
from concordat.imports.tests import reading_samples
from concordat.imports.tests.reading_samples import as_csv
from concordat.people.models import Membership

HEADING = reading_samples.HEADING
ALDERMOOR, KESTREL = "Aldermoor Prison", "Kestrel Bay Prison"
FULL_HEADING = [*HEADING, "Sex", "Languages", "Arrived on", "Sentence start", "Release date", "Release type"]
MORE = ["m", "Arabic; French", "2024-02-01", "2024-01-15", "2027-06-01", "conditional"]


def person(number: str = "A-17", *, establishment: str = ALDERMOOR, **changes: str) -> list[str]:
    """Make a row with the usual heading."""
    return reading_samples.person(number, establishment=establishment, **changes)


def full(number: str = "A-17", more: Sequence[str] = MORE, **changes: str) -> list[str]:
    """Make a row with every field that can be loaded."""
    return [*person(number, **changes), *more]


@contextmanager
def officer(name: str = "ines") -> Iterator[Membership]:
    """Act as the import officer of the prison service."""
    with acting(name, purpose=Purpose.ADMINISTRATION) as by:
        yield by


def stage(*rows: Sequence[str], by: Membership, heading: Sequence[str] = HEADING) -> Upload:
    """Stage a CSV file with these rows."""
    return actions.stage(as_csv([heading, *rows]), name="caseload.csv", by=by)


def confirmed(upload: Upload, *, by: Membership, orders: dict[int, Order] | None = None) -> Upload:
    """Confirm the columns as they are guessed, and the order of dates where it is given."""
    upload = actions.confirm(upload, mapping=suggest(upload, actions.sheet_of(upload)).mapping, by=by)
    return actions.answer(upload, answers=orders, by=by) if orders else upload


def bring_in(*rows: Sequence[str], by: Membership, heading: Sequence[str] = HEADING) -> Upload:
    """Stage, confirm and load these rows."""
    return actions.load(confirmed(stage(*rows, by=by, heading=heading), by=by), by=by)


def bring_in_file(data: bytes, name: str, *, by: Membership, orders: dict[int, Order] | None = None) -> Upload:
    """Stage, confirm and load a file as it is."""
    return actions.load(confirmed(actions.stage(data, name=name, by=by), by=by, orders=orders), by=by)


def sentences(upload: Upload) -> str:
    """Return the text of the rows that go back."""
    return bytes(upload.wrong or b"").decode("utf-8-sig")
