"""The tree is the one of RFC 9162: roots and proofs are those of its definition, however and whenever lines came."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from concordat.core.testing import throwaway
from concordat.core.testing.plugin import HOME
from concordat.ledger import checkpoints, note, tree
from concordat.ledger.models import Checkpoint, Node
from concordat.ledger.outside.countersign import goes_on
from concordat.ledger.outside.verify_log import Checkpoint as Read
from concordat.ledger.outside.verify_log import parent

from .conftest import Connection, first, write


def defined(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 9162, 2.1.1 defines it."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return parent(defined(leaves[:half]), defined(leaves[half:]))


def leaves_in(superuser: Connection) -> list[bytes]:
    return [bytes(row[0]) for row in superuser.execute("SELECT leaf FROM ledger_leaf ORDER BY position").fetchall()]


def grown(superuser: Connection, steps: list[int]) -> list[bytes]:
    """Let the tree grow in steps of their own, and return the hashes of its lines."""
    for step in steps:
        write(step)
        checkpoints.place_lines()
    return leaves_in(superuser)


def test_roots_are_those_of_the_definition_at_every_size(superuser: Connection) -> None:
    leaves = grown(superuser, [1, 2, 5, 1, 8])
    assert tree.size_of_tree() == len(leaves) >= 17
    for size in range(len(leaves) + 1):
        assert bytes(first(superuser, "SELECT ledger.root(%s)", size)) == defined(leaves[:size])
    assert first(superuser, "SELECT ledger.root(%s)", len(leaves) + 1) is None


def test_a_leaf_is_the_hash_of_the_canonical_text(superuser: Connection) -> None:
    write(1)
    row = superuser.execute("SELECT body, leaf FROM ledger_leaf ORDER BY number DESC LIMIT 1").fetchone()
    assert row
    body, leaf = row
    assert sha256(b"\0" + body.encode()).digest() == bytes(leaf)


def test_each_line_is_proved_to_be_in_the_tree(superuser: Connection) -> None:
    leaves = grown(superuser, [13])
    for size in (1, 2, 7, 8, len(leaves)):
        for index in range(size):
            assert led_to(leaves[index], index, size, tree.inclusion(index, size)) == defined(leaves[:size])


def led_to(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Follow a proof up to a root (RFC 9162, 2.1.3.2)."""
    last, found = size - 1, leaf
    for node in proof:
        if index & 1 or index == last:
            found = parent(node, found)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            found = parent(found, node)
        index, last = index >> 1, last >> 1
    assert last == 0
    return found


def test_a_larger_tree_is_proved_to_go_on_from_each_smaller_one(superuser: Connection) -> None:
    leaves = grown(superuser, [4, 9])
    size = len(leaves)
    marks = {n: mark(n, defined(leaves[:n])) for n in range(1, size + 1)}
    for old in range(1, size + 1):
        for new in range(old, size + 1):
            assert goes_on(marks[old], marks[new], tree.consistency(old, new)), (old, new)
    other = mark(5, sha256(b"another log").digest())
    assert not goes_on(other, marks[size], tree.consistency(5, size))
    assert not goes_on(marks[5], mark(size, other.root), tree.consistency(5, size))
    assert tree.consistency(0, size) == []


def mark(size: int, root: bytes) -> Read:
    return Read(f"x/log\n{size}\n{b64encode(root).decode()}\ntime 2026-01-01T00:00:00Z\n\n", "here")


def test_sequencing_again_changes_nothing(superuser: Connection) -> None:
    grown(superuser, [5])
    before = list(Node.objects.order_by("pk").values_list("pk", "hash"))
    checkpoints.place_lines()
    assert list(Node.objects.order_by("pk").values_list("pk", "hash")) == before


def test_a_sequencer_killed_on_the_way_has_done_nothing_and_the_next_one_does_it_all(
    own_database: str, superuser: Connection
) -> None:
    write(6)
    killed = psycopg.connect(throwaway.cluster(HOME).dsn("concordat_app", own_database))
    killed.execute("SELECT ledger.sequence()")
    superuser.execute("SELECT pg_terminate_backend(%s)", [killed.info.backend_pid])
    killed.close()
    assert first(superuser, "SELECT count(*) FROM ledger_leaf WHERE position IS NULL") >= 6
    checkpoints.place_lines()
    leaves = leaves_in(superuser)
    assert bytes(first(superuser, "SELECT ledger.root(ledger.tree_size())")) == defined(leaves)
    assert superuser.execute("SELECT * FROM ledger.verify()").fetchall() == []


