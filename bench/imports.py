"""How long a caseload takes to read, preview, load and load again: `python -m bench.imports --rows 5000 50000`."""

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
from openpyxl import Workbook

from bench import installation

HEADING = [
    "Prisoner No.", "Family name", "Given names", "Birth date", "Sex", "Languages", "Prison", "Arrived on",
    "Sentence start", "Release date", "Release type", "Service requested",
]  # fmt: skip
FAMILY = ["Haddad", "Okonkwo", "Sandoval", "Ivanova", "Zhang", "Kowalski", "Marsh", "Benali", "Costa", "Lind"]
GIVEN = ["Samir", "Anna", "Chidi", "Pablo", "Olga", "Wei", "Jan", "Maria", "Yusuf", "Lena"]
PLACES = ["Aldermoor Prison", "Kestrel Bay Prison"]


def main() -> int:
    """Measure each size in an installation and a process of its own."""
    parser = argparse.ArgumentParser(description="Time a caseload from the file to the cases.")
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        django.setup()
        measure(asked.rows[0])
        return 0
    print("| rows | what | wall s | processor s | most memory MB |", flush=True)
    for rows in asked.rows:
        with installation.home() as home:
            subprocess.run(
                [sys.executable, "-m", "bench.imports", "--inside", "--rows", str(rows)], check=True,
                env=os.environ | {
                    "CONCORDAT_HOME": str(home), "CONCORDAT_DB_ROLE": "app",
                    "DJANGO_SETTINGS_MODULE": "concordat.config.settings",
                },
            )  # fmt: skip
    return 0


def measure(rows: int) -> None:
    """Take one list through every step, then the same list again."""
    data = workbook(rows)
    for again in ("", ", again"):
        with timed(rows, f"a workbook read and kept{again}"):
            upload = staged(data)
        with timed(rows, f"a page of its preview{again}"):
            preview(upload)
        with timed(rows, f"loaded by the worker{again}"):
            load(upload)


@contextmanager
def timed(rows: int, what: str) -> Iterator[None]:
    """Print how long the block took."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {rows} | {what} | {wall:.1f} | {processor:.1f} | {memory} |", flush=True)


def staged(data: bytes) -> object:
    """Bring the list in and confirm its columns as guessed."""
    from concordat.imports import actions  # noqa: PLC0415 - needs a ready Django
    from concordat.imports.tests.making import confirmed, officer  # noqa: PLC0415 - as above

    with officer() as by:
        return confirmed(actions.stage(data, name="caseload.xlsx", by=by), by=by)


def preview(upload: object) -> None:
    """Compare the whole list with what is held, as the page does."""
    from concordat.imports import actions  # noqa: PLC0415 - needs a ready Django
    from concordat.imports.models import Upload  # noqa: PLC0415 - as above
    from concordat.imports.plan import make_plan  # noqa: PLC0415 - as above
    from concordat.imports.tests.making import officer  # noqa: PLC0415 - as above

    assert isinstance(upload, Upload)
    with officer() as by:
        make_plan(upload, actions.sheet_of(upload), by=by)


def begin(upload: object) -> None:
    """Tell the worker to load it."""
    from concordat.imports import actions  # noqa: PLC0415 - needs a ready Django
    from concordat.imports.models import Upload  # noqa: PLC0415 - as above
    from concordat.imports.tests.making import officer  # noqa: PLC0415 - as above

    assert isinstance(upload, Upload)
    with officer() as by:
        actions.load(upload, by=by)


def load(upload: object) -> None:
    """Load it, and do the worker's rounds until nothing is left."""
    from concordat.imports import work  # noqa: PLC0415 - needs a ready Django
    from concordat.imports.models import Upload  # noqa: PLC0415 - as above
    from concordat.imports.tests.making import officer  # noqa: PLC0415 - as above

    assert isinstance(upload, Upload)
    begin(upload)
    while work.load_some():
        continue
    with officer():
        assert Upload.objects.get(pk=upload.pk).outcome == "loaded"


def workbook(rows: int) -> bytes:
    """Make a list of people."""
    drawn = random.Random(5)  # noqa: S311 - the same fictional people every time
    out, book = io.BytesIO(), Workbook(write_only=True)
    page = book.create_sheet("Caseload")
    page.append(HEADING)
    for number in range(rows):
        born = f"19{drawn.randint(50, 99)}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"
        page.append(
            [
                f"B-{number:06}", f"{drawn.choice(FAMILY)}-{drawn.choice(FAMILY)}", drawn.choice(GIVEN), born, "m",
                "Arabic; French", drawn.choice(PLACES), "2024-02-01", "2024-01-15", "2027-06-01", "conditional",
                "Mentoring",
            ]
        )  # fmt: skip
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
