"""Whatever somebody with the whole database in their hands does to the log is found and located: here, and outside."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from concordat.demo.world import LANTERN, named
from concordat.ledger import checkpoints, note, outside
from concordat.ledger.management.commands.log_export import VERIFIER
from concordat.ledger.models import Checkpoint

from .conftest import REBUILD, Connection, first, tamper, write

HERE = Path(outside.__file__).parent


@dataclass
class Partner:
    """A partner with a key of its own, on a machine of its own, that runs what it was given."""

    folder: Path
    key: str = "lantern.example.org"

    def run(self, *arguments: str, program: str = "countersign.py") -> subprocess.CompletedProcess[str]:
        """Run a program as it is where there is no Concordat: no package but the standard library can be imported."""
        command = [sys.executable, "-I", "-S", str(self.folder / program), *arguments]
        return subprocess.run(command, cwd=self.folder, env={}, capture_output=True, text=True, check=False)

    def fetch(self, since: int = 0) -> Path:
        """Take the newest checkpoint with its proof, as the page hands it out."""
        file = self.folder / "checkpoint.txt"
        file.write_text(checkpoints.to_countersign(Checkpoint.objects.all()[0], since=since), encoding="utf-8")
        return file

    def sign(self, since: int = 0, kept: str = "kept.txt") -> subprocess.CompletedProcess[str]:
        self.fetch(since)
        return self.run("sign", "checkpoint.txt", "--key", f"{self.key}.key", "--log", "log.pub", "--kept", kept)

    @property
    def kept(self) -> note.Note:
        return note.read((self.folder / "kept.txt").read_text(encoding="utf-8"))

    def verify(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(*arguments, program="verify_log.py")


@pytest.fixture
def partner(own_database: str, tmp_path: Path) -> Partner:
    """Give a partner who has made a key, holds the key of the log, and has signed a checkpoint about ten lines."""
    for name in ("verify_log.py", "countersign.py"):
        shutil.copy(HERE / name, tmp_path)
    one = Partner(tmp_path)
    assert one.run("key", one.key).returncode == 0
    more(8)
    (tmp_path / "log.pub").write_text(f"{checkpoints.key_of_log()}\n", encoding="utf-8")
    signed = one.sign()
    assert signed.returncode == 0, signed.stderr
    assert own_database
    return one


def more(count: int) -> int:
    """Write lines, place them and sign, as the worker does; return how many there are."""
    write(count)
    checkpoints.place_lines()
    checkpoints.make()
    return Checkpoint.objects.all()[0].size


def found(as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str], *against: Path) -> str:
    """Return what verify-log says."""
    as_owner()
    arguments = [part for file in against for part in ("--against", str(file))]
    try:
        call_command("verify_log", *arguments)
    except CommandError as error:
        return capsys.readouterr().out + str(error)
    return capsys.readouterr().out


def exported(partner: Partner, as_owner: Callable[[], None], name: str = "log.jsonl") -> Path:
    as_owner()
    file = partner.folder / name
    call_command("log_export", str(file))
    return file


MIDDLE = "position = 5"
ENTRY = f"(SELECT entry FROM ledger_leaf WHERE {MIDDLE})"  # noqa: S608 - all of it stands here
CHANGE = (f"UPDATE ledger_entry SET what = 'other' WHERE id = {ENTRY}",)  # noqa: S608
REMOVE = (
    f"DELETE FROM ledger_subject WHERE entry_id = {ENTRY}",  # noqa: S608
    f"DELETE FROM ledger_entry WHERE id = {ENTRY}",  # noqa: S608
    f"DELETE FROM ledger_leaf WHERE {MIDDLE}",  # noqa: S608
)
SHIFT = "UPDATE ledger_leaf SET position = -position - 1 WHERE position >= 5"
BACK = "UPDATE ledger_leaf SET position = -position WHERE position < 0"
INSERT = (
    SHIFT,
    BACK,
    """INSERT INTO ledger_entry (id, at, kind, what, purpose)
       SELECT gen_random_uuid(), at, kind, 'slipped in', purpose FROM ledger_entry LIMIT 1""",
    """INSERT INTO ledger_leaf (number, entry, body, leaf, position)
       SELECT -1, id, ledger.body_of(id), ledger.leaf_of(ledger.body_of(id)), 5
         FROM ledger_entry WHERE what = 'slipped in'""",
)
REORDER = (
    "UPDATE ledger_leaf SET position = -5 WHERE position = 5",
    "UPDATE ledger_leaf SET position = 5 WHERE position = 6",
    "UPDATE ledger_leaf SET position = 6 WHERE position = -5",
)
CASES = {"change": CHANGE, "removal": REMOVE, "insertion": INSERT, "reordering": REORDER}


@pytest.mark.parametrize("kind", CASES)
def test_what_was_done_to_the_rows_is_located(
    kind: str, partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "every leaf and every place holds" in found(as_owner, capsys)
    tamper(superuser, *CASES[kind])
    said = found(as_owner, capsys)
    assert said.startswith("line 5: "), said
    assert {
        "change": "line 5: the line was changed", "removal": "line 5: a line is missing",
        "insertion": "line 5: another line stands in this place", "reordering": "line 6: another line stands",
    }[kind] in said  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_who_builds_the_tree_anew_is_found_by_the_checkpoints(
    kind: str, partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    size = more(4)
    tamper(superuser, *CASES[kind], *REBUILD)
    superuser.execute("SELECT ledger.sequence()")
    said = found(as_owner, capsys, partner.folder / "kept.txt")
    assert f"line {partner.kept.size}: the lines up to here are not those that a checkpoint was made about" in said
    assert f"line {partner.kept.size}: FORK: the lines up to here are not those that" in said
    assert f"line {size}: the l" in said  # the later one is about other lines, or, after a removal, more than there are


@pytest.mark.parametrize("kind", CASES)
def test_who_signs_anew_too_is_found_by_what_a_partner_has_kept(
    kind: str, partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator has every key of the server. What they cannot change is the file in the partner's house."""
    tamper(superuser, *CASES[kind], *REBUILD, "TRUNCATE ledger_checkpoint CASCADE")
    superuser.execute("SELECT ledger.sequence()")
    more(3)
    assert "every leaf and every place holds" in found(as_owner, capsys)
    assert "FORK: the lines up to here" in found(as_owner, capsys, partner.folder / "kept.txt")
    exported(partner, as_owner)
    alone = partner.verify("log.jsonl", "--key", "log.pub")
    assert alone.returncode == 0, alone.stdout
    told = partner.verify("log.jsonl", "kept.txt", "--key", "log.pub")
    assert told.returncode == 1
    assert (
        f"line {partner.kept.size}: FORK: the lines 1 to {partner.kept.size} are not those of kept.txt" in told.stdout
    )
    refused = partner.sign(since=partner.kept.size)
    assert refused.returncode == 1
    assert "FORK: checkpoint.txt does not go on from what you hold" in refused.stderr


