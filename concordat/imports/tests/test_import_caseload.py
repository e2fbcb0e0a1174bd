"""The command line stages a file as a named import officer, and loads nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from concordat.cases.models import Case
from concordat.core.errors import Refused
from concordat.demo.world import PRISON, acting, named
from concordat.imports.models import Upload
from concordat.imports.reading import MAX_BYTES
from concordat.imports.tests.making import HEADING, confirmed, officer, person
from concordat.imports.tests.reading_samples import as_csv
from concordat.ledger.models import Entry
from concordat.people.models import Membership, User

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "caseload.csv"
    path.write_bytes(as_csv([HEADING, person(), person("A-18")]))
    return path


@pytest.fixture(autouse=True)
def accounts(own_database: str) -> None:
    for name in ("ines", "pat"):
        User.objects.create(id=named(f"user:{name}"), email=f"{name}@example.org")


def run(file: Path, *, to: str = "ps", officer: str = "ines@example.org") -> str:
    said = StringIO()
    call_command("import_caseload", str(file), "--for", to, "--officer", officer, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("who", ["ines@example.org", "INES@example.org", str(named("ines"))])
def test_it_stages_as_the_officer_and_says_where_to_go_on(file: Path, who: str) -> None:
    said = run(file, officer=who)
    with officer() as by:
        upload = Upload.objects.get()
        assert (upload.staged_by, upload.from_command_line, upload.confirmed_at) == (by, True, None)
        assert f"/imports/{upload.pk}/columns/" in said
        assert not Case.objects.filter(owner=PRISON, source_identifier="A-17").exists()
        assert confirmed(upload, by=by).confirmed_by == by
    with acting("pat"):
        line = Entry.objects.get(what="import.staged")
        assert (line.membership, line.purpose) == (named("ines"), "administration")


@pytest.mark.parametrize(
    ("to", "who"),
    [
        ("ps", "pat@example.org"), ("ps", "nobody@example.org"), ("ps", str(named("pat"))), ("lm", "ines@example.org"),
        ("nowhere", "ines@example.org"),
    ],
)  # fmt: skip
def test_somebody_who_is_no_import_officer_there_stages_nothing(file: Path, to: str, who: str) -> None:
    with pytest.raises(Refused, match=f"{who} is no import officer of an organisation with the short address {to}"):
        run(file, to=to, officer=who)
    with officer():
        assert not Upload.objects.exists()


def test_an_officer_who_has_left_stages_nothing(file: Path) -> None:
    with acting("adam", level=2):
        began = Membership.objects.get(pk=named("ines")).valid_from
        Membership.objects.filter(pk=named("ines")).update(valid_until=began.replace(year=began.year + 1))
    with pytest.raises(Refused, match="is no import officer"):
        run(file)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "not a table"),
        (b"<html><table></table>", "web page"),
        (b"PK\x03\x04 this is no archive", "damaged or protected"),
        (as_csv([HEADING, *[person(f"A-{at}") for at in range(5)]])[:-30], "ends in the middle of row 6"),
        (b"x" * (MAX_BYTES + 1), "larger than 20 megabytes"),
    ],
)
def test_a_file_that_cannot_be_taken_is_answered_in_words(file: Path, content: bytes, sentence: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        run(file)


def test_a_file_that_is_not_there_is_answered_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"gone\.csv cannot be read: No such file or directory"):
        run(tmp_path / "gone.csv")
