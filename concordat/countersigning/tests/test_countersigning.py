"""A partner fetches a checkpoint, signs it at home, brings it back; what contradicts the log is told and noted."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from concordat.core.errors import Refused
from concordat.core.testing import plugin, throwaway
from concordat.core.testing.visitor import signed_in
from concordat.countersigning import actions
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger import checkpoints, log, note
from concordat.ledger.exporting import countersigned, key_of
from concordat.ledger.models import Checkpoint, Countersignature, Witness

PAGE = "/log/"


@dataclass
class Home:
    """A folder on a partner's own machine."""

    folder: Path
    name: str = "lantern.example.org"

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-I", "-S", "countersign.py", *arguments]
        done = subprocess.run(command, cwd=self.folder, env={}, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def fetch(self, visitor: Any, *names: str) -> None:  # noqa: ANN401 - the test client
        """Fetch files from the pages, as the page says."""
        for name in names:
            page = visitor.get(PAGE + name)
            assert page.status_code == 200, name
            (self.folder / page["Content-Disposition"].split('"')[1]).write_bytes(page.content)

    def sign(self) -> str:
        return self.run("sign", "checkpoint.txt", "--key", f"{self.name}.key", "--log", "log.pub", "--kept", "kept.txt")

    def file(self, name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, (self.folder / name).read_bytes())


def more(count: int) -> Checkpoint:
    """Write lines, and have the worker sign."""
    for _ in range(count):
        with acting("pat"):
            log.record("tried", owner=PRISON)
    checkpoints.place_lines()
    checkpoints.make()
    return Checkpoint.objects.all()[0]


@pytest.fixture
def home(own_database: str, tmp_path: Path) -> Iterator[Home]:
    """Give a partner's machine, with everything that the page hands out, and a log of some lines."""
    more(5)
    one, ruth = Home(tmp_path), signed_in("ruth", level=2)
    one.fetch(ruth, "programs/countersign.py", "programs/verify_log.py", "log.pub", "checkpoint.txt?since=0")
    one.run("key", one.name)
    yield one
    assert own_database


def recorded(home: Home, who: str = "ruth") -> Any:  # noqa: ANN401 - the test client
    visitor = signed_in(who, level=2)
    page = visitor.post(PAGE + "key/", {"file": home.file(f"{home.name}.pub")}, follow=True)
    assert page.status_code == 200
    return visitor


def test_the_whole_way_from_the_page_home_and_back(home: Home) -> None:
    ruth = recorded(home)
    said = home.sign()
    assert said.startswith("Signed: ")
    assert checkpoints.key_of_log().fingerprint in said  # both sides show the same
    page = ruth.post(PAGE + "countersign/", {"file": home.file("kept.txt")}, follow=True)
    text = page.content.decode()
    assert "Your countersignature is kept with the log." in text
    with acting("ruth"):
        made = Countersignature.objects.get()
        witness = Witness.objects.get()
    assert made.checkpoint == Checkpoint.objects.get()
    assert key_of(witness).holds(note.read(made.checkpoint.note).body, bytes(made.signature))
    printed = home.run("key", "again")  # says the fingerprint in the same way
    assert "Its fingerprint: " in printed
    for key in (key_of(witness), checkpoints.key_of_log()):
        assert key.fingerprint[:19] in text
        assert key.fingerprint[20:] in text


def test_the_next_one_goes_on_from_what_was_signed(home: Home) -> None:
    ruth = recorded(home)
    home.sign()
    ruth.post(PAGE + "countersign/", {"file": home.file("kept.txt")})
    before = note.read((home.folder / "kept.txt").read_text(encoding="utf-8")).size
    newest = more(7)
    assert f"checkpoint.txt?since={before}" in ruth.get(PAGE).content.decode()
    home.fetch(ruth, f"checkpoint.txt?since={before}")
    assert home.sign() == f"Signed: {newest.size} lines. Keep kept.txt, and bring it to Concordat.\n"
    ruth.post(PAGE + "countersign/", {"file": home.file("kept.txt")})
    with acting("ruth"):
        assert Countersignature.objects.count() == 2


def test_an_organisation_sees_its_own_signatures_and_not_whether_others_have_any(home: Home) -> None:
    recorded(home)
    home.sign()
    signed_in("ruth", level=2).post(PAGE + "countersign/", {"file": home.file("kept.txt")})
    with acting("helen"):
        assert not Witness.objects.exists()
        assert not Countersignature.objects.exists()
    assert home.name not in signed_in("helen", level=2).get(PAGE).content.decode()
    with acting("ruth"):
        assert (Witness.objects.count(), Countersignature.objects.count()) == (1, 1)


def test_it_is_written_in_the_log_who_recorded_and_brought(home: Home) -> None:
    recorded(home)
    home.sign()
    for _ in range(2):  # once, however often the same is brought
        signed_in("ruth", level=2).post(PAGE + "countersign/", {"file": home.file("kept.txt")})
    lines = of_the_log("witness.recorded", "checkpoint.countersigned")
    assert [(what, member, owner) for what, member, owner, _ in lines] == [
        ("witness.recorded", named("ruth"), LANTERN),
        ("checkpoint.countersigned", named("ruth"), LANTERN),
    ]


def of_the_log(*whats: str) -> list[Any]:
    from django.db import connection  # noqa: PLC0415 - the name of the database of this test

    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", connection.settings_dict["NAME"])) as reader:
        return reader.execute(
            "SELECT e.what, e.membership, s.owner, s.detail FROM ledger_entry e JOIN ledger_subject s "
            "ON s.entry_id = e.id WHERE e.what = ANY (%s) ORDER BY e.at",
            [list(whats)],
        ).fetchall()


def test_a_checkpoint_that_contradicts_the_log_is_refused_and_noted(home: Home, own_database: str) -> None:
    """The log was cut after the partner signed: the page says so, and the log keeps that it was brought."""
    recorded(home)
    home.sign()
    server = throwaway.cluster(plugin.HOME).dsn("postgres", own_database)
    with psycopg.connect(server, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("TRUNCATE ledger_checkpoint, ledger_countersignature, ledger_node")
        superuser.execute("DELETE FROM ledger_leaf WHERE position > 2")
        superuser.execute("SELECT ledger.sequence()")
    page = signed_in("ruth", level=2).post(PAGE + "countersign/", {"file": home.file("kept.txt")})
    assert page.status_code == 422
    assert "ROLL-BACK: the log signed this checkpoint about" in page.content.decode()
    said = note.read((home.folder / "kept.txt").read_text(encoding="utf-8"))
    assert [line[3]["size"] for line in of_the_log("checkpoint.contradicted")] == [said.size]


def test_a_fork_is_refused_and_noted(home: Home) -> None:
    recorded(home)
    newest = Checkpoint.objects.get()
    body = note.read(newest.note).body.replace("time 20", "time 21")
    lines = body.split("\n")
    lines[2] = "A" * 43 + "="
    from django.conf import settings  # noqa: PLC0415 - the key of the server, which a fork needs

    other = note.signed("\n".join(lines), secret=settings.LOG_KEY, name=lines[0])
    page = signed_in("ruth", level=2).post(PAGE + "countersign/", {"file": SimpleUploadedFile("k", other.encode())})
    assert "FORK: the log signed this checkpoint about" in page.content.decode()
    assert len(of_the_log("checkpoint.contradicted")) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"nothing of the kind", "This is no checkpoint."),
        (b"\xff\xfe", "This file is no text."),
        (b"", "Choose the file that you have signed"),
    ],
)
def test_what_is_no_checkpoint_is_refused_in_words(home: Home, text: bytes, sentence: str) -> None:
    sent = {"file": SimpleUploadedFile("x", text)} if text else {"sent": "1"}
    page = recorded(home).post(PAGE + "countersign/", sent)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_checkpoint_without_ones_own_signature_is_refused(home: Home) -> None:
    page = recorded(home).post(PAGE + "countersign/", {"file": home.file("checkpoint.txt")})
    assert "not signed with the recorded key of your organisation" in page.content.decode()