def test_a_tree_that_was_rolled_back_is_found(
    partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing in the database tells: all of it is as it was. The partner's file tells, and so does the next signing."""
    cut = "position > 4"
    tamper(
        superuser,
        f"DELETE FROM ledger_entry WHERE id IN (SELECT entry FROM ledger_leaf WHERE {cut})",  # noqa: S608
        "DELETE FROM ledger_subject s WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = s.entry_id)",
        f"DELETE FROM ledger_leaf WHERE {cut}",  # noqa: S608
        "TRUNCATE ledger_checkpoint CASCADE",
        "TRUNCATE ledger_node",
    )
    superuser.execute("SELECT ledger.sequence()")
    assert "4 lines checked" in found(as_owner, capsys)
    said = found(as_owner, capsys, partner.folder / "kept.txt")
    assert f"line 4: ROLL-BACK: {partner.folder / 'kept.txt'} was signed on" in said
    assert "about 8 lines, 4 more than there are." in said
    checkpoints.make()
    exported(partner, as_owner)
    assert "line 4: ROLL-BACK: kept.txt has 4 lines more" in partner.verify("log.jsonl", "kept.txt").stdout
    refused = partner.sign(since=4)
    assert "ROLL-BACK: checkpoint.txt is about 4 lines, and you hold one about 8." in refused.stderr
    assert partner.kept.size == 8


def test_a_rolled_back_database_with_its_checkpoints_left_says_so_itself(
    partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(superuser, "DELETE FROM ledger_leaf WHERE position > 4", "TRUNCATE ledger_node")
    superuser.execute("SELECT ledger.sequence()")
    said = found(as_owner, capsys)
    assert "line 8: the log was rolled back: a checkpoint was made about more lines than there are" in said


def test_two_partners_who_compare_find_a_fork(partner: Partner, superuser: Connection) -> None:
    """One was shown another log than the other: same number of lines, both signed by the server."""
    honest = partner.kept
    (partner.folder / "mine.txt").write_bytes((partner.folder / "kept.txt").read_bytes())
    body = note.body_of(origin=honest.origin, size=honest.size, root=bytes(32), at=datetime.now(UTC))
    theirs = note.signed(body, secret=settings.LOG_KEY, name=honest.origin)
    (partner.folder / "theirs.txt").write_text(theirs, encoding="utf-8")
    told = partner.run("compare", "mine.txt", "theirs.txt", "--log", "log.pub")
    assert told.returncode == 1
    assert "are about the same 8 lines, and the lines differ" in told.stderr
    with pytest.raises(CommandError, match=r"FORK.*\n.*not both about this log"):
        call_command("compare_checkpoints", str(partner.folder / "mine.txt"), str(partner.folder / "theirs.txt"))
    assert first(superuser, "SELECT count(*) FROM ledger_checkpoint") == 1


def test_two_partners_at_different_times_hold_one_log(partner: Partner, capsys: pytest.CaptureFixture[str]) -> None:
    more(5)
    partner.fetch(since=partner.kept.size)
    told = partner.run("compare", "kept.txt", "checkpoint.txt", "--log", "log.pub")
    assert (told.returncode, told.stdout) == (0, "One log: checkpoint.txt goes on from kept.txt.\n")
    call_command("compare_checkpoints", str(partner.folder / "kept.txt"), str(partner.folder / "checkpoint.txt"))
    assert "Both are about this log" in capsys.readouterr().out
    partner.fetch(since=3)
    assert (
        "these two alone do not tell" in partner.run("compare", "kept.txt", "checkpoint.txt", "--log", "log.pub").stdout
    )


def test_a_partner_goes_on_from_what_it_kept(partner: Partner) -> None:
    size = more(5)
    away = partner.sign(since=2)
    assert "Fetch it again, going on from line 8" in away.stderr
    done = partner.sign(since=8)
    assert (done.returncode, partner.kept.size) == (0, size)
    key = note.read_key((partner.folder / f"{partner.key}.pub").read_text(encoding="utf-8"))
    assert partner.kept.signature_of(key)
    assert partner.kept.signature_of(checkpoints.key_of_log())
    assert (partner.folder / f"{partner.key}.key").stat().st_mode & 0o077 == 0


def test_a_partner_signs_nothing_that_the_log_has_not_signed(partner: Partner) -> None:
    more(2)
    file = partner.fetch(since=8)
    file.write_text(file.read_text(encoding="utf-8").replace("time 20", "time 30"), encoding="utf-8")
    told = partner.run(
        "sign", "checkpoint.txt", "--key", f"{partner.key}.key", "--log", "log.pub", "--kept", "kept.txt"
    )
    assert "checkpoint.txt is not signed with the key of the log that you hold" in told.stderr


# ---- the export, checked where there is no Concordat -----------------------------------------------------------------


def test_an_export_is_checked_without_concordat(partner: Partner, as_owner: Callable[[], None]) -> None:
    file = exported(partner, as_owner)
    assert file.with_name("verify_log.py").read_bytes() == VERIFIER.read_bytes()
    told = partner.verify("log.jsonl", "kept.txt", "--key", "log.pub")
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.startswith("8 lines, 2 checkpoints, 2 signatures, root ")
    assert file.stat().st_mode & 0o077 == 0


def test_the_verifier_is_short_and_needs_nothing(partner: Partner) -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    for package in ("concordat", "cryptography", "django"):
        command = [sys.executable, "-I", "-S", "-c", f"import {package}"]
        assert subprocess.run(command, cwd=partner.folder, env={}, capture_output=True, check=False).returncode == 1


def test_whoever_may_not_know_the_lines_can_check_them_too(partner: Partner, as_owner: Callable[[], None]) -> None:
    as_owner()
    file = partner.folder / "hashes.jsonl"
    call_command("log_export", str(file), "--hashes-only")
    text = file.read_text(encoding="utf-8")
    assert str(named("pat")) not in text
    assert "tried" not in text
    assert partner.verify("hashes.jsonl", "kept.txt").returncode == 0


def rewritten(partner: Partner, change: Callable[[list[dict[str, object]]], object]) -> str:
    """Change the lines of an export, and return what the verifier says."""
    file = partner.folder / "log.jsonl"
    whole = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [one for one in whole if "place" in one]
    change(rows)
    head = [one for one in whole if "place" not in one]
    file.write_text("".join(json.dumps(one) + "\n" for one in [*head, *rows]), encoding="utf-8")
    told = partner.verify("log.jsonl")
    assert told.returncode == 1
    return told.stdout


def swap(rows: list[dict[str, object]]) -> None:
    rows[4], rows[5] = rows[5], rows[4]


def other_part(rows: list[dict[str, object]]) -> None:
    parts = rows[4]["parts"]
    assert isinstance(parts, list)
    parts[0]["text"] = parts[0]["text"].replace("tried", "x") + " "


FILES = {
    "line 5: the line was changed": lambda rows: rows[4].update(body=rows[4]["body"].replace("tried", "other")),
    "line 5: the line was changed\n": other_part,
    "line 5: here stands line 6: lines were removed, added or reordered": lambda rows: rows.pop(4),
    "line 5: here stands line 6": swap,
    "line 6: here stands line 5": lambda rows: rows.insert(5, dict(rows[4])),
    "line 7: ROLL-BACK: a checkpoint in log.jsonl has 1 lines more": lambda rows: rows.pop(),
}


@pytest.mark.parametrize("sentence", FILES)
def test_what_was_done_to_an_export_is_located(sentence: str, partner: Partner, as_owner: Callable[[], None]) -> None:
    exported(partner, as_owner)
    assert sentence in rewritten(partner, FILES[sentence])


def test_two_exports_of_which_one_was_made_anew(
    partner: Partner, superuser: Connection, as_owner: Callable[[], None]
) -> None:
    exported(partner, as_owner, "older.jsonl")
    tamper(superuser, *CHANGE, *REBUILD, "TRUNCATE ledger_checkpoint CASCADE")
    superuser.execute("SELECT ledger.sequence()")
    more(2)
    exported(partner, as_owner)
    told = partner.verify("log.jsonl", "older.jsonl")
    assert told.returncode == 1
    assert "line 5: FORK: older.jsonl has another line here" in told.stdout
    back = partner.verify("older.jsonl", "log.jsonl")
    assert "ROLL-BACK: a checkpoint in log.jsonl has 2 lines more" in back.stdout


def test_an_export_that_goes_on_from_an_older_one(partner: Partner, as_owner: Callable[[], None]) -> None:
    exported(partner, as_owner, "older.jsonl")
    more(3)
    exported(partner, as_owner)
    told = partner.verify("log.jsonl", "older.jsonl", "kept.txt")
    assert told.returncode == 0, told.stdout


def test_a_signature_that_was_changed_is_found(
    partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(superuser, "UPDATE ledger_checkpoint SET note = replace(note, 'time 20', 'time 19')")
    assert "line 8: a checkpoint has no signature of the log that holds" in found(as_owner, capsys)
    exported(partner, as_owner)
    told = partner.verify("log.jsonl", "--key", "log.pub")
    assert "line 8: a checkpoint in log.jsonl has no signature of log that holds" in told.stdout


def test_a_checkpoint_under_another_key_is_found(
    partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody with the database and without the server's key signs with one of their own."""
    said = partner.kept
    secret = "another key of at least 32 letters"
    own = note.server_key(secret, said.origin)
    forged = note.signed(said.body, secret=secret, name=said.origin)
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("UPDATE ledger_checkpoint SET note = %s, public_key = %s", [forged, own.public])
    superuser.execute("SET session_replication_role = DEFAULT")
    assert "line 8: a checkpoint is signed with another key than this server's: " in found(as_owner, capsys)
    exported(partner, as_owner)
    assert partner.verify("log.jsonl").returncode == 0  # the key in the file is believed
    told = partner.verify("log.jsonl", "--key", "log.pub")
    assert (told.returncode, "has no signature of log that holds" in told.stdout) == (1, True)
    as_owner()
    call_command("verify_log", "--earlier-key", own.fingerprint)
    assert "every leaf and every place holds" in capsys.readouterr().out


def test_a_countersignature_that_was_changed_is_found(
    partner: Partner, superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    key = note.read_key((partner.folder / f"{partner.key}.pub").read_text(encoding="utf-8"))
    signature = partner.kept.signature_of(key)
    superuser.execute(
        "INSERT INTO ledger_witness VALUES (gen_random_uuid(), %s, %s, %s, now(), gen_random_uuid())",
        [LANTERN, key.name, key.public],
    )
    superuser.execute(
        "INSERT INTO ledger_countersignature (id, organisation, signature, at, membership, checkpoint_id, witness_id) "
        "SELECT gen_random_uuid(), %s, %s, now(), w.membership, c.id, w.id FROM ledger_checkpoint c, ledger_witness w",
        [LANTERN, signature],
    )
    assert "countersigned up to place 8" in found(as_owner, capsys)
    exported(partner, as_owner)
    assert "8 lines, 1 checkpoints, 2 signatures" in partner.verify("log.jsonl", "--key", "log.pub").stdout
    tamper(superuser, "UPDATE ledger_countersignature SET signature = sha256(signature) || sha256(signature)")
    assert "line 8: the countersignature of lantern.example.org does not hold" in found(as_owner, capsys)
    (partner.folder / "log.jsonl").unlink()
    exported(partner, as_owner)
    told = partner.verify("log.jsonl", "--key", "log.pub")
    assert "line 8: a checkpoint in log.jsonl has no signature of lantern.example.org that holds" in told.stdout


def test_lines_from_before_the_tree_are_brought_over_and_damage_stays_visible(superuser: Connection) -> None:
    """A line whose old leaf did not hold keeps it: the upgrade hides nothing."""
    old = """INSERT INTO ledger_leaf (number, entry, body, leaf, position)
             SELECT nextval('ledger.line'), id, jsonb_build_object('id', id, 'at',
                    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'kind', kind, 'what', what,
                    'organisation', organisation, 'membership', membership, 'purpose', purpose, 'subjects', '[]'::jsonb
                    )::text, '', row_number() OVER () FROM ledger_entry WHERE what = 'old'"""
    tamper(
        superuser,
        "INSERT INTO ledger_entry (id, at, kind, what, purpose) SELECT gen_random_uuid(), now(), 'read', 'old', '' "
        "FROM generate_series(1, 3)",
        old,
        "UPDATE ledger_leaf SET leaf = sha256('\\x00'::bytea || convert_to(body, 'UTF8'))",
        "UPDATE ledger_entry SET kind = 'x' WHERE id = (SELECT entry FROM ledger_leaf WHERE position = 2)",
    )
    script = (HERE.parent / "sql" / "commit_old_lines.sql").read_text(encoding="utf-8")
    with superuser.transaction():
        superuser.execute(script.encode())
    superuser.execute("SELECT ledger.sequence()")
    faults = superuser.execute("SELECT place, fault FROM ledger.verify()").fetchall()
    assert faults == [(2, "the line was changed")]


def test_a_gap_from_before_the_tree_does_not_stop_it(superuser: Connection) -> None:
    write(4)
    superuser.execute("UPDATE ledger_leaf SET position = number - (SELECT min(number) FROM ledger_leaf) + 1")
    tamper(superuser, "DELETE FROM ledger_leaf WHERE position = 2")
    superuser.execute("SELECT ledger.sequence()")
    write(1)
    superuser.execute("SELECT ledger.sequence()")
    faults = superuser.execute("SELECT place, fault FROM ledger.verify() ORDER BY place").fetchall()
    assert (2, "a line is missing") in faults
    assert first(superuser, "SELECT ledger.tree_size()") == 5


def test_the_superuser_is_the_only_one_who_could(own_database: str, dsn: Callable[[str], str]) -> None:
    write(1)
    with psycopg.connect(dsn("concordat_owner")) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("SET session_replication_role = replica")
    assert own_database