def test_two_sequencers_at_once_take_turns(own_database: str, superuser: Connection) -> None:
    write(3)
    server = throwaway.cluster(HOME)
    with psycopg.connect(server.dsn("concordat_app", own_database)) as one:
        one.execute("SELECT ledger.sequence()")
        with ThreadPoolExecutor(1) as beside, psycopg.connect(server.dsn("concordat_app", own_database)) as other:
            waiting = beside.submit(other.execute, "SELECT ledger.sequence()")
            waits = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
            while not first(superuser, waits, other.info.backend_pid) and not waiting.done():
                pass
            assert not waiting.done()
            one.commit()
            assert waiting.result(timeout=20).fetchone() == (0,)
    assert superuser.execute("SELECT * FROM ledger.verify()").fetchall() == []


def test_what_is_not_committed_yet_is_placed_next_time(own_database: str, superuser: Connection) -> None:
    with psycopg.connect(throwaway.cluster(HOME).dsn("postgres", own_database)) as slow:
        slow.execute("SELECT ledger.append('change', 'slow', NULL, '[]')")
        write(2)
        checkpoints.place_lines()
        size = tree.size_of_tree()
    checkpoints.place_lines()
    assert tree.size_of_tree() == size + 1
    assert superuser.execute("SELECT * FROM ledger.verify()").fetchall() == []


WAYS = [
    "UPDATE ledger_entry SET what = 'x'",
    "DELETE FROM ledger_entry",
    "INSERT INTO ledger_leaf (number, entry, body, leaf) VALUES (0, gen_random_uuid(), '', '')",
    "UPDATE ledger_leaf SET position = 1",
    "DELETE FROM ledger_leaf",
    "INSERT INTO ledger_node VALUES (99999, '')",
    "UPDATE ledger_node SET hash = ''",
    "DELETE FROM ledger_node",
    "INSERT INTO ledger_checkpoint VALUES (gen_random_uuid(), 1, '', now(), '', '')",
    "UPDATE ledger_checkpoint SET note = ''",
    "DELETE FROM ledger_checkpoint",
    "UPDATE ledger_witness SET name = 'x'",
    "DELETE FROM ledger_countersignature",
    "SELECT ledger.forget(gen_random_uuid())",
    "SELECT ledger.append('change', 'x', NULL, '[]')",
]


@pytest.mark.parametrize("statement", WAYS)
@pytest.mark.parametrize("role", ["concordat_app", "concordat_signin"])
def test_the_roles_that_serve_change_nothing_of_log_tree_and_checkpoints(
    own_database: str, role: str, statement: str
) -> None:
    with (
        psycopg.connect(throwaway.cluster(HOME).dsn(role, own_database)) as serving,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        serving.execute(statement.encode())


@pytest.mark.parametrize("table", ["ledger_node", "ledger_checkpoint", "ledger_witness", "ledger_countersignature"])
@pytest.mark.parametrize("verb", ["DELETE FROM", "TRUNCATE"])
def test_the_owner_is_refused_too(own_database: str, table: str, verb: str) -> None:
    more = " CASCADE" if verb == "TRUNCATE" else ""
    with (
        psycopg.connect(throwaway.cluster(HOME).dsn("concordat_owner", own_database)) as owner,
        pytest.raises(psycopg.errors.RaiseException, match="not changed or removed"),
    ):
        owner.execute(f"{verb} {table}{more}".encode())


def test_a_checkpoint_is_about_this_tree_and_signed(superuser: Connection) -> None:
    write(3)
    checkpoints.place_lines()
    checkpoints.make_when_due()
    made = Checkpoint.objects.get()
    assert made.size == tree.size_of_tree()
    said = note.read(made.note)
    assert said.root == bytes(first(superuser, "SELECT ledger.root(%s)", made.size))
    assert said.signature_of(checkpoints.key_of_log())
    write(1)
    checkpoints.place_lines()
    checkpoints.make_when_due()  # the last one is not ten minutes old
    assert Checkpoint.objects.count() == 1


@pytest.mark.parametrize("lie", ["root", "smaller", "larger"])
def test_the_database_keeps_no_checkpoint_that_is_not_about_its_tree(own_database: str, lie: str) -> None:
    write(3)
    checkpoints.place_lines()
    checkpoints.make_when_due()
    line = Checkpoint.objects.get().note.split("\n")
    line[1] = {"root": str(int(line[1])), "smaller": str(int(line[1]) - 1), "larger": str(int(line[1]) + 1)}[lie]
    with (
        pytest.raises(DatabaseError, match="no new checkpoint"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT ledger.keep_checkpoint(%s, %s)", ["\n".join(line), bytes(32)])
    assert own_database