def test_a_checkpoint_of_another_log_is_refused(home: Home) -> None:
    other = note.signed(
        note.read(Checkpoint.objects.get().note).body, secret="another server's key, 32 letters", name="localhost/log"
    )
    page = recorded(home).post(PAGE + "countersign/", {"file": SimpleUploadedFile("x", other.encode())})
    assert "not signed with the key of this log" in page.content.decode()


def test_without_a_key_nothing_is_countersigned(home: Home) -> None:
    home.sign()
    with acting("ruth", level=2) as by, pytest.raises(Refused, match="Record the public key"):
        actions.countersign(note.read((home.folder / "kept.txt").read_text(encoding="utf-8")), by=by)


@pytest.mark.parametrize("who", ["nadia", "cora"])
def test_who_does_not_keep_checkpoints_may_fetch_them_and_do_no_more(home: Home, who: str) -> None:
    visitor = signed_in(who, level=2)
    assert visitor.get(f"{PAGE}checkpoint.txt").status_code == 200
    page = visitor.post(PAGE + "key/", {"file": home.file(f"{home.name}.pub")})
    assert page.status_code == 422
    assert "A signatory, a director, a data protection officer or an administrator" in page.content.decode()
    page = visitor.post(PAGE + "countersign/", {"file": home.file("checkpoint.txt")})
    assert page.status_code == 422


def test_a_key_is_recorded_with_the_second_factor_only(home: Home) -> None:
    text = (home.folder / f"{home.name}.pub").read_text(encoding="utf-8")
    page = signed_in("ruth", level=1).post(PAGE + "key/", {"file": home.file(f"{home.name}.pub")})
    assert page.status_code == 403
    with acting("ruth") as by, pytest.raises(Refused, match="second factor"):
        actions.record_key(text=text, level=1, by=by)
    with acting("ruth") as by, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        actions.record_key(text=text, level=2, by=by)  # whatever the action is told, the database asks the context


@pytest.mark.parametrize(
    ("text", "sentence"), [("x", "no public key"), ("of the log", "the key of the log itself"), ("twice", "already")]
)
def test_a_key_that_is_none_is_refused(home: Home, text: str, sentence: str) -> None:
    said = {
        "of the log": str(checkpoints.key_of_log()),
        "twice": (home.folder / f"{home.name}.pub").read_text(encoding="utf-8"),
    }.get(text, text)
    recorded(home)
    with acting("ruth", level=2) as by, pytest.raises(Refused, match=sentence):
        actions.record_key(text=said, level=2, by=by)


def test_another_key_counts_from_then_on_and_the_old_signature_still_holds(home: Home) -> None:
    ruth = recorded(home)
    home.sign()
    ruth.post(PAGE + "countersign/", {"file": home.file("kept.txt")})
    newer = Home(home.folder, "lantern.second")
    newer.run("key", newer.name)
    recorded(newer)
    text = signed_in("ruth", level=2).get(PAGE).content.decode()
    assert text.index("Your key") < text.index("lantern.second") < text.index("Your earlier key")
    with acting("ruth"):
        whole = countersigned(Checkpoint.objects.get())
        old = Witness.objects.get(name=home.name)
    assert note.read(whole).signature_of(key_of(old))


@pytest.mark.parametrize("other", ["organisation", "membership", "witness"])
def test_nobody_signs_in_the_name_of_another(home: Home, other: str) -> None:
    recorded(home)
    with acting("ruth"):
        theirs = Witness.objects.get()
    who, organisation = ("helen", PRISON) if other == "witness" else ("ruth", LANTERN)
    values = {
        "organisation": PRISON if other == "organisation" else organisation,
        "membership": named("cora") if other == "membership" else named(who),
        "checkpoint": Checkpoint.objects.get(), "witness": theirs, "signature": bytes(64),
    }  # fmt: skip
    with acting(who, level=2), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Countersignature.objects.create(**values)


@pytest.mark.parametrize("since", ["x", "-1", "1" * 19, "٣"])
def test_a_number_that_is_none_is_not_found(home: Home, since: str) -> None:
    assert signed_in("ruth").get(f"{PAGE}checkpoint.txt", {"since": since}).status_code == 404
    assert signed_in("ruth").get(f"{PAGE}programs/settings.py").status_code == 404


def test_who_holds_more_than_there_is_is_told_what_that_means(home: Home) -> None:
    page = signed_in("ruth").get(f"{PAGE}checkpoint.txt?since=1000")
    assert page.status_code == 422
    assert "this log was rolled back" in page.content.decode()


@pytest.mark.django_db
def test_before_the_first_checkpoint_the_page_says_so() -> None:
    ruth = signed_in("ruth")
    assert "No checkpoint has been made yet." in ruth.get(PAGE).content.decode()
    assert ruth.get(f"{PAGE}checkpoint.txt").status_code == 422
